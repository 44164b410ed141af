"""The passages of a study as rows: who, when and where, in which team at that time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import String, cast, func
from sqlalchemy import select as rows_of
from sqlalchemy.orm import Mapped
from sqlmodel import Session, col, select

from data.tables import Passage, Person, Questionnaire, Response, Team
from nlp.sources import REPEAT
from survey.teams import stays_of, team_on

COLUMNS = [
    "passage", "masked", "language", "person", "team", "nationality", "role", "source", "question",
    "day",
]  # fmt: skip
AT_ONCE = 5_000
"""Rows read at once."""


def passage_rows(
    study_id: UUID, wanted: Mapped[str], *, session: Session, until: datetime | None = None
) -> Iterator[tuple[Any, ...]]:
    """Yield the passages of a study by their keys, with who, when and where.

    What was written or said counts for the team that the person was in on its day. Few values
    stand in many rows: each is kept once, or a hundred thousand rows cost the web process 100 MB.

    Args:
        study_id: The study.
        wanted: The column of `Passage` that is wanted besides.
        session: Where to read.
        until: Only passages cut until then.

    Yields:
        What `COLUMNS` names, with `wanted` in place of `masked`.
    """
    then = teams_then(session=session, study_id=study_id)
    nationalities = {
        code: several[0] if several else ""
        for code, several in session.exec(
            select(Person.code, Person.nationalities).where(Person.study_id == study_id)
        )
    }
    chosen = (
        rows_of(
            cast(col(Passage.id), String),
            wanted,
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
    if until is not None:
        chosen = chosen.where(col(Passage.created_at) <= until)
    once: dict[Any, Any] = {}
    same = once.setdefault
    for key, text, language, code, team, role, spoken, questionnaire, path, day in session.execute(
        chosen, execution_options={"yield_per": AT_ONCE}
    ):
        where = then(code, day, team) or ""
        yield (
            as_key(key), text, same(language, language), same(code, code), same(where, where),
            nationalities[code], same(role, role), "interview" if spoken else "reflection",
            _asked(questionnaire, path), same(day, day),
        )  # fmt: skip


@cache
def _asked(questionnaire: str | None, path: str) -> str:
    """Name a question; repeats are not counted."""
    return f"{questionnaire}:{REPEAT.sub('', path)}" if questionnaire else ""


def teams_then(
    *, session: Session, study_id: UUID
) -> Callable[[str, date | None, str | None], str | None]:
    """Return what says in which team somebody was on a day: who never moved is where they are."""
    stays = stays_of(session=session, study_id=study_id)
    people = {
        person.code: person
        for person in session.exec(select(Person).where(col(Person.id).in_(list(stays))))
    }
    codes = dict(session.exec(select(Team.id, Team.code).where(Team.study_id == study_id)).all())

    def then(code: str, day: date | None, team: str | None) -> str | None:
        person = people.get(code)
        if person is None or day is None:
            return team
        key = team_on(person, day, stays[person.id])
        return codes.get(key) if key else None

    return then


def as_key(stored: str) -> str:
    """Write a key the same on every database: making 100,000 UUIDs of them takes a second."""
    if "-" in stored:
        return stored
    return "-".join((stored[:8], stored[8:12], stored[12:16], stored[16:20], stored[20:]))
