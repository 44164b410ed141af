"""Reading a table that somebody brought: CSV or Excel, with the row numbers of the file."""

from __future__ import annotations

import csv
import warnings
from dataclasses import dataclass
from io import BytesIO, StringIO
from pathlib import PurePath

from i18n import Message, Refusal, say
from survey.transcripts import eastasian
from survey.xlsform.sources import check_archive

MOST_ROWS = 100_000
MOST_COLUMNS = 100


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
        TableError: It is not a table, has no headings or repeated ones, or a row holds something
            that no heading names or that is no text.
    """
    ending = PurePath(filename).suffix.lower()
    lines = _excel(filename, content) if ending in {".xlsx", ".xlsm"} else _csv(filename, content)
    if not lines or not any(lines[0]):
        raise TableError(say("{file}: the first row must hold the column headings.", file=filename))
    if len(lines) > MOST_ROWS:
        raise TableError(
            say("{file}: more than {most} rows are too many.", file=filename, most=MOST_ROWS)
        )
    headings = [cell.strip().lower() for cell in lines[0]]
    mistakes = [
        say("{file}, row 1: the column {column} is there twice.", file=filename, column=heading)
        for heading in sorted({each for each in headings if each and headings.count(each) > 1})
    ]
    rows = []
    for number, cells in enumerate(lines[1:], start=2):
        if any(cell.strip() for cell in cells):
            mistakes += _mistakes(filename, number, cells, headings)
            padded = [*cells, *[""] * (len(headings) - len(cells))]
            rows.append(Row(number, dict(zip(headings, padded, strict=False))))
    if mistakes:
        raise TableError(*mistakes)
    return rows


def _mistakes(filename: str, number: int, cells: list[str], headings: list[str]) -> list[Message]:
    beyond = [*cells[len(headings) :], *(c for c, h in zip(cells, headings, strict=False) if not h)]
    found = []
    if any(cell.strip() for cell in beyond):
        found.append(
            say(
                "{file}, row {row}: there are more cells than headings. "
                "Put a cell that holds a comma in quotation marks.",
                file=filename,
                row=number,
            )
        )
    if any("\0" in cell for cell in cells):
        found.append(
            say(
                "{file}, row {row}: a cell holds a character that is no text (NUL).",
                file=filename,
                row=number,
            )
        )
    return found


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
    """Decode what a spreadsheet saved: UTF-8, UTF-16, or the Chinese encoding of older ones.

    Raises:
        UnicodeDecodeError: It is in none of them. A short table does not show in which of the
            others it is, and a guess would spoil names.
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("gb18030")
        if eastasian.guess(content) in {None, "gb18030"} and _is_chinese(text):
            return text
        raise


def _is_chinese(text: str) -> bool:
    """Tell whether at least half of the letters beyond ASCII are of the common Chinese ones.

    Those are level 1 of GB 2312-80, rows 16 to 55. Letters of other encodings that are taken for
    Chinese fall among the rare ones.
    """
    codes = [char.encode("gb18030") for char in text if char > "\x7f"]
    # Rows 1 and 3 are punctuation and full-width forms, which say nothing.
    letters = [code for code in codes if not (code[0] in {0xA1, 0xA3} and code[1] >= 0xA1)]
    common = [code for code in letters if 0xB0 <= code[0] <= 0xD7 and code[1] >= 0xA1]
    return len(common) * 2 >= len(letters)


def _excel(filename: str, content: bytes) -> list[list[str]]:
    """Read the first sheet, with bounds on what is unpacked and on how far a row reaches."""
    from openpyxl import load_workbook

    try:
        check_archive(content)
        with warnings.catch_warnings():
            # openpyxl warns of drawings and validations it leaves out; they hold no people.
            warnings.simplefilter("ignore")
            book = load_workbook(BytesIO(content), read_only=True, data_only=True)
            sheet = book.worksheets[0]
            sheet.reset_dimensions()  # some programs write a wrong size; what is there counts
            rows = sheet.iter_rows(values_only=True, max_row=MOST_ROWS + 2, max_col=MOST_COLUMNS)
            return [["" if cell is None else str(cell) for cell in row] for row in rows]
    except Exception as error:  # whatever openpyxl stumbles over, the file is what is wrong
        raise TableError(say("{file} is not an Excel file we can read.", file=filename)) from error
