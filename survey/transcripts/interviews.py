"""Tables with one interview a row."""

from __future__ import annotations

from i18n import say
from survey.transcripts import columns, detection, grids, opendocument
from survey.transcripts.cleaning import clean
from survey.transcripts.detection import Script
from survey.transcripts.isolated import open_apart
from survey.transcripts.model import TranscriptError
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


def read_table(filename: str, content: bytes) -> list[tuple[str, str]]:
    """Read a table with one interview a row: what names it, and its text.

    The columns are found by their headings (`transcript_id`, `text` and the like); without
    headings the first column names the interview and the one with most words is its text.

    Raises:
        TranscriptError: If it is no such table, a row has no name or no text, or a name recurs.
    """
    name = shown_name(filename)
    with refusing(name):
        return _interviews(
            name, [[clean(cell) for cell in row] for row in _table_rows(name, content)]
        )


def holds_interviews(filename: str, content: bytes) -> bool:
    """Whether a table has an interview in each row, rather than a turn.

    It has where half of its texts have lines with speakers, or where there are neither speakers
    nor times beside the texts.

    Raises:
        TranscriptError: If it is no table.
    """
    name = shown_name(filename)
    with refusing(name):
        rows = _table_rows(name, content)
    found = columns.detect(rows)
    if found is None:
        return False
    texts = [row[found.text] for row in rows[found.headed :] if found.text < len(row)]
    conversations = sum(is_conversation(text) for text in texts)
    bare = found.speaker is None and found.start is None
    return bare or (conversations > 0 and conversations >= len(texts) * 0.5)


def is_conversation(text: str) -> bool:
    """Whether a text has several lines, and speakers in them."""
    lines = text.split("\n")[:40]
    return len(lines) > 1 and bool(detection.rank(Script(lines)))


def _interviews(name: str, rows: list[list[str]]) -> list[tuple[str, str]]:
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


def _table_rows(name: str, content: bytes) -> list[list[str]]:
    check_size(name, content)
    if content.startswith(OLE):
        return old_workbook(name, content)
    if content.startswith(ZIP):
        package = Package(name, content)
        if "xl/workbook.xml" in package.names:
            return workbook_cells(open_apart(name, "xlsx", content))
        if opendocument.kind(package) == "ods":
            return opendocument.rows(package)
    else:
        text = text_of(name, content).text
        separator = grids.delimiter(text)
        if separator:
            return grids.rows(name, text, separator)
    raise TranscriptError(say("{file} is no table (.csv, .tsv, .xlsx, .xls, .ods).", file=name))
