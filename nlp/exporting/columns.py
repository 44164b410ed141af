"""Columns of a sheet, from names, kinds and meanings."""

from __future__ import annotations

from i18n import Message, translate
from survey.answers import Column
from survey.answers.sheets import ColumnKind


def columns_of(
    language: str, *wanted: tuple[str, ColumnKind, Message], free: frozenset[str] = frozenset()
) -> tuple[Column, ...]:
    """Return columns labelled in a language; `free` names those that hold words of people."""
    return tuple(
        Column(name, kind, translate(label, language), free=name in free)
        for name, kind, label in wanted
    )
