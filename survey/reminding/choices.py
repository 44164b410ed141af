"""How a person wants to be reminded: by default as the study has it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session, select

from data.history import record
from data.tables import Person, Reminding, Study
from i18n import Refusal, say
from survey.sealing import seal, unseal

USUAL_HOUR = "20:00"
"""Offered where neither the person nor the study named an hour."""

STOPPING = "stop reminders"
"""What the seal of the link is for that ends reminders."""

_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d", re.ASCII)
_PLACE = r"[^@\s<>,;:\"()\[\]\\]"
_ADDRESS = re.compile(rf"{_PLACE}{{1,64}}@{_PLACE}+\.{_PLACE}+")
LONGEST_ADDRESS = 254


class RemindingError(Refusal):
    """The hour or address cannot be taken."""


@dataclass(frozen=True)
class Choice:
    """Whether somebody is reminded, and when on their own clock (`HH:MM`)."""

    wanted: bool
    at: str


def choice_of(study: Study, own: Reminding | None) -> Choice:
    """Return what holds for a person: their own choice, else the study's."""
    wanted = own.wanted if own else None
    at = own.at if own else None
    return Choice(
        wanted=bool(study.remind_at) if wanted is None else wanted,
        at=at or study.remind_at or USUAL_HOUR,
    )


def own_choice(*, session: Session, person_id: UUID) -> Reminding | None:
    """Return what a person chose; None where they never chose anything."""
    return session.exec(select(Reminding).where(Reminding.person_id == person_id)).first()


def choice_to_write(*, session: Session, person_id: UUID) -> Reminding:
    """Return the row that holds a person's choice, making it where there is none."""
    found = own_choice(session=session, person_id=person_id) or Reminding(person_id=person_id)
    session.add(found)
    return found


def choose(
    *, session: Session, person: Person, wanted: bool, at: str, account_id: UUID | None = None
) -> None:
    """Remember whether and when a person wants to be reminded.

    Raises:
        RemindingError: `at` is no time of day.
    """
    if not _CLOCK.fullmatch(at):
        raise RemindingError(say("Write the time like 20:00."))
    own = choice_to_write(session=session, person_id=person.id)
    own.wanted, own.at = wanted, at
    _record(session=session, person=person, account_id=account_id, wanted=wanted, at=at)


def choose_for_study(
    *, session: Session, study: Study, wanted: bool, at: str, account_id: UUID | None = None
) -> None:
    """Set what holds for everybody of a study who chose nothing.

    Raises:
        RemindingError: `at` is no time of day.
    """
    if wanted and not _CLOCK.fullmatch(at):
        raise RemindingError(say("Write the time like 20:00."))
    study.remind_at = at if wanted else ""
    session.add(study)
    record(
        "reminders.set",
        session=session,
        study_id=study.id,
        account_id=account_id,
        wanted=wanted,
        at=study.remind_at,
    )


def give_address(
    *, session: Session, person: Person, address: str, account_id: UUID | None = None
) -> None:
    """Keep the e-mail address that a person gives; blank for none. The history does not hold it.

    Raises:
        RemindingError: It is no address.
    """
    address = address.strip()
    if address and (len(address) > LONGEST_ADDRESS or not _ADDRESS.fullmatch(address)):
        raise RemindingError(say("This is not an e-mail address. Write it like name@example.org."))
    person.email = address
    session.add(person)
    record(
        "address.given",
        session=session,
        study_id=person.study_id,
        account_id=account_id,
        subject="person",
        subject_id=person.id,
    )


def stopping_token(person_id: UUID) -> str:
    """Return what the link holds with which a person ends their reminders without signing in."""
    return seal(STOPPING, person_id)


def stop(*, session: Session, token: str) -> Person | None:
    """End the reminders of whoever the token is of; None where it is nobody's."""
    person_id = unseal(STOPPING, token)
    person = session.get(Person, person_id) if person_id else None
    if person is None or person.withdrawn_at is not None:
        return None
    own = choice_to_write(session=session, person_id=person.id)
    if own.wanted is not False:
        own.wanted = False
        _record(session=session, person=person, account_id=None, wanted=False, at=own.at or "")
    return person


def _record(
    *, session: Session, person: Person, account_id: UUID | None, wanted: bool, at: str
) -> None:
    record(
        "reminders.chosen",
        session=session,
        study_id=person.study_id,
        account_id=account_id,
        subject="person",
        subject_id=person.id,
        wanted=wanted,
        at=at,
    )
