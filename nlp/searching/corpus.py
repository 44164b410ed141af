"""The passages of a study as search sees them: who, when and where, without a word of them."""

from __future__ import annotations

from dataclasses import dataclass
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
from nlp.results import REPEAT

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
        .order_by(col(Passage.id))
    )
    made = [
        (
            as_key(key),
            stamp_of(text_hash),
            language,
            code,
            nationalities[code],
            team or "",
            role,
            "interview" if spoken else "reflection",
            f"{questionnaire}:{REPEAT.sub('', path)}" if questionnaire else "",
            day,
        )
        for key, text_hash, language, code, team, role, spoken, questionnaire, path, day in found
    ]
    frame = pd.DataFrame(
        made,
        columns=[
            "passage", "stamp", "language", "person", "nationality", "team", "role", "source",
            "question", "day",
        ],
    ).set_index("passage")  # fmt: skip
    stamps = frame.pop("stamp").to_numpy(dtype=np.uint64)
    return frame.astype(dict.fromkeys(CATEGORIES, "category")), stamps


def as_key(stored: str) -> str:
    """Write a key the same on every database."""
    return str(UUID(stored)) if "-" not in stored else stored
