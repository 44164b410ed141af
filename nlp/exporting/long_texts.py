"""Texts that are longer than a cell can be: files of their own, and a sign in the cell."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from nlp.exporting import excel, spss
from nlp.exporting.formats import Format
from survey.answers import Sheet

FOLDER = "long-texts"
TOO_LONG: Mapping[Format, Callable[[str], bool]] = {
    "excel": excel.too_long,
    "spss": spss.too_long,
}


def set_apart(
    sheets: Sequence[Sheet],
    format: Format,  # noqa: A002 - what it is called everywhere
) -> tuple[list[Sheet], dict[str, str]]:
    """Put texts that are too long for a format into files.

    Returns:
        The sheets, in which such a cell says where its text is (`see long-texts/1.txt`), and the
        texts by what the cell says.
    """
    too_long = TOO_LONG.get(format)
    if too_long is None:
        return list(sheets), {}
    texts: dict[str, str] = {}

    def cell(value: Any) -> Any:  # noqa: ANN401 - a cell of a table
        if not isinstance(value, str) or not too_long(value):
            return value
        sign = f"see {FOLDER}/{len(texts) + 1}.txt"
        texts[sign] = value
        return sign

    apart = [
        replace(sheet, rows=[tuple(cell(value) for value in row) for row in sheet.rows])
        for sheet in sheets
    ]
    return apart, texts


def path_of(sign: str) -> str:
    """Return the file that a cell points to."""
    return sign.removeprefix("see ")
