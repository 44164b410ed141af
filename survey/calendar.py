"""When something is asked: windows in a person's own time zone, and how a day stands.

Pure functions. A window opens on one day and may close on the next (18:00 to 04:00); the day an
entry counts for is the day on which its window opened. Wall-clock times that a change of clocks
skips or repeats are read as the first moment that fits (PEP 495, fold 0).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
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
    """From when to when the entry of a day is taken; moments in UTC."""

    day: date
    opens: datetime
    closes: datetime
    late_until: datetime

    def standing(self, now: datetime, *, done: bool) -> Standing:
        """Say how the day stands now."""
        if done:
            return Standing.DONE
        if now < self.opens:
            return Standing.COMING
        if now < self.closes:
            return Standing.DUE
        return Standing.LATE if now < self.late_until else Standing.MISSED


def _moment(day: date, clock: str, zone: ZoneInfo) -> datetime:
    if clock == "24:00":
        day, clock = day + timedelta(days=1), "00:00"
    return datetime.combine(day, time.fromisoformat(clock), zone).astimezone(UTC)


def window(plan: Plan, day: date, zone: ZoneInfo) -> Window:
    """Return the window of a day."""
    if plan.schedule == "once":
        opens = _moment(plan.start, plan.opens, zone)
        closes = _moment(plan.end, "24:00", zone)
    else:
        opens = _moment(day, plan.opens, zone)
        overnight = plan.closes != "24:00" and plan.closes <= plan.opens
        closes = _moment(day + timedelta(days=overnight), plan.closes, zone)
    return Window(day, opens, closes, closes + timedelta(days=plan.late_days))


def days_of(plan: Plan) -> list[date]:
    """Return the days on which an entry is expected; none for `open`."""
    if plan.schedule == "once":
        return [plan.start]
    if plan.schedule == "days":
        return sorted(day for day in plan.days if plan.start <= day <= plan.end)
    if plan.schedule == "daily":
        count = (plan.end - plan.start).days + 1
        return [plan.start + timedelta(days=number) for number in range(count)]
    return []


def standings(
    plan: Plan, zone: ZoneInfo, now: datetime, *, done: Collection[date]
) -> dict[date, Standing]:
    """Say how each day of a plan stands.

    Args:
        plan: When it is asked.
        zone: The person's zone.
        now: An aware moment.
        done: The days that have an entry.
    """
    return {day: window(plan, day, zone).standing(now, done=day in done) for day in days_of(plan)}


def today(zone: ZoneInfo, now: datetime) -> date:
    """Return the date on the person's wall."""
    return now.astimezone(zone).date()
