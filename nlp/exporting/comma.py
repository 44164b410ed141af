"""CSV: UTF-8 with a mark, so that spreadsheets read it right, and no cell that is a formula.

A spreadsheet computes a cell that begins with `=` or one of a few other signs, whoever wrote it.
CSV cannot say that a cell is text, so such a cell gets an apostrophe before it, the spreadsheets'
own sign for text. So that nothing is lost, a cell that begins with an apostrophe gets another one:
taking one apostrophe away from every text cell that begins with one gives back exactly what was
written. Numbers and days are no text and stay as they are.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Mapping, Sequence
from io import StringIO
from typing import Any

from nlp.exporting.formats import Files
from survey.answers import Column, Sheet

GUARD = "'"
RISKY = tuple("=+-@\t\r\n＝＋－＠")
MARK = b"\xef\xbb\xbf"


def guarded(text: str) -> str:
    """Keep a spreadsheet from taking a text for a formula."""
    return GUARD + text if text.startswith((GUARD, *RISKY)) else text


def unguarded(text: str) -> str:
    """Return what was written before it was guarded."""
    return text.removeprefix(GUARD)


def write(sheets: Sequence[Sheet]) -> Files:
    """Write each sheet as a CSV file."""
    placed = {sheet.name: (f"{sheet.name}.csv", "") for sheet in sheets}
    return Files(
        contents={placed[sheet.name][0]: table(sheet) for sheet in sheets},
        placed=placed,
        headings={sheet.name: sheet.names for sheet in sheets},
        codes={},
    )


def table(sheet: Sheet) -> bytes:
    """Write one sheet."""
    target = StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow([guarded(name) for name in sheet.names])
    for row in sheet.rows:
        writer.writerow([_cell(cell) for cell in row])
    return MARK + target.getvalue().encode()


def _cell(cell: Any) -> str:  # noqa: ANN401 - a cell of a table
    if cell is None:
        return ""
    if isinstance(cell, str):
        return guarded(cell)
    return repr(cell) if isinstance(cell, float) else str(cell)


def read(content: bytes, columns: Sequence[Column]) -> list[tuple[Any, ...]]:
    """Read the rows of a file back, with pandas."""
    from io import BytesIO

    import pandas as pd

    # lineterminator is not given: lines within quotation marks are kept as they are.
    frame = pd.read_csv(
        BytesIO(content), dtype=str, keep_default_na=False, encoding="utf-8-sig", quotechar='"'
    )
    return [
        tuple(value_of(cell, column) for cell, column in zip(row, columns, strict=True))
        for row in frame.itertuples(index=False, name=None)
    ]


def value_of(cell: str, column: Column) -> Any:  # noqa: ANN401 - a cell of a table
    """Return what a cell of a CSV file says."""
    if cell == "":
        return None
    readers: Mapping[str, Any] = {
        "integer": int,
        "flag": int,
        "decimal": float,
        "date": dt.date.fromisoformat,
    }
    return readers.get(column.kind, unguarded)(cell)
