"""What is different in the calendars of single people and of teams: pauses, excuses, more time.

Also when somebody came late or left early.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from data.history import record
from data.tables import CalendarChange, Person, Study
from i18n import Refusal, say
from survey.calendar import Change, Kind, today
from survey.teams import Stay, stays_of, team_on

FOR_EVER = date.max
ALONG = timedelta(days=1)
"""Whoever was added so soon after their study came along with it, whenever that was loaded."""
LONGEST = 366
"""Days: of a pause, or of more time."""


class CalendarError(Refusal):
    """The calendar cannot be changed like this."""


@dataclass(frozen=True)
class Changes:
    """What is different in a study, for whomever."""

    study: Study
    rows: Sequence[CalendarChange] = ()
    stays: Mapping[UUID, Sequence[Stay]] = field(default_factory=dict)

    def of(self, person: Person) -> list[Change]:
        """Return what is different for one person.

        What is for a team is theirs on the days on which they are in it.
        """
        found = list(self._of(person))
        if joined := joined_on(person, self.study):
            found.append(Change(Kind.JOINED, date.min, joined - timedelta(days=1)))
        if person.left_on:
            found.append(Change(Kind.LEFT, person.left_on, FOR_EVER))
        return found

    def _of(self, person: Person) -> Iterator[Change]:
        stays = self.stays.get(person.id, ())
        for row in self.rows:
            if row.person_id is not None:
                if row.person_id == person.id:
                    yield Change(Kind(row.kind), row.first, row.last, row.days)
            elif row.team_id is None:
                yield Change(Kind(row.kind), row.first, row.last, row.days)
            else:
                yield from _while_there(row, person, stays)


def _while_there(row: CalendarChange, person: Person, stays: Sequence[Stay]) -> Iterator[Change]:
    """Cut a team's change to the days on which a person is in the team."""
    starts = [row.first, *(since for since, _ in stays if row.first < since <= row.last)]
    ends = [*(since - timedelta(days=1) for since in starts[1:]), row.last]
    for first, last in zip(starts, ends, strict=True):
        if team_on(person, first, stays) == row.team_id:
            yield Change(Kind(row.kind), first, last, row.days)


def joined_on(person: Person, study: Study) -> date | None:
    """Return the day on which somebody joined a study that had begun; None for all others.

    It is the day on which they were added and not that of their consent: whoever was invited and
    did not come is missing from the first day on.
    """
    if person.created_at - study.created_at < ALONG:
        return None
    day = today(ZoneInfo(person.time_zone or study.time_zone), person.created_at)
    return day if day > study.start else None


def changes_in(*, session: Session, study_id: UUID) -> Changes:
    """Return what is different in a study; `of` says for whom."""
    rows = session.exec(
        select(CalendarChange)
        .where(CalendarChange.study_id == study_id)
        .order_by(col(CalendarChange.created_at))
    ).all()
    return Changes(
        session.get_one(Study, study_id),
        rows,
        stays_of(session=session, study_id=study_id) if rows else {},
    )


def rows_of(
    *, session: Session, study_id: UUID, person: Person | None = None
) -> list[CalendarChange]:
    """Return the changes for one person, or, without one, those for teams and everybody."""
    wanted = select(CalendarChange).where(CalendarChange.study_id == study_id)
    if person:
        wanted = wanted.where(CalendarChange.person_id == person.id)
    else:
        wanted = wanted.where(col(CalendarChange.person_id).is_(None))
    return list(session.exec(wanted.order_by(col(CalendarChange.first))).all())


def change(
    *,
    session: Session,
    study: Study,
    kind: Kind,
    first: date,
    last: date,
    days: int = 0,
    person: Person | None = None,
    team_id: UUID | None = None,
    reason: str = "",
    account_id: UUID | None = None,
) -> CalendarChange:
    """Change the calendar of a person, of a team, or, with neither, of everybody.

    Raises:
        CalendarError: The days are the wrong way round or too many, or the person withdrew.
    """
    if kind in {Kind.LEFT, Kind.JOINED}:
        raise ValueError("who came late or left is written on the person")
    if person and person.withdrawn_at is not None:
        raise CalendarError(
            say("{code} withdrew. Nothing more can be said about them.", code=person.code)
        )
    if last < first:
        raise CalendarError(say("The last day lies before the first."))
    if (last - first).days >= LONGEST or not 0 <= days <= LONGEST:
        raise CalendarError(say("More than a year is too long."))
    if kind is Kind.EXTENSION and not days:
        raise CalendarError(say("Say how many days longer."))
    made = CalendarChange(
        study_id=study.id,
        person_id=person.id if person else None,
        team_id=None if person else team_id,
        kind=kind.value,
        first=first,
        last=last,
        days=days,
        reason=reason.strip(),
        account_id=account_id,
    )
    session.add(made)
    _record("calendar.changed", made, session=session, account_id=account_id)
    return made


def take_back(made: CalendarChange, *, session: Session, account_id: UUID | None = None) -> None:
    """Make the calendar as it was before a change."""
    session.delete(made)
    _record("calendar.restored", made, session=session, account_id=account_id)


def _record(
    action: str, made: CalendarChange, *, session: Session, account_id: UUID | None
) -> None:
    subject = "person" if made.person_id else "team" if made.team_id else ""
    record(
        action,
        session=session,
        study_id=made.study_id,
        account_id=account_id,
        subject=subject,
        subject_id=made.person_id or made.team_id,
        kind=made.kind,
        first=made.first.isoformat(),
        last=made.last.isoformat(),
        **({"days": made.days} if made.days else {}),
    )


def leave(
    *, session: Session, person: Person, on: date, reason: str, account_id: UUID | None = None
) -> None:
    """Write down that somebody stopped taking part; what they gave stays.

    Args:
        session: The caller's transaction.
        person: Who.
        on: The first day on which nothing is asked of them any more.
        reason: Why: a key of ours or the coordinator's words, which the history does not hold.
        account_id: Who wrote it down.

    Raises:
        CalendarError: They withdrew.
    """
    if person.withdrawn_at is not None:
        raise CalendarError(
            say("{code} withdrew. Nothing more can be said about them.", code=person.code)
        )
    person.left_on, person.left_reason = on, reason.strip()
    session.add(person)
    record(
        "person.left", session=session, study_id=person.study_id, account_id=account_id,
        subject="person", subject_id=person.id, day=on.isoformat(),
    )  # fmt: skip


def come_back(*, session: Session, person: Person, account_id: UUID | None = None) -> None:
    """Write down that somebody takes part again; the days in between count as before."""
    person.left_on, person.left_reason = None, ""
    session.add(person)
    record(
        "person.returned", session=session, study_id=person.study_id, account_id=account_id,
        subject="person", subject_id=person.id,
    )  # fmt: skip
