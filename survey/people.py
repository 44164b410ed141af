"""The people of a study: keeping them, and who may see their names."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from data.history import record
from data.tables import AuditEvent, Membership, Person, Study
from data.tables.base import now
from i18n import Refusal, say
from survey.entering import open_account

LONGEST_CODE = 40
ONE_VISIT = timedelta(hours=1)
"""Reading names again within this time, for the same purpose, is one reading."""


def add_person(
    *,
    session: Session,
    study: Study,
    code: str,
    **values: Any,  # noqa: ANN401 - columns of the table
) -> Person:
    """Add a person with an account as a participant; their time zone is the study's by default."""
    person = Person(study_id=study.id, code=code, **{"time_zone": study.time_zone, **values})
    session.add(person)
    session.flush()
    open_account(session=session, study_id=study.id, role="participant", person_id=person.id)
    return person


class PersonError(Refusal):
    """The person cannot be added or changed like this."""


def enrol(*, session: Session, study: Study, code: str, account_id: UUID | None = None) -> Person:
    """Add one person by hand; everything but their code can be said afterwards.

    Raises:
        PersonError: The code is missing, too long or taken.
    """
    if not code or len(code) > LONGEST_CODE:
        raise PersonError(
            say("Give the person a code of at most {most} letters.", most=LONGEST_CODE)
        )
    taken = select(Person).where(Person.study_id == study.id, Person.code == code)
    if session.exec(taken).first():
        raise PersonError(say("There is already somebody called {code}.", code=code))
    person = add_person(session=session, study=study, code=code)
    record(
        "person.added", session=session, study_id=study.id, account_id=account_id,
        subject="person", subject_id=person.id,
    )  # fmt: skip
    return person


FACTS = ("name", "nicknames", "role", "nationalities", "languages", "time_zone", "email")
"""What can be changed of a person as it is; another team is a move (`survey.teams`)."""


def edit_person(
    *,
    session: Session,
    person: Person,
    account_id: UUID | None = None,
    **facts: Any,  # noqa: ANN401 - columns of the table
) -> list[str]:
    """Change what is known about a person, and return the columns that changed.

    Args:
        session: The caller's transaction.
        person: Who.
        account_id: Who changes it.
        facts: By column, of `FACTS`.

    Raises:
        PersonError: They withdrew.
    """
    if person.withdrawn_at is not None:
        raise PersonError(
            say("{code} withdrew. Nothing more can be said about them.", code=person.code)
        )
    changed = [name for name in FACTS if name in facts and getattr(person, name) != facts[name]]
    if changed:
        person.sqlmodel_update({name: facts[name] for name in changed})
        session.add(person)
        record(
            "person.changed", session=session, study_id=person.study_id, account_id=account_id,
            subject="person", subject_id=person.id, columns=", ".join(changed),
        )  # fmt: skip
    return changed


def people_of(*, session: Session, study_id: UUID) -> list[Person]:
    """Return the people of a study, by code. Their names are for `names_of` alone."""
    return list(
        session.exec(
            select(Person).where(Person.study_id == study_id).order_by(col(Person.code))
        ).all()
    )


def names_of(
    *, session: Session, study_id: UUID, account_id: UUID | None, purpose: str
) -> dict[str, list[str]]:
    """Return every spelling of every name by code, and record that they were read."""
    record_reading(session=session, study_id=study_id, account_id=account_id, purpose=purpose)
    return {
        person.code: [text for text in (person.name, *person.nicknames) if text]
        for person in people_of(session=session, study_id=study_id)
    }


def record_reading(
    *, session: Session, study_id: UUID, account_id: UUID | None, purpose: str
) -> None:
    """Record that names were read, once a visit: screens are drawn again at every click."""
    lately = session.exec(
        select(AuditEvent).where(
            AuditEvent.study_id == study_id,
            AuditEvent.account_id == account_id,
            AuditEvent.action == "names.read",
            col(AuditEvent.at) > now() - ONE_VISIT,
        )
    )
    if account_id and any(event.details.get("purpose") == purpose for event in lately):
        return
    record("names.read", session=session, study_id=study_id, account_id=account_id, purpose=purpose)


def membership_of(*, session: Session, person_id: UUID) -> Membership:
    """Return the participant's membership of a person."""
    return session.exec(select(Membership).where(Membership.person_id == person_id)).one()


def accounts_of(*, session: Session, study_id: UUID) -> list[tuple[UUID, str, str]]:
    """Return every account of a study with a role of it and, for participants, their code.

    In the order in which they were given their roles; an account may be there several times.
    """
    members = session.exec(
        select(Membership, Person.code)
        .outerjoin(Person, col(Person.id) == col(Membership.person_id))
        .where(Membership.study_id == study_id)
        .order_by(col(Membership.created_at))
    ).all()
    return [(member.account_id, member.role, code or "") for member, code in members]
