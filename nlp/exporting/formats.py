"""The file formats an export may have, and what each of them asks of a table."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, get_args

from survey.answers import Column, Sheet

Format = Literal["csv", "excel", "parquet", "spss"]
FORMATS: tuple[Format, ...] = get_args(Format)

LARGEST_EXACT = 2**53
"""Whole numbers beyond it lose digits in programs that count in floating point."""
LARGEST = 1e300
"""SPSS means missing cells by the very largest numbers."""
FIRST_DAY = dt.date(1900, 3, 1)
"""Of a spreadsheet; before it their calendars disagree."""
# Neither XML nor SPSS holds them, and lone halves of surrogate pairs are no text at all.
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Files:
    """What was written: contents by path, and how each sheet was written.

    Attributes:
        contents: The files.
        placed: For each sheet its file and, in a workbook, the name of its page.
        headings: For each sheet the headings as they had to be written.
        codes: For each sheet and column the numbers that stand for choices, by choice.
    """

    contents: Mapping[str, bytes]
    placed: Mapping[str, tuple[str, str]]
    headings: Mapping[str, list[str]]
    codes: Mapping[str, Mapping[str, Mapping[str, float]]]


def settled(sheet: Sheet) -> Sheet:
    """Return a sheet whose cells are what their columns say, the same in every format.

    Texts are cleaned (`clean`). A column with cells of another kind (a questionnaire may change
    over its versions), with numbers too large to be exact or with days that spreadsheets do not
    know is kept as text.
    """
    cells = [[_plain(row[place]) for row in sheet.rows] for place in range(len(sheet.columns))]
    columns: list[Column] = []
    for place, column in enumerate(sheet.columns):
        if all(_fits(cell, column) for cell in cells[place] if cell is not None):
            columns.append(column)
            continue
        cells[place] = [None if cell is None else str(cell) for cell in cells[place]]
        columns.append(replace(column, kind="text", values={}))
    columns = [
        replace(
            column,
            label=clean(column.label) or column.name,
            values={name: clean(text) or name for name, text in column.values.items()},
        )
        for column in columns
    ]
    rows = list(zip(*cells, strict=True)) if cells else []
    return replace(sheet, columns=tuple(columns), rows=rows)


def clean(text: str) -> str | None:
    r"""Return a text as every format can hold it; None where nothing is left.

    Lines end with `\n`, what no format can hold (control characters) is left out, and so are blanks
    at the end, which SPSS does not keep.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return UNWRITABLE.sub("", text).rstrip(" ") or None


def _plain(cell: Any) -> Any:  # noqa: ANN401 - a cell of a table
    if isinstance(cell, str):
        return clean(cell)
    if isinstance(cell, bool):
        return int(cell)
    if isinstance(cell, float):
        return cell + 0.0 if math.isfinite(cell) else None  # there is one zero, not two
    return cell


def _fits(cell: object, column: Column) -> bool:
    if column.kind in {"integer", "flag"}:
        return isinstance(cell, int) and abs(cell) <= LARGEST_EXACT
    if column.kind == "decimal":
        return isinstance(cell, float) and abs(cell) <= LARGEST
    if column.kind == "date":
        return isinstance(cell, dt.date) and cell >= FIRST_DAY
    return isinstance(cell, str)
