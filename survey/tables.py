"""Reading a table that somebody brought: CSV or Excel, with the row numbers of the file."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from io import BytesIO, StringIO
from pathlib import PurePath
from zipfile import BadZipFile

from i18n import Refusal, say

MOST_ROWS = 100_000


class TableError(Refusal):
    """The table cannot be read."""


@dataclass(frozen=True)
class Row:
    """A row: its number as a spreadsheet shows it, and its cells by column heading."""

    number: int
    cells: dict[str, str]

    def get(self, column: str) -> str:
        """Return a cell without surrounding space; empty where there is none."""
        return self.cells.get(column, "").strip()

    def several(self, column: str) -> list[str]:
        """Return the values of a cell that holds several, separated by semicolons."""
        cell = self.get(column).replace("；", ";")
        return [value.strip() for value in cell.split(";") if value.strip()]


def read_table(filename: str, content: bytes) -> list[Row]:
    """Read the rows below the heading; blank rows are left out but counted.

    Raises:
        TableError: It is not a table, or has no heading.
    """
    ending = PurePath(filename).suffix.lower()
    lines = _excel(filename, content) if ending in {".xlsx", ".xlsm"} else _csv(filename, content)
    if not lines or not any(lines[0]):
        raise TableError(say("{file}: the first row must hold the column headings.", file=filename))
    headings = [cell.strip().lower() for cell in lines[0]]
    if len(lines) > MOST_ROWS:
        raise TableError(
            say("{file}: more than {most} rows are too many.", file=filename, most=MOST_ROWS)
        )
    return [
        Row(number, dict(zip(headings, cells, strict=False)))
        for number, cells in enumerate(lines[1:], start=2)
        if any(cell.strip() for cell in cells)
    ]


def _csv(filename: str, content: bytes) -> list[list[str]]:
    try:
        text = decode(content)
        delimiter = max(",;\t", key=text.partition("\n")[0].count)
        return list(csv.reader(StringIO(text, newline=""), delimiter=delimiter))
    except (UnicodeDecodeError, csv.Error) as error:
        raise TableError(
            say("{file} is not a table we can read. Please save it as CSV (UTF-8).", file=filename)
        ) from error


def decode(content: bytes) -> str:
    """Decode what a spreadsheet saved: UTF-8, UTF-16, or the Chinese encoding of older ones."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030")


def _excel(filename: str, content: bytes) -> list[list[str]]:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(BytesIO(content), read_only=True, data_only=True)
        rows = book.worksheets[0].iter_rows(values_only=True, max_row=MOST_ROWS + 2)
        return [["" if cell is None else str(cell) for cell in row] for row in rows]
    except (InvalidFileException, BadZipFile, KeyError, ValueError, IndexError) as error:
        raise TableError(say("{file} is not an Excel file we can read.", file=filename)) from error
