"""Exact search: passages in which words stand just so, whatever their capitals."""

from __future__ import annotations

import unicodedata
from uuid import UUID

import pandas as pd
from sqlalchemy import String, cast
from sqlalchemy import select as rows_of
from sqlmodel import Session, col

from data.tables import Passage
from nlp.passage_rows import as_key

ANY = "_"
"""Stands for one character in what databases compare with."""


def containing(
    words: str, *, session: Session, study_id: UUID, within: pd.Index | None = None
) -> list[str]:
    """Return the passages that contain words, the newest day first.

    Capitals and the width of characters do not count.

    Args:
        words: What stands in them, in this order.
        session: The caller's transaction.
        study_id: The study.
        within: Only these passages; all by default.
    """
    words = unicodedata.normalize("NFKC", words).strip()
    if not words:
        return []
    wanted = folded(words)
    rows = session.execute(
        rows_of(cast(col(Passage.id), String), col(Passage.masked))
        .where(
            col(Passage.study_id) == study_id,
            col(Passage.masked).ilike(f"%{_pattern(words)}%", escape="\\"),
        )
        .order_by(col(Passage.day).desc(), col(Passage.start))
    )
    keys = [as_key(key) for key, masked in rows if wanted in folded(masked)]
    return keys if within is None else [key for key in keys if key in within]


def folded(text: str) -> str:
    """Return a text in which capitals and the width of characters do not count."""
    return unicodedata.normalize("NFKC", text).casefold()


def _pattern(words: str) -> str:
    """Write what a database compares with: it knows the capitals of plain letters only."""
    return "".join(_sign(char) for char in words)


def _sign(char: str) -> str:
    if char in "%_\\":
        return f"\\{char}"
    if char.isascii() or char.lower() == char.upper():
        return char
    return ANY
