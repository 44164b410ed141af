"""The passages of a study as search sees them: who, when and where, without a word of them."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import numpy as np
import numpy.typing as npt
import pandas as pd
from sqlmodel import Session, col, func, select

from data import search_index
from data.search_index import SearchIndex
from data.tables import Passage
from nlp.passage_rows import COLUMNS, passage_rows

CATEGORIES = ("language", "person", "team", "nationality", "role", "source", "question")


@dataclass(frozen=True)
class Corpus:
    """What can be searched.

    Attributes:
        passages: A row for each passage (index: its key as text) with language, person, team,
            nationality, role, source, question and day, as in `nlp.results.Found.passages`.
        index: The vectors; None as long as nobody computed them.
        rows: For each passage its row in `index`; -1 where it has no vector yet.
    """

    passages: pd.DataFrame
    index: SearchIndex | None
    rows: npt.NDArray[np.int64]

    @property
    def missing(self) -> int:
        """How many passages have no vector yet."""
        return int((self.rows < 0).sum())


def state_of(study_id: UUID, *, session: Session) -> tuple[object, ...]:
    """Return what changes when a corpus has to be read again."""
    counted = session.exec(
        select(func.count(col(Passage.id)), func.max(Passage.created_at)).where(
            Passage.study_id == study_id
        )
    ).one()
    return (study_id, *counted, search_index.version_of(study_id))


def read_corpus(study_id: UUID, *, session: Session) -> Corpus:
    """Read what can be searched."""
    passages, stamps = _passages(study_id, session=session)
    index = search_index.opened(study_id)
    rows = np.full(len(passages), -1, dtype=np.int64)
    if index is not None and len(passages):
        keys = np.frombuffer(
            bytes.fromhex("".join(passages.index).replace("-", "")), dtype=">u8"
        ).reshape(-1, 2)
        rows = search_index.rows_of(index, keys)
        rows[index.stamps[rows] != stamps] = -1
    return Corpus(passages, index, rows)


def stamp_of(text_hash: str) -> int:
    """Return what the file of vectors keeps of a text's sha256."""
    return int(text_hash[:16], 16)


def _passages(study_id: UUID, *, session: Session) -> tuple[pd.DataFrame, npt.NDArray[np.uint64]]:
    keys: list[str] = []
    stamps = array("Q")
    columns = {name: _Column() for name in COLUMNS[2:]}
    for key, text_hash, *known in passage_rows(study_id, col(Passage.text_hash), session=session):
        keys.append(key)
        stamps.append(stamp_of(text_hash))
        for column, value in zip(columns.values(), known, strict=True):
            column.add(value)
    frame = pd.DataFrame(
        {name: columns[name].categorical() for name in CATEGORIES}
        | {"day": columns["day"].objects()},
        index=pd.Index(keys, dtype="str", name="passage"),
    )
    return frame, np.frombuffer(stamps, dtype=np.uint64)


class _Column:
    """A column in which few values stand many times: rows as objects would cost the web process."""

    def __init__(self) -> None:
        self.values: dict[Any, int] = {}
        self.codes = array("i")

    def add(self, value: Any) -> None:  # noqa: ANN401 - text or a day
        """Add a row."""
        self.codes.append(self.values.setdefault(value, len(self.values)))

    def categorical(self) -> pd.Categorical:
        """Return the column as categories."""
        return pd.Categorical.from_codes(
            np.frombuffer(self.codes, dtype=np.int32), categories=pd.Index(list(self.values))
        )

    def objects(self) -> npt.NDArray[np.object_]:
        """Return the column as its values."""
        known = np.empty(len(self.values), dtype=object)
        known[:] = list(self.values)
        return known[np.frombuffer(self.codes, dtype=np.int32)]
