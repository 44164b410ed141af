"""The codebook: what every column and every choice of an export means."""

from __future__ import annotations

from collections.abc import Sequence

from i18n import Message, say, translate
from nlp.exporting.formats import Files
from survey.answers import Column, Sheet

NAME = "codebook"
KINDS: dict[str, Message] = {
    "text": say("text"),
    "integer": say("whole number"),
    "decimal": say("number"),
    "date": say("day"),
    "choice": say("one choice"),
    "choices": say("several choices, with blanks between them"),
    "flag": say("1 where it was chosen, 0 where it was not"),
}
HEADINGS: tuple[tuple[str, Message], ...] = (
    ("table", say("Table")),
    ("file", say("File, and page of a workbook")),
    ("column", say("Column")),
    ("heading", say("Column as it is written in the file")),
    ("kind", say("What its cells hold")),
    ("meaning", say("What it means, or what the choice is called")),
    ("choice", say("Choice; blank for the column itself")),
    ("number", say("Number that stands for the choice, where numbers do")),
    ("asked_as", say("Type of the question")),
    ("source", say("Questionnaire and path of the question")),
)


def codebook(sheets: Sequence[Sheet], files: Files, *, language: str) -> Sheet:
    """Return the codebook of sheets as a sheet: a row for each column, then its choices."""
    columns = tuple(
        Column(name, "decimal" if name == "number" else "text", translate(label, language))
        for name, label in HEADINGS
    )
    rows: list[tuple[object, ...]] = []
    for sheet in sheets:
        headings = files.headings[sheet.name]
        place = " · ".join(part for part in files.placed[sheet.name] if part)
        codes = files.codes.get(sheet.name, {})
        for heading, column in zip(headings, sheet.columns, strict=True):
            kind = translate(KINDS[column.kind], language)
            where = (sheet.name, place, column.name, heading)
            asked = (column.type or None, column.source or None)
            rows.append((*where, kind, column.label, None, None, *asked))
            numbers = codes.get(column.name, {})
            offered = dict(column.values) | {
                name: column.values.get(name, name) for name in numbers
            }
            rows += [
                (*where, None, called, name, numbers.get(name), *asked)
                for name, called in offered.items()
            ]
    return Sheet(NAME, columns, rows)
