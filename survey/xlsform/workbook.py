"""The raw sheets of a questionnaire file: headings, rows and where they stand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from i18n import say
from survey.xlsform.problems import FormError, Problem, Severity

SHEETS = ("survey", "choices", "settings", "external_choices", "entities", "osm")
MAX_ROWS = 50_000
MAX_CELLS = 1_000_000
MAX_COLUMNS = 2_000
# A spreadsheet's "used area" often runs on; this many blank ones in a row mean the end.
BLANK_COLUMNS_AT_END = 20
BLANK_ROWS_AT_END = 60


@dataclass(slots=True)
class Row:
    """One row: its number as a spreadsheet shows it, its line in a text file, its filled cells."""

    number: int
    cells: dict[str, str]
    line: int | None = None


@dataclass(slots=True)
class Sheet:
    """One sheet.

    Attributes:
        name: The name in lower case.
        headings: The headings in order, cleaned of doubled spaces, without blank and doubled ones.
        rows: The rows below the headings that hold something.
        doubled: Headings found more than once.
    """

    name: str
    headings: list[str] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)

    def numbered(self) -> Iterator[dict[str, str]]:
        """Yield the cells of every row from row 2 on, blank rows as empty."""
        expected = 2
        for row in self.rows:
            while expected < row.number:
                yield {}
                expected += 1
            yield row.cells
            expected += 1


@dataclass(slots=True)
class Workbook:
    """The sheets that XLSForm knows, by name, and the names of all sheets as written."""

    sheets: dict[str, Sheet]
    names: list[str]


class Allowance:
    """How many cells may still be read; shared by the sheets of a file."""

    def __init__(self) -> None:
        self.left = MAX_CELLS

    def spend(self, cells: int, sheet: str, row: int) -> None:
        """Count cells of a row.

        Raises:
            FormError: There are more rows or cells than a questionnaire may have.
        """
        self.left -= cells
        if row > MAX_ROWS or self.left < 0:
            raise FormError(
                [
                    Problem(
                        Severity.ERROR,
                        sheet,
                        row,
                        None,
                        say(
                            "A questionnaire may have {rows} rows in a sheet and {cells} cells "
                            "in all. Keep longer lists in a file of their own and use "
                            "select_one_from_file.",
                            rows=MAX_ROWS,
                            cells=MAX_CELLS,
                        ),
                    )
                ]
            )


def read_sheet(
    name: str,
    rows: Iterable[tuple[int, int | None, Sequence[Any]]],
    allowance: Allowance,
    text: Callable[[Any], str | None],
) -> Sheet:
    """Make a sheet of rows of cells; the first row holds the headings.

    Args:
        name: The name of the sheet in lower case.
        rows: Row number, line number and the cells.
        allowance: How much may still be read.
        text: Gives a cell as text, None or "" where it is blank.
    """
    sheet = Sheet(name)
    columns: list[tuple[int, str]] | None = None
    blank = 0
    for number, line, cells in rows:
        if columns is None:
            columns = _headings(sheet, [text(cell) for cell in cells[:MAX_COLUMNS]])
            continue
        found = {
            heading: value
            for place, heading in columns
            if place < len(cells) and (value := text(cells[place]))
        }
        if not found:
            blank += 1
            if blank > BLANK_ROWS_AT_END:
                break
            continue
        blank = 0
        allowance.spend(len(found), name, number)
        sheet.rows.append(Row(number, found, line))
    return sheet


def _headings(sheet: Sheet, cells: Sequence[str | None]) -> list[tuple[int, str]]:
    columns: list[tuple[int, str]] = []
    blank = 0
    for place, cell in enumerate(cells):
        heading = " ".join(cell.split()) if cell else ""
        if not heading:
            blank += 1
            if blank > BLANK_COLUMNS_AT_END:
                break
            continue
        blank = 0
        if heading in sheet.headings:
            sheet.doubled.append(heading)
            continue
        sheet.headings.append(heading)
        columns.append((place, heading))
    return columns
