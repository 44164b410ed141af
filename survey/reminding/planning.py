"""Who is to be reminded now: pure of sending, so that it can be asked at any moment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlmodel import Session, col, select

from data.tables import Account, Membership, Person, Reminder, Reminding, Study
from i18n import INTERFACE_LANGUAGES, best
from survey import calendar
from survey.calendar import Standing
from survey.own_calendar import changes_in
from survey.reminding.choices import Choice, choice_of
from survey.today import Asked, asked_of, zone_of

KIND = "today"
"""The one kind of reminder there is: that today's questions are open."""

WORTH = timedelta(hours=4)
"""For so long after its moment a reminder still makes sense, unless the window closes before."""


@dataclass(frozen=True)
class Reachable:
    """Somebody who could be reminded."""

    person: Person
    account: Account
    choice: Choice


@dataclass(frozen=True)
class Silent:
    """Somebody whom no e-mail reaches, and what is due of them."""

    person: Person
    due: Sequence[Asked]


@dataclass(frozen=True)
class Planned:
    """A reminder to go out: to whom, for which day of theirs, and how long it makes sense."""

    study_id: UUID
    person_id: UUID
    due: dt.date
    until: dt.datetime
    language: str


def reachable(*, session: Session, study: Study) -> list[Reachable]:
    """Return everybody of a study who has an address, did not withdraw and wants reminders."""
    found = session.exec(
        select(Person, Account, Reminding)
        .join(Membership, col(Membership.person_id) == col(Person.id))
        .join(Account, col(Account.id) == col(Membership.account_id))
        .outerjoin(Reminding, col(Reminding.person_id) == col(Person.id))
        .where(
            Person.study_id == study.id,
            col(Person.withdrawn_at).is_(None),
            Person.email != "",
            col(Account.disabled).is_(False),
        )
    ).all()
    people = [Reachable(person, account, choice_of(study, own)) for person, account, own in found]
    return [each for each in people if each.choice.wanted]


def unreachable(*, session: Session, study: Study, now: dt.datetime) -> list[Silent]:
    """Return everybody without an address of whom something is due now, with what it is."""
    found = session.exec(
        select(Person, Account)
        .join(Membership, col(Membership.person_id) == col(Person.id))
        .join(Account, col(Account.id) == col(Membership.account_id))
        .where(
            Person.study_id == study.id,
            col(Person.withdrawn_at).is_(None),
            Person.email == "",
            col(Account.disabled).is_(False),
        )
        .order_by(col(Person.code))
    ).all()
    each_due = (
        (person, due_of(session=session, study=study, person=person, account_id=key.id, now=now))
        for person, key in found
    )
    return [Silent(person, due) for person, due in each_due if due]


def language_for(person: Person, account: Account, study: Study) -> str:
    """Return the language of ours that a person is written to in."""
    return best([account.language, *person.languages, *study.languages], INTERFACE_LANGUAGES)


def due_of(
    *, session: Session, study: Study, person: Person, account_id: UUID, now: dt.datetime
) -> list[Asked]:
    """Return what is due from a person at this moment and not written yet."""
    asked = asked_of(session=session, study=study, person=person, account_id=account_id, now=now)
    return [each for each in asked if each.window and each.standing is Standing.DUE]


def planned(
    *, session: Session, study: Study, now: dt.datetime, skip: Collection[UUID] = ()
) -> Iterator[Planned | UUID]:
    """Yield the reminders of a study whose moment has come and that are not written down yet.

    The moment is a person's hour, or later that day, when something of theirs opens later.

    Args:
        session: The caller's transaction.
        study: The study; of an invented one nobody is reminded.
        now: An aware moment.
        skip: People that need not be looked at.

    Yields:
        A reminder, or the key of a person whose hour has come and of whom nothing is due.
    """
    if study.invented or not _may_be_running(study, session=session, now=now):
        return
    known = _written_down(session=session, study=study, now=now)
    for each in reachable(session=session, study=study):
        person, zone = each.person, zone_of(each.person, study)
        day = calendar.today(zone, now)
        hour = dt.datetime.combine(day, dt.time.fromisoformat(each.choice.at), zone)
        if person.id in skip or now < hour or (person.id, day) in known:
            continue
        due = due_of(
            session=session, study=study, person=person, account_id=each.account.id, now=now
        )
        until = _until(due, hour)
        if until is None or until <= now:
            yield person.id
        else:
            yield Planned(
                study.id, person.id, day, until, language_for(person, each.account, study)
            )


def _until(due: Sequence[Asked], hour: dt.datetime) -> dt.datetime | None:
    windows = [each.window for each in due if each.window]
    if not windows:
        return None
    moment = max(hour, min(window.opens for window in windows))
    return min(max(window.closes for window in windows), moment + WORTH)


def _may_be_running(study: Study, *, session: Session, now: dt.datetime) -> bool:
    """Tell whether somebody has days now anywhere on Earth, windows past midnight included."""
    around = timedelta(days=2)
    ends = [
        study.end,
        *(each.last for each in changes_in(session=session, study_id=study.id).rows),
    ]
    return study.start - around <= now.date() <= max(ends) + around


def _written_down(*, session: Session, study: Study, now: dt.datetime) -> set[tuple[UUID, dt.date]]:
    found = session.exec(
        select(Reminder.person_id, col(Reminder.due)).where(
            Reminder.study_id == study.id,
            Reminder.kind == KIND,
            Reminder.due >= now.date() - timedelta(days=2),
        )
    ).all()
    return set(found)
