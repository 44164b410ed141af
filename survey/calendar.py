"""When something is asked: windows in a person's own time zone, and how a day stands.

Pure functions. A window opens on one day and may close on the next (18:00 to 04:00); the day an
entry counts for is the day on which its window opened. Wall-clock times that a change of clocks
skips or repeats are read as the first moment that fits (PEP 495, fold 0); days that are added to a
window end at the same wall-clock time, whatever the clocks do in between.

What is different for one person comes as changes: a pause, an excuse, more time, a longer stay.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo


class Standing(StrEnum):
    """How a day stands for one person and one questionnaire."""

    COMING = "coming"
    DUE = "due"
    LATE = "late"
    DONE = "done"
    MISSED = "missed"
    EXCUSED = "excused"


class Kind(StrEnum):
    """What a change of somebody's calendar is."""

    PAUSE = "pause"
    EXCUSE = "excuse"
    EXTENSION = "extension"
    LONGER = "longer"
    LEFT = "left"
    JOINED = "joined"


EXCUSES = {Kind.PAUSE, Kind.EXCUSE}


@dataclass(frozen=True)
class Change:
    """What is different in one person's calendar from one day to another, both included.

    Attributes:
        kind: `PAUSE` (they are away) and `EXCUSE` (it did not work out): nothing is expected for
            these days, and what they write all the same counts; `EXTENSION`: these days close
            later; `LONGER`: they are asked until the last day, though the study is over; `LEFT`:
            nothing is asked from the first day on; `JOINED`: they came after the last day, and
            what is asked for certain days was not asked of them until then.
        first: The first day.
        last: The last day.
        days: By how many days an extension closes later.
    """

    kind: Kind
    first: date
    last: date
    days: int = 0

    def covers(self, first: date, last: date) -> bool:
        """Tell whether it is for all days from one to another."""
        return self.first <= first and last <= self.last


@dataclass(frozen=True)
class Plan:
    """When a questionnaire is asked.

    Attributes:
        schedule: `daily`, `days` (those in `days`), `once` (any time in the study) or `open`
            (any time, many a day).
        start: First day of the study.
        end: Last day of the study.
        opens: Wall-clock time at which the window of a day opens.
        closes: When it closes; at or before `opens` means on the next day, 24:00 is midnight.
        late_days: For how many days after closing an entry is still taken, marked as late.
        days: The days of the schedule `days`.
    """

    schedule: str
    start: date
    end: date
    opens: str = "00:00"
    closes: str = "24:00"
    late_days: int = 0
    days: tuple[date, ...] = ()


@dataclass(frozen=True)
class Window:
    """From when to when the entry of a day is taken; moments in UTC.

    Attributes:
        day: The day it is for.
        opens: When it opens.
        closes: When it closes.
        late_until: Until when an entry is taken and marked as late.
        excused: Whether none is expected.
    """

    day: date
    opens: datetime
    closes: datetime
    late_until: datetime
    excused: bool = False

    def standing(self, now: datetime, *, done: bool) -> Standing:
        """Say how the day stands now."""
        if done:
            return Standing.DONE
        if self.excused:
            return Standing.EXCUSED
        if now < self.opens:
            return Standing.COMING
        if now < self.closes:
            return Standing.DUE
        return Standing.LATE if now < self.late_until else Standing.MISSED

    def takes(self, now: datetime) -> bool:
        """Tell whether an entry is taken now, expected or not."""
        return self.opens <= now < self.late_until


def _moment(day: date, clock: str, zone: ZoneInfo) -> datetime:
    if clock == "24:00":
        day, clock = day + timedelta(days=1), "00:00"
    return datetime.combine(day, time.fromisoformat(clock), zone).astimezone(UTC)


def plan_with(plan: Plan, changes: Sequence[Change] = ()) -> Plan:
    """Return a plan as it is for a person with these changes: until when they are asked."""
    end = max([plan.end, *(each.last for each in changes if each.kind is Kind.LONGER)])
    left = [each.first for each in changes if each.kind is Kind.LEFT]
    return replace(plan, end=min([end, *(day - timedelta(days=1) for day in left)]))


def window(plan: Plan, day: date, zone: ZoneInfo, changes: Sequence[Change] = ()) -> Window:
    """Return the window of a day.

    Args:
        plan: When it is asked.
        day: One of `days_of`.
        zone: The person's zone.
        changes: What is different for the person. What is asked once is excused only where a
            change is for the whole of its time, and closes later where its last day does.
    """
    own = plan_with(plan, changes)
    if plan.schedule == "once":
        last, overnight, clock = max(own.end, day), False, "24:00"
    else:
        last, clock = day, plan.closes
        overnight = clock != "24:00" and clock <= plan.opens
    more = max((each.days for each in changes if _extends(each, last)), default=0)
    closing = last + timedelta(days=overnight + more)
    return Window(
        day=day,
        opens=_moment(own.start if plan.schedule == "once" else day, plan.opens, zone),
        closes=_moment(closing, clock, zone),
        late_until=_moment(closing + timedelta(days=plan.late_days), clock, zone),
        excused=any(each.kind in EXCUSES and each.covers(day, last) for each in changes),
    )


def _extends(change: Change, day: date) -> bool:
    return change.kind is Kind.EXTENSION and change.covers(day, day)


def days_of(plan: Plan, changes: Sequence[Change] = ()) -> list[date]:
    """Return the days on which an entry is asked for; none for `open`."""
    own = plan_with(plan, changes)
    count = (own.end - own.start).days + 1
    if plan.schedule == "once":
        return [own.start] if count > 0 else []
    before = max((each.last for each in changes if each.kind is Kind.JOINED), default=date.min)
    if plan.schedule == "days":
        found = sorted(day for day in own.days if own.start <= day <= own.end)
    elif plan.schedule == "daily":
        found = [own.start + timedelta(days=number) for number in range(count)]
    else:
        found = []
    return [day for day in found if day > before]


def standings(
    plan: Plan,
    zone: ZoneInfo,
    now: datetime,
    *,
    done: Collection[date],
    changes: Sequence[Change] = (),
) -> dict[date, Standing]:
    """Say how each day of a plan stands.

    Args:
        plan: When it is asked.
        zone: The person's zone.
        now: An aware moment.
        done: The days that have an entry.
        changes: What is different for the person.
    """
    return {
        day: window(plan, day, zone, changes).standing(now, done=day in done)
        for day in days_of(plan, changes)
    }


def today(zone: ZoneInfo, now: datetime) -> date:
    """Return the date on the person's wall."""
    return now.astimezone(zone).date()
