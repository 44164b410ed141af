"""How the month goes: who wrote on which day, who wrote late, and who has fallen silent."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from sqlmodel import Session, col, func, select

from data.tables import (
    Assignment,
    Draft,
    Membership,
    Person,
    Questionnaire,
    Response,
    Study,
)
from survey import calendar
from survey.calendar import Kind, Standing, Window
from survey.own_calendar import changes_in
from survey.people import people_of
from survey.today import plan_of, zone_of

SILENT_DAYS = 2
"""From so many days in a row without an entry somebody has fallen silent."""


class Mark(StrEnum):
    """What a day is, for whoever looks at the month."""

    WRITTEN = "written"
    LATE = "late"
    DUE = "due"
    OPEN = "open"
    MISSED = "missed"
    EXCUSED = "excused"
    COMING = "coming"

    @property
    def is_written(self) -> bool:
        """Whether there is an entry for the day."""
        return self in {Mark.WRITTEN, Mark.LATE}


STANDINGS = {
    Standing.DUE: Mark.DUE,
    Standing.LATE: Mark.OPEN,
    Standing.MISSED: Mark.MISSED,
    Standing.COMING: Mark.COMING,
    Standing.EXCUSED: Mark.EXCUSED,
}
"""The mark of a day that has no entry; `OPEN` is over and can still be written late."""
NOT_EXPECTED = {Mark.COMING, Mark.DUE, Mark.EXCUSED}
"""Days without an entry that nobody misses, now or ever."""


@dataclass(frozen=True)
class Sent:
    """What counts of an entry here: for which day, when it came, whether it was corrected."""

    day: dt.date
    at: dt.datetime
    corrected: bool


@dataclass(frozen=True)
class Progress:
    """One person's month with one questionnaire.

    Attributes:
        person: Who.
        days: What each expected day is.
        corrected: The days whose entry was corrected.
        last: When anything came from this person, in whatever questionnaire.
        silent: How many expected days in a row, up to the last one that is over, have no entry,
            with nothing else for them or later either; days they are excused from do not count.
        begun: When they last wrote something that they have not sent.
    """

    person: Person
    days: Mapping[dt.date, Mark]
    corrected: frozenset[dt.date]
    last: dt.datetime | None
    silent: int
    begun: dt.datetime | None = None

    @property
    def expected(self) -> int:
        """How many entries were to be here by now: of days that are over, or written already."""
        return sum(mark not in NOT_EXPECTED for mark in self.days.values())

    @property
    def written(self) -> int:
        """How many of them are."""
        return sum(mark.is_written for mark in self.days.values())

    @property
    def late(self) -> int:
        """How many of those came after their window had closed."""
        return sum(mark is Mark.LATE for mark in self.days.values())

    @property
    def excused(self) -> int:
        """Of how many days they were excused."""
        return sum(mark is Mark.EXCUSED for mark in self.days.values())

    @property
    def missed(self) -> list[dt.date]:
        """The days that are over without an entry, whether it can still be written or not."""
        return [day for day, mark in self.days.items() if mark in {Mark.MISSED, Mark.OPEN}]

    @property
    def rate(self) -> float | None:
        """Written against expected, 0 to 1; None while nothing is expected."""
        return self.written / self.expected if self.expected else None

    @property
    def silent_days(self) -> frozenset[dt.date]:
        """The days of a silence; none while it is too short to be one."""
        if not self.is_silent:
            return frozenset()
        over = [day for day, mark in self.days.items() if mark not in NOT_EXPECTED]
        return frozenset(sorted(over)[-self.silent :])

    @property
    def is_silent(self) -> bool:
        """Whether this person has fallen silent, and did not say that they stop."""
        return self.silent >= SILENT_DAYS and self.person.left_on is None


def marks(
    windows: Mapping[dt.date, Window], sent: Mapping[dt.date, Sent], now: dt.datetime
) -> dict[dt.date, Mark]:
    """Say what each expected day is.

    Args:
        windows: The window of each expected day.
        sent: The entries that are there, by day.
        now: An aware moment.
    """
    return {
        day: (Mark.WRITTEN if sent[day].at < window.closes else Mark.LATE)
        if day in sent
        else STANDINGS[window.standing(now, done=False)]
        for day, window in windows.items()
    }


def silence(days: Mapping[dt.date, Mark], last_day: dt.date | None) -> int:
    """Count the days without an entry in a row, up to the last one that is over.

    Args:
        days: What each expected day is.
        last_day: The last day for which anything came from this person.
    """
    count = 0
    for day in sorted(days, reverse=True):
        if days[day] in NOT_EXPECTED:
            continue
        if days[day].is_written or (last_day is not None and day <= last_day):
            break
        count += 1
    return count


def dated(assignments: Sequence[Assignment]) -> list[Assignment]:
    """Return what is asked for certain days; progress can be told of these alone."""
    return [each for each in assignments if each.schedule != "open"]


def month_of(
    *,
    session: Session,
    study: Study,
    assignment: Assignment,
    now: dt.datetime,
    person: Person | None = None,
) -> list[Progress]:
    """Say how everybody's month goes with what one assignment asks.

    Args:
        session: The caller's transaction.
        study: The study.
        assignment: What is asked.
        now: An aware moment.
        person: Only this one; by default everybody of whom it is asked and who did not withdraw.
    """
    sent, latest = _sent(session=session, study=study, name=assignment.questionnaire, person=person)
    plan = plan_of(assignment, study)
    people = [person] if person else people_of(session=session, study_id=study.id)
    changes = changes_in(session=session, study_id=study.id)
    begun = _begun(session=session, study_id=study.id, person=person)
    found = []
    for each in people:
        if each.withdrawn_at or (assignment.roles and each.role not in assignment.roles):
            continue
        zone = zone_of(each, study)
        own = changes.of(each)
        theirs = sent.get(each.id, {})
        asked = set(calendar.days_of(plan, own))
        # What somebody wrote counts, also for a day before they were added.
        anybody = [change for change in own if change.kind is not Kind.JOINED]
        windows = {
            day: calendar.window(plan, day, zone, own)
            for day in calendar.days_of(plan, anybody)
            if day in asked or day in theirs
        }
        days = marks(windows, theirs, now)
        last = latest.get(each.id)
        found.append(
            Progress(
                person=each,
                days=days,
                corrected=frozenset(day for day, entry in theirs.items() if entry.corrected),
                last=last.at if last else None,
                silent=silence(days, last.day if last else None),
                begun=begun.get(each.id),
            )
        )
    return found


def _sent(
    *, session: Session, study: Study, name: str, person: Person | None
) -> tuple[dict[UUID, dict[dt.date, Sent]], dict[UUID, Sent]]:
    """Return the entries of a questionnaire by person and day, and each person's last of any."""
    rows = (
        select(  # type: ignore[call-overload] # SQLModel knows the types of four columns at most
            Response.person_id,
            Questionnaire.name,
            col(Response.day),
            Response.submitted_at,
            col(Response.corrected_at),
        )
        .join(Questionnaire, col(Questionnaire.id) == col(Response.questionnaire_id))
        .where(Response.study_id == study.id)
        .order_by(col(Response.day), col(Response.submitted_at))
    )
    if person:
        rows = rows.where(Response.person_id == person.id)
    latest: dict[UUID, Sent] = {}
    sent: dict[UUID, dict[dt.date, Sent]] = {}
    for person_id, called, day, at, corrected_at in session.exec(rows):
        latest[person_id] = Sent(day, at, corrected=False)
        if called == name:
            sent.setdefault(person_id, {})[day] = Sent(day, at, corrected_at is not None)
    return sent, latest


def _begun(*, session: Session, study_id: UUID, person: Person | None) -> dict[UUID, dt.datetime]:
    """Return when everybody last wrote something that they have not sent; never what."""
    rows = (
        select(Membership.person_id, func.max(col(Draft.updated_at)))
        .join(Draft, col(Draft.account_id) == col(Membership.account_id))
        .join(Questionnaire, col(Questionnaire.id) == col(Draft.questionnaire_id))
        .where(
            Membership.study_id == study_id,
            Questionnaire.study_id == study_id,
            col(Membership.person_id).is_not(None),
        )
        .group_by(col(Membership.person_id))
    )
    if person:
        rows = rows.where(Membership.person_id == person.id)
    return {person_id: at for person_id, at in session.exec(rows) if person_id}


def left(*, session: Session, study_id: UUID) -> list[Person]:
    """Return who stopped taking part without withdrawing, the latest first."""
    return list(
        session.exec(
            select(Person)
            .where(
                Person.study_id == study_id,
                col(Person.left_on).is_not(None),
                col(Person.withdrawn_at).is_(None),
            )
            .order_by(col(Person.left_on).desc(), col(Person.code))
        ).all()
    )


def withdrawn(*, session: Session, study_id: UUID) -> list[Person]:
    """Return who withdrew, the latest first."""
    return list(
        session.exec(
            select(Person)
            .where(Person.study_id == study_id, col(Person.withdrawn_at).is_not(None))
            .order_by(col(Person.withdrawn_at).desc())
        ).all()
    )


def last_before(*, session: Session, person: Person, day: dt.date) -> Response | None:
    """Return the latest entry of a person for a day before this one."""
    return session.exec(
        select(Response)
        .where(Response.person_id == person.id, Response.day < day)
        .order_by(col(Response.day).desc(), col(Response.submitted_at).desc())
        .limit(1)
    ).first()


def last_arrival(*, session: Session, person: Person) -> dt.datetime | None:
    """Return when the latest entry of a person arrived, for whatever day it is."""
    return session.exec(
        select(func.max(col(Response.submitted_at))).where(Response.person_id == person.id)
    ).one()
