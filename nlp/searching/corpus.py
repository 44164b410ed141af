"""The passages of a study as search sees them: who, when and where, without a word of them."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import numpy as np
import numpy.typing as npt
import pandas as pd
from sqlalchemy import String, cast, func
from sqlalchemy import select as rows_of
from sqlmodel import Session, col, select

from data import search_index
from data.search_index import SearchIndex
from data.tables import Passage, Person, Questionnaire, Response, Team
from nlp.results import REPEAT, teams_then

CATEGORIES = ("language", "person", "team", "nationality", "role", "source", "question")
AT_ONCE = 5000
"""Rows read at once."""


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
    nationalities = {
        code: several[0] if several else ""
        for code, several in session.exec(
            select(Person.code, Person.nationalities).where(Person.study_id == study_id)
        )
    }
    found = session.execute(
        rows_of(
            cast(col(Passage.id), String),
            col(Passage.text_hash),
            col(Passage.language),
            col(Person.code),
            col(Team.code),
            col(Person.role),
            col(Passage.turn_id).is_not(None),
            col(Questionnaire.name),
            col(Passage.path),
            col(Passage.day),
        )
        .join(Person, col(Person.id) == col(Passage.person_id))
        .outerjoin(Response, col(Response.id) == col(Passage.response_id))
        .outerjoin(Questionnaire, col(Questionnaire.id) == col(Response.questionnaire_id))
        .outerjoin(Team, col(Team.id) == func.coalesce(col(Response.team_id), col(Person.team_id)))
        .where(col(Passage.study_id) == study_id)
        .order_by(col(Passage.id)),
        execution_options={"yield_per": AT_ONCE},
    )
    then = teams_then(session=session, study_id=study_id)
    keys: list[str] = []
    stamps = array("Q")
    columns = {name: _Column() for name in (*CATEGORIES, "day")}
    for key, text_hash, language, code, team, role, spoken, questionnaire, path, day in found:
        keys.append(as_key(key))
        stamps.append(stamp_of(text_hash))
        columns["language"].add(language)
        columns["person"].add(code)
        columns["nationality"].add(nationalities[code])
        columns["team"].add(then(code, day, team) or "")
        columns["role"].add(role)
        columns["source"].add("interview" if spoken else "reflection")
        columns["question"].add(f"{questionnaire}:{REPEAT.sub('', path)}" if questionnaire else "")
        columns["day"].add(day)
    frame = pd.DataFrame(
        {name: columns[name].categorical() for name in CATEGORIES}
        | {"day": columns["day"].objects()},
        index=pd.Index(keys, dtype=object, name="passage"),
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


def as_key(stored: str) -> str:
    """Write a key the same on every database."""
    return str(UUID(stored)) if "-" not in stored else stored
