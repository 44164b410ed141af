"""Reading any file: what it is shows in its content, never in its name."""

from __future__ import annotations

from i18n import say
from survey.transcripts import columns, grids, opendocument, word
from survey.transcripts.captions import looks_like_captions, read_captions
from survey.transcripts.detection import Script
from survey.transcripts.encodings import Decoded
from survey.transcripts.interviews import is_conversation
from survey.transcripts.isolated import open_apart
from survey.transcripts.labels import read_script
from survey.transcripts.model import Reading, Transcript, TranscriptError
from survey.transcripts.opening import (
    OLE,
    ZIP,
    check_size,
    old_workbook,
    refusing,
    shown_name,
    text_of,
    workbook_cells,
)
from survey.transcripts.packages import Package
from survey.transcripts.pdf import read_pdf
from survey.transcripts.speech import read_json


def read(filename: str, content: bytes, choice: str | None = None) -> Transcript:
    """Read an interview from whatever file the interviewer has.

    Args:
        filename: Its name, for errors; only `.csv` and `.tsv` are also a hint.
        content: Its bytes.
        choice: The `key` of one of `Transcript.choices`, or of `column_choice`, to read it in
            another way.

    Returns:
        The turns, and how they were found.

    Raises:
        TranscriptError: If it is no transcript, is damaged, or holds more than an interview.
    """
    name = shown_name(filename)
    with refusing(name):
        return _read(name, content, choice)


def _read(name: str, content: bytes, choice: str | None) -> Transcript:
    check_size(name, content)
    if content.startswith(ZIP):
        return _read_package(name, content, choice)
    if b"%PDF-" in content[:1024]:
        return _transcript(read_pdf(name, content, choice), "pdf")
    if content.startswith(OLE):
        return _transcript(_read_rows(name, old_workbook(name, content), choice), "xls")
    return _read_text(name, text_of(name, content), choice)


def _transcript(reading: Reading, kind: str, decoded: Decoded | None = None) -> Transcript:
    return Transcript(
        reading.turns,
        kind,
        reading.convention,
        decoded.encoding if decoded else None,
        reading.heading,
        (decoded.warnings if decoded else ()) + reading.warnings,
        reading.choices,
        reading.columns,
    )


def _read_package(name: str, content: bytes, choice: str | None) -> Transcript:
    package = Package(name, content)
    if "xl/workbook.xml" in package.names:
        rows = workbook_cells(open_apart(name, "xlsx", content))
        return _transcript(_read_rows(name, rows, choice), "xlsx")
    kind = opendocument.kind(package)
    if kind == "odt":
        return _transcript(opendocument.read_opendocument(package, choice), kind)
    if kind == "ods":
        return _transcript(_read_rows(name, opendocument.rows(package), choice), kind)
    part = word.main_part(package)
    if part is None:
        raise TranscriptError(
            say("{file} is an archive, but no Word, OpenDocument or Excel file.", file=name)
        )
    return _transcript(word.read_word(package, part, choice), "docx")


def _read_text(name: str, decoded: Decoded, choice: str | None) -> Transcript:
    text = decoded.text
    captions = looks_like_captions(text)
    if captions:
        return _transcript(read_captions(name, text, choice), captions, decoded)
    if text.lstrip()[:1] in {"{", "["} and _is_json(name, text):
        return _transcript(read_json(name, text, choice), "json", decoded)
    separator = grids.delimiter(text) if _may_be_table(name, text) else None
    if separator is not None and (choice is None or choice.startswith("columns:")):
        rows = grids.rows(name, text, separator)
        if choice or columns.detect(rows):
            kind = "tsv" if separator == "\t" else "csv"
            return _transcript(_read_rows(name, rows, choice), kind, decoded)
    return _transcript(read_script(name, Script(text.split("\n")), choice), "text", decoded)


def _is_json(name: str, text: str) -> bool:
    """Tell JSON from a text that begins with `[00:12]`; a file called .json is one."""
    after = text.lstrip()[1:200].lstrip()[:1]
    return name.lower().endswith((".json", ".jsonl")) or after in {'"', "{", "[", "}", "]"}


def _may_be_table(name: str, text: str) -> bool:
    return name.lower().endswith((".csv", ".tsv", ".tab")) or grids.is_table(text)


def _read_rows(name: str, rows: list[list[str]], choice: str | None) -> Reading:
    """Read a table's rows as turns; refuse one that holds an interview in each row."""
    found = columns.detect(rows)
    if found and found.speaker is None and found.start is None and choice is None:
        texts = [row[found.text] for row in rows[found.headed :] if found.text < len(row)]
        interviews = [text for text in texts if is_conversation(text)]
        if len(interviews) == 1 and len(texts) == 1:
            return read_script(name, Script(texts[0].split("\n")))
        if len(interviews) > 1 and len(interviews) >= len(texts) * 0.5:
            raise TranscriptError(
                say(
                    "{file} holds {count} interviews, one a row; import it as a table of "
                    "interviews.",
                    file=name,
                    count=len(interviews),
                )
            )
    return columns.read_rows(name, rows, choice)
