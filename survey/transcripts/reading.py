"""Reading any file: what it is shows in its content, never in its name."""

from __future__ import annotations

import logging

from i18n import say
from survey.transcripts import columns, detection, grids, limits, opendocument, word
from survey.transcripts.captions import looks_like_captions, read_captions
from survey.transcripts.cleaning import clean
from survey.transcripts.detection import Script
from survey.transcripts.encodings import Decoded, decode
from survey.transcripts.isolated import open_apart
from survey.transcripts.labels import read_script
from survey.transcripts.model import Reading, Transcript, TranscriptError
from survey.transcripts.packages import Package
from survey.transcripts.pdf import read_pdf
from survey.transcripts.speech import read_json

logger = logging.getLogger(__name__)

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORKBOOK = "Workbook".encode("utf-16-le")
_FOREIGN = (
    # What people upload by mistake: recordings, pictures, archives, pages.
    *(b"ID3", b"RIFF", b"OggS", b"fLaC", b"\xff\xfb", b"\x1aE\xdf\xa3", b"\x00\x00\x00"),
    *(b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"\x7fELF", b"MZ"),
)


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
    name = _shown(filename)
    try:
        return _read(name, content, choice)
    except TranscriptError:
        raise
    except Exception as error:
        # A file must never end in a traceback; that it nearly did is for the log.
        logger.exception("A transcript of %d bytes could not be read", len(content))
        raise TranscriptError(say("{file} cannot be read as a transcript.", file=name)) from error


def read_table(filename: str, content: bytes) -> list[tuple[str, str]]:
    """Read a table with one interview a row: what names it, and its text.

    The columns are found by their headings (`transcript_id`, `text` and the like); without
    headings the first column names the interview and the one with most words is its text.

    Raises:
        TranscriptError: If it is no such table, a row has no name or no text, or a name recurs.
    """
    name = _shown(filename)
    rows = [[clean(cell) for cell in row] for row in _table_rows(name, content)]
    first = next((at for at, row in enumerate(rows) if any(row)), 0)
    found = columns.detect(rows)
    if found is None:
        raise TranscriptError(say("{file}: no column of this table holds words.", file=name))
    heads = [columns.heading(cell) for cell in rows[first]]
    known = [
        at for at, head in enumerate(heads) if head in columns.IDENTIFIERS and at != found.text
    ]
    headed = found.headed or bool(known)
    identifier = known[0] if known else (1 if found.text == 0 else 0)
    interviews: dict[str, str] = {}
    for number, row in enumerate(rows[first + headed :], start=first + headed + 1):
        if not any(cell.strip() for cell in row):
            continue
        key = row[identifier].strip() if identifier < len(row) else ""
        text = row[found.text].strip() if found.text < len(row) else ""
        if not key or not text:
            column = (found.text if key else identifier) + 1
            raise TranscriptError(
                say(
                    "{file}, row {row}, column {column} is empty.",
                    file=name,
                    row=number,
                    column=column,
                )
            )
        if key in interviews:
            raise TranscriptError(
                say(
                    "{file}, row {row}: “{key}” was already used; every interview needs a name of "
                    "its own.",
                    file=name,
                    row=number,
                    key=key[:80],
                )
            )
        interviews[key] = text
    if not interviews:
        raise TranscriptError(say("{file} holds no interviews.", file=name))
    return list(interviews.items())


def _shown(filename: str) -> str:
    """Return a file name fit for a sentence: no folders, no control characters, not endless."""
    return (
        clean(str(filename)).replace("\\", "/").rpartition("/")[2].replace("\n", " ")[:120] or "?"
    )


def _read(name: str, content: bytes, choice: str | None) -> Transcript:
    _check_size(name, content)
    if content.startswith(_ZIP):
        return _read_package(name, content, choice)
    if b"%PDF-" in content[:1024]:
        return _transcript(read_pdf(name, content, choice), "pdf")
    if content.startswith(_OLE):
        return _transcript(_read_rows(name, _old_workbook(name, content), choice), "xls")
    return _read_text(name, _text(name, content), choice)


def _check_size(name: str, content: bytes) -> None:
    if not content.strip(b"\x00 \t\r\n"):
        raise TranscriptError(say("{file} is empty.", file=name))
    if len(content) > limits.FILE_BYTES:
        raise TranscriptError(
            say("{file} is larger than {size} MB.", file=name, size=limits.FILE_BYTES >> 20)
        )


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
        rows = open_apart(name, "xlsx", content)["rows"]
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


def _old_workbook(name: str, content: bytes) -> list[list[str]]:
    if _WORKBOOK not in content and "Book".encode("utf-16-le") not in content:
        raise TranscriptError(
            say(
                "{file} is in an old or protected Office format; save it as .docx or .xlsx.",
                file=name,
            )
        )
    return _cells(open_apart(name, "xls", content))


def _cells(answer: dict[str, object]) -> list[list[str]]:
    rows = answer["rows"]
    return [[clean(cell) for cell in row] for row in rows] if isinstance(rows, list) else []


def _text(name: str, content: bytes) -> Decoded:
    start = content[:64].lstrip().lower()
    if start.startswith(b"{\\rtf"):
        raise TranscriptError(
            say("{file} is in Rich Text Format; save it as .docx or .txt.", file=name)
        )
    if start.startswith((b"<!doctype html", b"<html", b"<?xml", b"<tt ", b"<tt>")):
        raise TranscriptError(
            say("{file} is a web page or XML; save it as .docx or .txt.", file=name)
        )
    if content.startswith(_FOREIGN) or content[4:8] == b"ftyp":
        raise TranscriptError(
            say("{file} is not a text: a recording or picture cannot be read.", file=name)
        )
    decoded = decode(name, content)
    odd = sum(1 for char in decoded.text[:20_000] if char == "\ufffd")
    if odd > len(decoded.text[:20_000]) * 0.1 or not decoded.text.strip():
        raise TranscriptError(say("{file} is not a text.", file=name))
    return decoded


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
        interviews = [text for text in texts if _is_interview(text)]
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


def _is_interview(text: str) -> bool:
    lines = text.split("\n")[:40]
    return len(lines) > 1 and bool(detection.rank(Script(lines)))


def _table_rows(name: str, content: bytes) -> list[list[str]]:
    _check_size(name, content)
    if content.startswith(_OLE):
        return _old_workbook(name, content)
    if content.startswith(_ZIP):
        package = Package(name, content)
        if "xl/workbook.xml" in package.names:
            return _cells(open_apart(name, "xlsx", content))
        if opendocument.kind(package) == "ods":
            return opendocument.rows(package)
    else:
        text = _text(name, content).text
        separator = grids.delimiter(text)
        if separator:
            return grids.rows(name, text, separator)
    raise TranscriptError(say("{file} is no table (.csv, .tsv, .xlsx, .xls, .ods).", file=name))
