"""The demo with as many people in it as wanted, each in the middle of today's entry."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

from sqlmodel import Session, col, delete, select

from data.database import engine, migrate, open_session
from data.tables import Assignment, Person, Response, Study
from data.tables.base import now
from settings import ROOT
from survey import calendar, consent, entering
from survey.people import add_person, membership_of
from survey.responses import instance_of
from survey.study_folder import import_study, read_study
from survey.today import zone_of

QUESTION = "/data/today/stayed"
OPENS = timedelta(hours=5)
"""The demo's day begins at five in the morning."""


@dataclass(frozen=True)
class Writer:
    """Somebody with a signed-in device, and what their draft of today's entry is addressed to."""

    cookie: str
    draft: dict[str, Any]


def settle(url: str, count: int) -> list[Writer]:
    """Make the demo with so many people in it, each with a month behind them and today open."""
    migrate(url)
    with open_session(url) as session:
        tomorrow = now().date() + timedelta(days=1)
        import_study(read_study(ROOT / "studies" / "demo"), session=session, ending=tomorrow)
        study = session.exec(select(Study)).one()
        there = list(session.exec(select(Person).order_by(Person.code)).all())
        fresh = [
            _newcomer(like, study, f"X{number:04}", session=session)
            for number, like in enumerate(_repeated(there, count - len(there)))
        ]
        writers = [
            _signed_in(person, study, session=session) for person in [*there, *fresh][:count]
        ]
        session.commit()
    engine(url).dispose()
    return writers


def _repeated(people: Sequence[Person], count: int) -> Iterator[Person]:
    for number in range(max(count, 0)):
        yield people[number % len(people)]


def _newcomer(like: Person, study: Study, code: str, *, session: Session) -> Person:
    """Add somebody who takes part like another and has sent the same entries."""
    person = add_person(
        session=session,
        study=study,
        code=code,
        role=like.role,
        team_id=like.team_id,
        languages=["en"],
    )
    if text := consent.current(session=session, study_id=study.id):
        consent.give(session=session, person=person, version=text.version, language="en")
    for entry in session.exec(select(Response).where(Response.person_id == like.id)).all():
        values = entry.model_dump(exclude={"id", "person_id"})
        session.add(Response(id=uuid4(), person_id=person.id, **values))
    return person


def _signed_in(person: Person, study: Study, *, session: Session) -> Writer:
    membership = membership_of(session=session, person_id=person.id)
    token = entering.invite(session=session, membership=membership)
    session.flush()
    cookie = entering.enter(session=session, token=token, device="bench")
    entering.choose_language(session=session, account_id=membership.account_id, language="en")
    assignment = session.exec(
        select(Assignment).where(
            Assignment.study_id == study.id, Assignment.questionnaire == "daily"
        )
    ).one()
    day = calendar.today(zone_of(person, study), now() - OPENS)
    session.exec(
        delete(Response).where(col(Response.person_id) == person.id, col(Response.day) >= day)
    )
    return Writer(
        cookie,
        {
            "assignment": str(assignment.id),
            "day": day.isoformat(),
            "instance": str(instance_of(assignment, person, day)),
            "path": QUESTION,
        },
    )
