"""SPSS: one .sav file a table, with labels of variables and values.

Choices become numbers with value labels, as SPSS users expect: the choice's own number where all
choices of a question are whole numbers, otherwise its place in the list. The codebook says which
number stands for which choice.
"""

from __future__ import annotations

import datetime as dt
import re
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from nlp.exporting.formats import Files
from survey.answers import Column, Sheet

LONGEST = 32_767
"""Bytes that a string can hold."""
LONGEST_NAME = 64
LONGEST_LABEL = 255
LONGEST_VALUE_LABEL = 120
RESERVED = frozenset(
    {"all", "and", "by", "eq", "ge", "gt", "le", "lt", "ne", "not", "or", "to", "with"}
)
NUMERIC = frozenset({"integer", "flag", "decimal", "choice"})


def too_long(text: str) -> bool:
    """Whether a text is longer than a string can be."""
    return len(text.encode()) > LONGEST


def write(sheets: Sequence[Sheet]) -> Files:
    """Write each sheet as a .sav file."""
    contents: dict[str, bytes] = {}
    placed: dict[str, tuple[str, str]] = {}
    headings: dict[str, list[str]] = {}
    codes: dict[str, dict[str, dict[str, float]]] = {}
    for sheet in sheets:
        headings[sheet.name] = _headings(sheet)
        codes[sheet.name] = _codes(sheet)
        placed[sheet.name] = (f"{sheet.name}.sav", "")
        contents[f"{sheet.name}.sav"] = _table(sheet, headings[sheet.name], codes[sheet.name])
    return Files(contents, placed, headings, codes)


def _headings(sheet: Sheet) -> list[str]:
    """Return names that SPSS takes: letters, digits, full stops, each once, at most 64 long."""
    taken: set[str] = set(RESERVED)
    found = []
    for name in sheet.names:
        plain = re.sub(r"[^A-Za-z0-9._]", "_", name)
        plain = (plain if plain[:1].isalpha() else f"v_{plain}")[:LONGEST_NAME].rstrip("._") or "v"
        chosen, number = plain, 1
        while chosen.lower() in taken:
            number += 1
            ending = f"_{number}"
            chosen = plain[: LONGEST_NAME - len(ending)] + ending
        taken.add(chosen.lower())
        found.append(chosen)
    return found


def _codes(sheet: Sheet) -> dict[str, dict[str, float]]:
    """Return for each column of choices the number of each; what is not offered comes last."""
    found = {}
    for place, column in enumerate(sheet.columns):
        if column.kind != "choice":
            continue
        given = {row[place] for row in sheet.rows if row[place] is not None}
        names = [*column.values, *sorted(given - set(column.values))]
        numeric = all(re.fullmatch(r"-?(0|[1-9]\d{0,5})", name, re.ASCII) for name in names)
        found[column.name] = {
            name: float(name) if numeric else float(number)
            for number, name in enumerate(names, start=1)
        }
    return found


def _table(
    sheet: Sheet, headings: Sequence[str], codes: Mapping[str, Mapping[str, float]]
) -> bytes:
    import pyreadstat

    labels: dict[str, str | None] = {
        heading: shortened(column.label, LONGEST_LABEL)
        for heading, column in zip(headings, sheet.columns, strict=True)
    }
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.sav"
        pyreadstat.write_sav(
            _frame(sheet, headings, codes),
            path,
            file_label=shortened(sheet.name, 60),
            column_labels=labels,
            variable_value_labels=_value_labels(sheet, headings, codes),
            variable_measure=_measures(sheet, headings),
            variable_format={
                heading: "F8.0"
                for heading, column in zip(headings, sheet.columns, strict=True)
                if column.kind in {"integer", "flag", "choice"}
            },
            row_compress=True,
        )
        return path.read_bytes()


def _frame(
    sheet: Sheet, headings: Sequence[str], codes: Mapping[str, Mapping[str, float]]
) -> pd.DataFrame:
    data: dict[str, pd.Series] = {}
    for place, (heading, column) in enumerate(zip(headings, sheet.columns, strict=True)):
        cells = [row[place] for row in sheet.rows]
        if column.kind == "choice":
            numbers = codes[column.name]
            cells = [None if cell is None else numbers[cell] for cell in cells]
        kind = "float64" if column.kind in NUMERIC else "object"
        data[heading] = pd.Series(cells, dtype=kind)
    return pd.DataFrame(data)


def _value_labels(
    sheet: Sheet, headings: Sequence[str], codes: Mapping[str, Mapping[str, float]]
) -> dict[str, dict[float, str]]:
    return {
        heading: {
            number: shortened(column.values.get(name, name), LONGEST_VALUE_LABEL)
            for name, number in codes[column.name].items()
        }
        for heading, column in zip(headings, sheet.columns, strict=True)
        if column.kind == "choice"
    }


def _measures(sheet: Sheet, headings: Sequence[str]) -> dict[str, str]:
    return {
        heading: "scale" if column.kind in {"integer", "decimal", "date"} else "nominal"
        for heading, column in zip(headings, sheet.columns, strict=True)
    }


def shortened(text: str, longest: int) -> str:
    """Return as much of a text as fits into so many bytes, without half a character."""
    return text.encode()[:longest].decode(errors="ignore")


def read(
    content: bytes, columns: Sequence[Column], codes: Mapping[str, Mapping[str, float]]
) -> list[tuple[Any, ...]]:
    """Read the rows of a file back, choices by their names."""
    import pyreadstat

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.sav"
        path.write_bytes(content)
        data, _ = pyreadstat.read_sav(path, output_format="dict")
    names = {
        column: {number: name for name, number in found.items()} for column, found in codes.items()
    }
    cells = [
        [_value(cell, column, names.get(column.name, {})) for cell in data[heading]]
        for heading, column in zip(data, columns, strict=True)
    ]
    return list(zip(*cells, strict=True))


def _value(cell: Any, column: Column, names: Mapping[float, str]) -> Any:  # noqa: ANN401 - a cell
    if cell is None or cell == "" or (isinstance(cell, float) and cell != cell):  # noqa: PLR0124 - NaN
        return None
    if column.kind in {"integer", "flag"}:
        return int(cell)
    if column.kind == "choice":
        return names[float(cell)]
    if isinstance(cell, dt.datetime):
        return cell.date()
    return cell
