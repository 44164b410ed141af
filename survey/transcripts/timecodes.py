"""Time codes as transcripts write them, in seconds."""

from __future__ import annotations

import re

CLOCK = (
    r"\d{1,3}[:：]\d{1,2}[:：]\d{1,2}(?:[.,:;]\d{1,3}|-\d)?(?!\d)"
    r"|\d{1,3}[:：]\d{2}(?:[.,]\d{1,3}|-\d)?(?![\d:：])"
)
"""`1:02:03`, `02:03`, `00:02:03.450`, `00:02:03,450`, `00:02:03:12` (frames), `00:02:03-4` (f4)."""

_RANGE = r"\s{0,3}(?:-->|→|-|–|—|~|～|〜|至|到|to|bis)\s{0,3}"
_SPAN = rf"(?:{CLOCK})(?:{_RANGE}(?:{CLOCK}))?"
BRACKETED = rf"[\[(（［【<#{{]\s?{_SPAN}\s?[\])）］】>#}}]"
"""A time code, or a range of two, in brackets or between hashes; no groups."""

STAMP = rf"(?:{BRACKETED}|{_SPAN})"
"""The same, with or without brackets."""

_CLOCKS = re.compile(CLOCK)
_SECOND_RANGE = re.compile(
    r"\[?\s?(\d{1,6}(?:\.\d{1,3})?)s?\s?(?:-->|-|–)\s?(\d{1,6}(?:\.\d{1,3})?)s?"
)
_PARTS = re.compile(r"[:：]")
LONGEST = 1_000_000.0
"""Seconds; no recording is longer than eleven days."""


def seconds(text: str) -> float | None:
    """Return the seconds of one time code, None if it is none.

    Example:
        >>> seconds("00:01:02,500"), seconds("1:02"), seconds("#00:00:12-3#"), seconds("soon")
        (62.5, 62.0, 12.3, None)
    """
    found = _CLOCKS.search(text)
    return _value(found[0]) if found else None


def span(text: str) -> tuple[float | None, float | None]:
    """Return start and end of a time code or of a range of two.

    Example:
        >>> span("[00:12 - 00:15]"), span("(1:02)"), span("[3.5 - 7.25]")
        ((12.0, 15.0), (62.0, None), (3.5, 7.25))
    """
    found = [_value(clock) for clock in _CLOCKS.findall(text)[:2]]
    if not found and (plain := _SECOND_RANGE.match(text)):
        found = [float(plain[1]), float(plain[2])]
    return (found[0] if found else None, found[1] if len(found) > 1 else None)


def bounded(value: float) -> float | None:
    """Return seconds rounded to milliseconds, None when they can be no time of a recording."""
    return round(value, 3) if 0 <= value <= LONGEST else None


def _value(clock: str) -> float | None:
    parts = _PARTS.split(clock)
    if len(parts) == 4:  # hours, minutes, seconds, frames: the frame rate is not known
        parts.pop()
    parts[-1] = parts[-1].replace(",", ".").replace("-", ".").replace(";", ".")
    total = 0.0
    for part in parts:
        total = total * 60 + float(part)
    return bounded(total)
