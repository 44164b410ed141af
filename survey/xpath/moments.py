"""Dates and times as XForms writes them, and as days since 1 January 1970 UTC.

A date without a time is the midnight it begins with in the time zone of the evaluation, as in ODK
Web Forms; its number carries the day of the calendar too (`Day`), so that adding and subtracting
whole days is exact across changes of the clock, as in JavaRosa.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EPOCH_DAY = date(1970, 1, 1).toordinal()
_DAY = timedelta(days=1)
_MOMENT = re.compile(
    r"""\s*(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})
    (?P<time>[T ](?P<hour>[0-9]{2}):(?P<minute>[0-9]{2})
      (?::(?P<second>[0-9]{2})(?:\.(?P<fraction>[0-9]{1,9}))?)?
      (?P<zone>Z|[+-][0-9]{2}(?::?[0-9]{2})?)?
    )?\s*""",
    re.VERBOSE,
)


class Day(float):
    """The number of a date without a time: days since 1970 UTC of the midnight it begins with.

    Attributes:
        calendar: Days of the calendar since 1970, whatever the time zone.
    """

    __slots__ = ("calendar",)

    calendar: float

    @classmethod
    def of(cls, calendar: float, zone: tzinfo | None) -> Day:
        """Return the day that is so many days of the calendar after 1 January 1970."""
        midnight = EPOCH.replace(tzinfo=None) + timedelta(days=calendar)
        number = cls((_placed(midnight, zone) - EPOCH) / _DAY)
        number.calendar = float(calendar)
        return number


def _placed(moment: datetime, zone: tzinfo | None) -> datetime:
    """Give a moment without a zone that zone, or the machine's."""
    return moment.astimezone() if zone is None else moment.replace(tzinfo=zone)


def days(text: str, zone: tzinfo | None) -> float | None:
    """Return a date or dateTime as days since 1970 UTC, None for a text that is neither."""
    if len(text) < 8 or "-" not in text:
        return None
    match = _MOMENT.fullmatch(text)
    if match is None:
        return None
    try:
        if match["time"] is None:
            day = date(int(match["year"]), int(match["month"]), int(match["day"]))
            return Day.of(day.toordinal() - _EPOCH_DAY, zone)
        return (_moment(match, zone) - EPOCH) / _DAY
    except (ValueError, OverflowError):
        return None


def moment(text: str, zone: tzinfo | None) -> datetime | None:
    """Return a date (its midnight) or dateTime in the zone given; None for other texts."""
    match = _MOMENT.fullmatch(text)
    if match is None:
        return None
    try:
        return _moment(match, zone).astimezone(zone)
    except (ValueError, OverflowError):
        return None


def _moment(match: re.Match[str], zone: tzinfo | None) -> datetime:
    day = date(int(match["year"]), int(match["month"]), int(match["day"]))
    if match["time"] is None:
        return _placed(datetime.combine(day, time()), zone)
    fraction = (match["fraction"] or "").ljust(6, "0")[:6]
    clock = time(int(match["hour"]), int(match["minute"]), int(match["second"] or 0), int(fraction))
    naive = datetime.combine(day, clock)
    written = match["zone"]
    if written is None:
        return _placed(naive, zone)
    return naive.replace(tzinfo=offset(written))


def offset(written: str) -> timezone:
    """Read `Z`, `+07`, `+0700` or `+07:00`; ValueError for an offset there cannot be."""
    if written == "Z":
        return UTC
    digits = written[1:].replace(":", "").ljust(4, "0")
    if digits[2:] > "59":
        raise ValueError(written)
    shift = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-shift if written[0] == "-" else shift)
