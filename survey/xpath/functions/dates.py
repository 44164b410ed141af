"""Dates and times: now, conversions, and writing them in a person's language.

A date is the text 2026-11-22, a dateTime 2026-11-22T19:20:00.000+01:00 in the zone of the
evaluation. What is no date becomes an `Undated` text, which reads `Invalid Date` and is false, as
in Enketo and ODK Web Forms (JavaRosa refuses to go on).
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta, tzinfo
from functools import lru_cache

from babel import Locale, UnknownLocaleError

from survey.xpath.context import Context, Value
from survey.xpath.moments import EPOCH, Day, days, moment, offset
from survey.xpath.registry import Place, function
from survey.xpath.values import node_string, text_number

_DAY = timedelta(days=1)
_TIME = re.compile(
    r"(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:\.(?P<fraction>[0-9]+))?)?"
    r"(?P<zone>Z|[+-][0-9]{2}(?::[0-9]{2})?)?"
)
_CODE = re.compile(r"%[a-zA-Z3]")


class Undated(str):
    """The text that stands for a date that is none: it is false, unlike other texts."""

    __slots__ = ()

    def __bool__(self) -> bool:
        return False


_UNDATED = Undated("Invalid Date")


def _written(when: datetime) -> str:
    """Write a moment: as a date at midnight, otherwise as a dateTime with milliseconds."""
    if when.time() == time():
        return when.date().isoformat()
    return when.isoformat(timespec="milliseconds")


def _at(number: float, context: Context) -> datetime | None:
    """Return the moment that is so many days after 1970 UTC, in the zone of the evaluation."""
    try:
        when = EPOCH + timedelta(milliseconds=round(number * 86_400_000))
        return when.astimezone(context.zone)
    except (OverflowError, ValueError):
        return None


def _read(value: Value, context: Context) -> datetime | date | None:
    """Read a date (as `date`), a moment or a number of days; None for anything else."""
    if isinstance(value, list):
        text = node_string(value)
        number = text_number(text, context.zone) if "-" not in text[1:] else math.nan
        value = text if math.isnan(number) else number
    if isinstance(value, bool):
        return None
    if isinstance(value, str):
        found = days(value, context.zone)
        if not isinstance(found, Day):
            return None if found is None else moment(value, context.zone)
        value = found
    if isinstance(value, Day):
        return date(1970, 1, 1) + timedelta(days=value.calendar)
    return None if not math.isfinite(value) else _at(value, context)


@function("today", result="string", placed=True)
def today(place: Place) -> str:
    """Return the date it is in the zone of the evaluation."""
    return place.context.moment.date().isoformat()


@function("now", result="string", placed=True)
def now(place: Place) -> str:
    """Return the moment it is, with milliseconds and the offset of the zone."""
    return place.context.moment.isoformat(timespec="milliseconds")


@function("date", "any", result="string", placed=True)
def to_date(place: Place, value: Value) -> str:
    """Return a text or a number of days since 1970 UTC as a date.

    A time of day that is not midnight is kept, as in ODK Web Forms.
    """
    blank = node_string(value) if isinstance(value, list) else value
    if blank == "":
        return ""
    read = _read(value, place.context)
    if read is None:
        return _UNDATED
    return _written(read) if isinstance(read, datetime) else read.isoformat()


function("date-time", "any", result="string", placed=True)(to_date)


@function("decimal-date-time", "any", result="number", placed=True)
def decimal_date_time(place: Place, value: Value) -> float:
    """Return a date or dateTime as days since 1970 UTC with their fraction."""
    if isinstance(value, bool):
        return math.nan
    if isinstance(value, float):
        return value
    text = node_string(value) if isinstance(value, list) else value
    return text_number(text, place.context.zone)


function("decimal-date", "any", result="number", placed=True)(decimal_date_time)


@function("decimal-time", "string", result="number", placed=True)
def decimal_time(place: Place, text: str) -> float:
    """Return a time as the fraction of the day it is in the zone of the evaluation."""
    match = _TIME.fullmatch(text.strip())
    if match is None:
        return math.nan
    try:
        clock = time(
            int(match["hour"]),
            int(match["minute"]),
            int(match["second"] or 0),
            int((match["fraction"] or "").ljust(6, "0")[:6]),
        )
        if match["zone"] is not None:
            clock = _moved(clock, offset(match["zone"]), place.context)
    except ValueError:
        return math.nan
    passed = timedelta(
        hours=clock.hour,
        minutes=clock.minute,
        seconds=clock.second,
        microseconds=clock.microsecond,
    )
    return passed / _DAY


def _moved(clock: time, zone: tzinfo, context: Context) -> time:
    """Return the time of day it is, today, in the zone of the evaluation."""
    today = context.moment.date()
    return datetime.combine(today, clock, zone).astimezone(context.moment.tzinfo).time()


@function("format-date", "any", "string", result="string", placed=True)
def format_date(place: Place, value: Value, pattern: str) -> str:
    """Write a date or moment by a pattern of codes such as %Y-%m-%d, "" where it is none.

    Codes of the specification: %Y %y %m %n %b %d %e %a and %H %h %M %S %3; besides, as in
    JavaRosa, %B and %A (full names), %w (weekday, Sunday 0), %W (week of ISO 8601) and %Z (offset).
    """
    read = _read(value, place.context)
    if read is None:
        return ""
    if not isinstance(read, datetime):
        read = datetime.combine(read, time(), place.context.moment.tzinfo)
    when = read
    names = _locale(place.context.language)

    def write(match: re.Match[str]) -> str:
        code = match.group()
        formatter = _FORMATS.get(code)
        return formatter(when) if formatter else _name(code, when, names)

    return _CODE.sub(write, pattern)


function("format-date-time", "any", "string", result="string", placed=True)(format_date)


@function("difference-in-months", "any", "any", result="number", placed=True)
def difference_in_months(place: Place, first: Value, second: Value) -> float:
    """Return the whole months from one date to another (an addition of Enketo)."""
    start, end = _read(first, place.context), _read(second, place.context)
    if start is None or end is None:
        return math.nan
    months = (end.year - start.year) * 12 + end.month - start.month
    return float(months - (end.day < start.day))


_FORMATS: Mapping[str, Callable[[datetime], str]] = {
    "%Y": lambda when: f"{when.year:04d}",
    "%y": lambda when: f"{when.year % 100:02d}",
    "%m": lambda when: f"{when.month:02d}",
    "%n": lambda when: str(when.month),
    "%d": lambda when: f"{when.day:02d}",
    "%e": lambda when: str(when.day),
    "%H": lambda when: f"{when.hour:02d}",
    "%h": lambda when: str(when.hour),
    "%M": lambda when: f"{when.minute:02d}",
    "%S": lambda when: f"{when.second:02d}",
    "%3": lambda when: f"{when.microsecond // 1000:03d}",
    "%w": lambda when: str(when.isoweekday() % 7),
    "%W": lambda when: str(when.isocalendar().week),
    "%Z": lambda when: when.isoformat()[-6:] if when.utcoffset() else "Z",
}


def _name(code: str, when: datetime, locale: Locale) -> str:
    """Return the name of a month or day; the code itself when it means nothing."""
    match code:
        case "%b":
            return str(locale.months["format"]["abbreviated"][when.month])
        case "%B":
            return str(locale.months["format"]["wide"][when.month])
        case "%a":
            return str(locale.days["format"]["abbreviated"][when.weekday()])
        case "%A":
            return str(locale.days["format"]["wide"][when.weekday()])
        case _:
            return code


@lru_cache(maxsize=64)
def _locale(language: str) -> Locale:
    """Return the names of a language, English ones where it is not known."""
    try:
        return Locale.parse(language, sep="-")
    except (ValueError, UnknownLocaleError):
        return Locale("en")
