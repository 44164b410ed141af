"""Dates and times: reading, writing, comparing, counting days."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey import xpath
from survey.xpath import Context, Document, Node

WorkOut = Callable[..., Any]

PHOENIX = "America/Phoenix"
BERLIN = "Europe/Berlin"


@pytest.mark.parametrize(
    ("expression", "zone", "text"),
    [
        ("today()", "UTC", "2026-11-22"),
        ("today()", "Pacific/Auckland", "2026-11-23"),
        ("now()", "UTC", "2026-11-22T12:30:15.250+00:00"),
        ("now()", PHOENIX, "2026-11-22T05:30:15.250-07:00"),
        ("date('2026-1-2')", "UTC", "2026-01-02"),
        ("date('2026-11-22T00:00:00Z')", "UTC", "2026-11-22"),
        ("date('2026-11-22T09:30:00Z')", PHOENIX, "2026-11-22T02:30:00.000-07:00"),
        ("date(0)", "UTC", "1970-01-01"),
        ("date(-1)", "UTC", "1969-12-31"),
        ("date(14127)", "UTC", "2008-09-05"),
        ("date(1.5)", "UTC", "1970-01-02T12:00:00.000+00:00"),
        ("date(1.5)", PHOENIX, "1970-01-02T05:00:00.000-07:00"),
        ("date('2026-01-31' + 1)", PHOENIX, "2026-02-01"),
        ("date(today() + 10)", "UTC", "2026-12-02"),
        ("date-time('2026-11-22T10:00:00+01:00')", "UTC", "2026-11-22T09:00:00.000+00:00"),
        ("date(decimal-date-time('2026-11-22T10:00:00Z'))", "UTC", "2026-11-22T10:00:00.000+00:00"),
        ("date('')", "UTC", ""),
        ("date(/data/none)", "UTC", ""),
        ("date(/data/days)", "UTC", "1970-01-11"),
        ("date(/data/day)", "UTC", "2026-03-01"),
        ("date('soon')", "UTC", "Invalid Date"),
        ("date('2026-02-30')", "UTC", "Invalid Date"),
        ("date(true())", "UTC", "Invalid Date"),
        ("date(0 div 0)", "UTC", "Invalid Date"),
        ("date(1 div 0)", "UTC", "Invalid Date"),
        ("date(1000000000000)", "UTC", "Invalid Date"),
        ("format-date('2026-03-01', '%Y/%m/%d %y %n %e')", "UTC", "2026/03/01 26 3 1"),
        ("format-date('2026-03-01', '%a %b')", "UTC", "Sun Mar"),
        ("format-date('2026-03-01', '%A, %e %B; %w')", "UTC", "Sunday, 1 March; 0"),
        ("format-date('2026-03-01T05:06:07.089Z', '%H %h %M %S %3')", "UTC", "05 5 06 07 089"),
        ("format-date-time('2012-08-20T00:00:00Z', '%Y-%m-%d %H')", PHOENIX, "2012-08-19 17"),
        ("format-date(0, '%Y-%m-%d')", "UTC", "1970-01-01"),
        ("format-date('x', '%Y')", "UTC", ""),
        ("format-date('', '%Y')", "UTC", ""),
        ("format-date('2026-12-01T24:00:00Z', '%Y')", "UTC", ""),
        ("format-date('2026-03-01', '100% %q')", "UTC", "100% %q"),
        ("format-date('2026-03-01T00:00:00+01:00', '%Z')", BERLIN, "+01:00"),
        ("format-date('2026-01-01', '%W')", "UTC", "1"),
        ("string(boolean(date('soon')))", "UTC", "false"),
        ("string(boolean(date('2026-11-22')))", "UTC", "true"),
    ],
)
def test_dates_as_texts(work_out: WorkOut, expression: str, zone: str, text: str) -> None:
    xml = "<data><days>10</days><day>2026-03-01</day></data>"
    assert work_out(expression, xml, zone=zone) == text


@pytest.mark.parametrize(
    ("expression", "zone", "number"),
    [
        ("'2026-11-22' - '2026-11-20'", "UTC", 2),
        ("'2026-03-30' - '2026-03-28'", BERLIN, 2),
        ("date('1970-01-03') + 1", "UTC", 3),
        ("number('1970-01-01')", PHOENIX, 7 / 24),
        ("decimal-date-time('1970-01-02T12:00:00Z')", PHOENIX, 1.5),
        ("decimal-date-time('1970-01-01T00:00:00')", PHOENIX, 7 / 24),
        ("decimal-date-time(7.5)", "UTC", 7.5),
        ("decimal-date('1970-01-05')", "UTC", 4),
        ("decimal-time('12:00')", "UTC", 0.5),
        ("decimal-time('18:00:00.000-07:00')", PHOENIX, 0.75),
        ("decimal-time('06:00:00.000-01:00')", PHOENIX, 0),
        ("decimal-time('12:00:00.000+01:00')", BERLIN, 0.5),
        ("int((today() - '2000-11-23') div 365.25)", "UTC", 25),
        ("difference-in-months('2005-12-12', '2012-01-15')", "UTC", 73),
        ("difference-in-months('2026-01-31', '2026-02-28')", "UTC", 0),
    ],
)
def test_dates_as_numbers(work_out: WorkOut, expression: str, zone: str, number: float) -> None:
    assert work_out(expression, zone=zone) == pytest.approx(number, abs=1e-9)


@pytest.mark.parametrize(
    "expression",
    [
        "decimal-time('24:00:00')",
        "decimal-time('06:60:00')",
        "decimal-time('06:00:00-24:00')",
        "decimal-time('06:00:00-07:60')",
        "decimal-time('noon')",
        "decimal-time(2)",
        "decimal-date-time('x')",
        "decimal-date-time(true())",
        "difference-in-months('x', today())",
    ],
)
def test_times_that_are_none(work_out: WorkOut, expression: str) -> None:
    assert math.isnan(work_out(expression))


@pytest.mark.parametrize(
    ("expression", "holds"),
    [
        ("'2026-11-21' < today()", True),
        ("today() <= '2026-11-22'", True),
        ("today() > '2026-11-22'", False),
        ("'2026-11-22' < '2026-11-22T00:00:00.001Z'", True),
        ("'2026-11-22' = '2026-11-22T00:00:00Z'", True),
        ("'2026-11-22' != '2026-11-22T00:00:00.001Z'", True),
        ("'2026-11-22T01:00:00+01:00' = '2026-11-22T00:00:00Z'", True),
        ("'2026-11-22T01:00:00+01:00' != '2026-11-22T00:00:00Z'", False),
        ("date(0) = date('1970-01-01T00:00:00.000Z')", True),
        ("10 + '2012-07-24' = '2012-08-03'", True),
        ("/data/d[. > '2026-01-03'] = '2026-01-04'", True),
        ("/data/d = date('2026-01-04')", True),
        ("/data/t = '2026-01-04T10:00:00.000+00:00'", True),
        ("/data[t = '2026-01-04T11:00:00+01:00']/d = '2026-01-02'", True),
        ("now() >= today()", True),
        ("'soon' < today()", False),
    ],
)
def test_dates_are_compared_as_moments(work_out: WorkOut, expression: str, holds: bool) -> None:
    xml = "<data><d>2026-01-02</d><d>2026-01-04</d><t>2026-01-04T10:00:00Z</t></data>"
    assert work_out(expression, xml) is holds


def test_names_of_months_and_days_are_those_of_the_language() -> None:
    def written(language: str) -> str:
        context = Context(Document(Node("d")), language=language)
        return xpath.compile("format-date('2026-03-01', '%A %e. %B')").as_string(context)

    assert written("de") == "Sonntag 1. März"
    assert written("zh-Hans") == "星期日 1. 三月"
    assert written("not a language") == "Sunday 1. March"


def test_without_a_moment_the_clock_counts() -> None:
    context = Context(Document(Node("d")))
    before = datetime.now(UTC) - timedelta(milliseconds=1)
    moment = datetime.fromisoformat(xpath.compile("now()").as_string(context))
    assert before <= moment <= datetime.now(UTC)
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", xpath.compile("today()").as_string(context))


DATES = st.dates(date(1902, 1, 1), date(2199, 12, 31))
ZONES = st.sampled_from(["UTC", PHOENIX, BERLIN, "Asia/Kolkata", "Pacific/Apia"])


def at(zone: str, **variables: str | float) -> Context:
    """Return a context in a zone with variables."""
    now = datetime(2026, 7, 1, tzinfo=ZoneInfo(zone))
    return Context(Document(Node("d")), now=now, variables=variables)


@given(DATES, DATES, ZONES)
def test_days_between_dates_are_whole_everywhere(first: date, second: date, zone: str) -> None:
    context = at(zone, a=first.isoformat(), b=second.isoformat())
    assert xpath.compile("$b - $a").evaluate(context) == (second - first).days


@given(DATES, st.integers(-400, 400), ZONES)
def test_adding_days_to_a_date_gives_the_date_so_many_days_on(
    start: date, count: int, zone: str
) -> None:
    context = at(zone, a=start.isoformat(), n=float(count))
    expected = (start + timedelta(days=count)).isoformat()
    assert xpath.compile("date($a + $n)").evaluate(context) == expected
    assert xpath.compile("date($n + $a) = $expected").as_boolean(
        at(zone, a=start.isoformat(), n=float(count), expected=expected)
    )


@given(DATES, DATES, ZONES)
def test_dates_are_ordered_as_their_texts(first: date, second: date, zone: str) -> None:
    context = at(zone, a=first.isoformat(), b=second.isoformat())
    assert xpath.compile("$a < $b").evaluate(context) is (first < second)


@given(st.datetimes(datetime(1973, 1, 1), datetime(2199, 1, 1)), ZONES, ZONES)  # noqa: DTZ001 - they get a zone
def test_a_moment_is_the_same_in_every_zone(naive: datetime, written: str, read: str) -> None:
    moment = naive.replace(tzinfo=ZoneInfo(written), microsecond=0)
    text = moment.astimezone(UTC).isoformat()
    shown = xpath.compile("date-time($a)").as_string(at(read, a=text))
    number = xpath.compile("decimal-date-time($a)")
    assert number.as_number(at(read, a=text)) == number.as_number(at(written, a=shown))
