"""Excel: one workbook, a page a table; text is marked as text, so that no cell is a formula.

A workbook says of each cell what it is. Whatever people wrote is written as a string, never as a
formula, and marked so that it stays one when somebody edits it (the quotation prefix); nothing is
put before it, so it is read back as it was.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any

from nlp.exporting.comma import RISKY
from nlp.exporting.formats import Files
from survey.answers import Column, Sheet

if TYPE_CHECKING:
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

BOOK = "data.xlsx"
LONGEST = 32_767
"""UTF-16 units that a cell can hold."""
# A spreadsheet takes _x0041_ for the letter with that number.
ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


def too_long(text: str) -> bool:
    """Whether a text is longer than a cell can hold."""
    return len(_escaped(text).encode("utf-16-le")) // 2 > LONGEST


def _escaped(text: str) -> str:
    return ESCAPED.sub("_x005F_", text)


def write(sheets: Sequence[Sheet]) -> Files:
    """Write the sheets as pages of one workbook."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    pages = _pages(sheets)
    for sheet in sheets:
        page: WriteOnlyWorksheet = book.create_sheet(pages[sheet.name])
        page.freeze_panes = "A2"
        page.append([_written(page, name) for name in sheet.names])
        for row in sheet.rows:
            page.append([_written(page, cell) for cell in row])
    target = BytesIO()
    book.save(target)
    return Files(
        contents={BOOK: target.getvalue()},
        placed={name: (BOOK, page) for name, page in pages.items()},
        headings={sheet.name: sheet.names for sheet in sheets},
        codes={},
    )


def _written(page: WriteOnlyWorksheet, value: Any) -> Any:  # noqa: ANN401 - a cell
    if not isinstance(value, str | dt.date | float):
        return value
    from openpyxl.cell import WriteOnlyCell

    if isinstance(value, float):
        cell = WriteOnlyCell(page, repr(value))  # left to itself it would write 16 digits, not 17
        cell.data_type = "n"
        return cell
    if isinstance(value, dt.date):
        cell = WriteOnlyCell(page, dt.datetime.combine(value, dt.time()))
        cell.number_format = "yyyy-mm-dd"
        return cell
    cell = WriteOnlyCell(page, "")
    cell.value = _escaped(value)
    cell.data_type = "s"  # whatever it looks like
    if value.startswith(RISKY):
        cell.quotePrefix = True
    return cell


def _pages(sheets: Sequence[Sheet]) -> dict[str, str]:
    """Return the name of each sheet's page: at most 31 characters, each once."""
    taken: set[str] = set()
    found: dict[str, str] = {}
    for sheet in sheets:
        plain = re.sub(r"[\[\]:*?/\\']", "_", sheet.name)
        name, number = plain[:31], 1
        while name.lower() in taken:
            number += 1
            name = f"{plain[: 30 - len(str(number))]}~{number}"
        taken.add(name.lower())
        found[sheet.name] = name
    return found


Page = list[tuple[Any, ...]]


def pages_of(content: bytes) -> dict[str, Page]:
    """Return the cells of every page of a workbook, without the headings."""
    from openpyxl import load_workbook

    book = load_workbook(BytesIO(content), read_only=True)
    found = {
        page.title: list(page.iter_rows(min_row=2, values_only=True)) for page in book.worksheets
    }
    book.close()
    return found


def read(page: Page, columns: Sequence[Column]) -> list[tuple[Any, ...]]:
    """Return what the rows of a page say; cells at the end of a row may be missing."""
    width = len(columns)
    return [
        tuple(
            _value(cell, column)
            for cell, column in zip((*row, *[None] * (width - len(row))), columns, strict=True)
        )
        for row in page
    ]


def _value(cell: Any, column: Column) -> Any:  # noqa: ANN401 - a cell
    if cell is None:
        return None
    if column.kind in {"integer", "flag"}:
        return int(cell)
    if column.kind == "decimal":
        return float(cell)
    if column.kind == "date" and isinstance(cell, dt.datetime):
        return cell.date()
    return unescaped(cell) if isinstance(cell, str) else cell


def unescaped(text: str) -> str:
    """Return what was written before underscores were escaped."""
    return text.replace("_x005F_", "_")
