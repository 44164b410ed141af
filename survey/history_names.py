"""What the things are called that the history speaks of: codes and titles, never names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlmodel import Session, col, select

from data.tables import (
    AuditEvent,
    ConsentText,
    Membership,
    Person,
    Questionnaire,
    Response,
    SignIn,
    Team,
)

AT_ONCE = 500
"""So many keys in one statement; databases limit them."""


def names_in(
    events: Sequence[AuditEvent],
    *,
    session: Session,
    study_id: UUID,
    accounts: Mapping[UUID, str],
) -> dict[UUID, str]:
    """Return what the subjects of events are called, by key; what is gone is not among them.

    Args:
        events: The events.
        session: The caller's transaction.
        study_id: Of which study they are.
        accounts: What each account is called: a code or a role, never a name.
    """
    people = dict(
        session.exec(select(Person.id, Person.code).where(Person.study_id == study_id)).all()
    )
    named = dict(people)
    for key, account_id in session.exec(
        select(Membership.id, Membership.account_id).where(Membership.study_id == study_id)
    ):
        named[key] = accounts.get(account_id, "")
    for model, label in ((Team, Team.code), (ConsentText, ConsentText.version)):
        found = session.exec(select(model.id, label).where(model.study_id == study_id)).all()
        named |= dict(found)
    for key, name, version in session.exec(
        select(Questionnaire.id, Questionnaire.name, Questionnaire.version).where(
            Questionnaire.study_id == study_id
        )
    ):
        named[key] = f"{name} {version}"
    named |= _of_entries(_keys(events, "response"), people, session=session)
    named |= _of_devices(_keys(events, "sign_in"), accounts, session=session)
    return named


def _keys(events: Sequence[AuditEvent], subject: str) -> list[UUID]:
    return sorted(
        {each.subject_id for each in events if each.subject == subject and each.subject_id}
    )


def _of_entries(
    keys: Sequence[UUID], people: dict[UUID, str], *, session: Session
) -> dict[UUID, str]:
    """Return whose entry it is and for which day."""
    named = {}
    for start in range(0, len(keys), AT_ONCE):
        for key, person_id, day in session.exec(
            select(Response.id, Response.person_id, col(Response.day)).where(
                col(Response.id).in_(keys[start : start + AT_ONCE])
            )
        ):
            named[key] = f"{people.get(person_id, '')} {day.isoformat()}".strip()
    return named


def _of_devices(
    keys: Sequence[UUID], accounts: Mapping[UUID, str], *, session: Session
) -> dict[UUID, str]:
    """Return whose device it is."""
    named = {}
    for start in range(0, len(keys), AT_ONCE):
        for key, account_id in session.exec(
            select(SignIn.id, SignIn.account_id).where(
                col(SignIn.id).in_(keys[start : start + AT_ONCE])
            )
        ):
            named[key] = accounts.get(account_id, "")
    return named
