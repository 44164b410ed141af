"""What pauses, excuses and more time do to a calendar, wherever a person is."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.calendar import Change, Kind, Plan, Standing, days_of, plan_with, standings, window

BERLIN = ZoneInfo("Europe/Berlin")
SHANGHAI = ZoneInfo("Asia/Shanghai")
JUNE = Plan(
    "daily", date(2026, 6, 1), date(2026, 6, 30), opens="18:00", closes="04:00", late_days=2
)
DAY = date(2026, 6, 10)
SPRING = datetime(2026, 2, 1, tzinfo=UTC)

zones = st.sampled_from(
    ["UTC", "Asia/Shanghai", "America/New_York", "Europe/Berlin", "Australia/Lord_Howe"]
).map(ZoneInfo)
days = st.dates(date(2026, 2, 20), date(2026, 5, 10))
clocks = st.times().map(lambda clock: clock.strftime("%H:%M"))
plans = st.builds(
    Plan,
    st.sampled_from(["daily", "once", "open"]),
    st.just(date(2026, 3, 1)),
    st.dates(date(2026, 3, 1), date(2026, 4, 30)),
    opens=clocks,
    closes=clocks | st.just("24:00"),
    late_days=st.integers(0, 5),
)


@st.composite
def changes(draw: st.DrawFn) -> list[Change]:
    made = []
    for kind in draw(st.lists(st.sampled_from(list(Kind)), max_size=4)):
        first = draw(days)
        last = first + timedelta(days=draw(st.integers(0, 20)))
        made.append(Change(kind, first, last, draw(st.integers(1, 9))))
    return made


def noon(day: date, zone: ZoneInfo = SHANGHAI) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=zone).astimezone(UTC)


@pytest.mark.parametrize("kind", [Kind.PAUSE, Kind.EXCUSE])
def test_nothing_is_expected_on_excused_days_and_what_is_written_counts(kind: Kind) -> None:
    own = [Change(kind, DAY, DAY + timedelta(days=1))]
    how = standings(
        JUNE, SHANGHAI, noon(date(2026, 7, 30)), done={DAY + timedelta(days=1)}, changes=own
    )
    assert how[DAY - timedelta(days=1)] is Standing.MISSED
    assert how[DAY] is Standing.EXCUSED
    assert how[DAY + timedelta(days=1)] is Standing.DONE
    assert how[DAY + timedelta(days=2)] is Standing.MISSED


def test_an_excused_day_can_still_be_written_in_its_time() -> None:
    excused = window(JUNE, DAY, SHANGHAI, [Change(Kind.PAUSE, DAY, DAY)])
    assert excused.excused
    assert [excused.takes(moment) for moment in (excused.opens, excused.late_until)] == [
        True,
        False,
    ]


def test_more_time_keeps_an_entry_from_being_late() -> None:
    usual = window(JUNE, DAY, SHANGHAI)
    longer = window(JUNE, DAY, SHANGHAI, [Change(Kind.EXTENSION, DAY, DAY, 3)])
    assert longer.closes - usual.closes == timedelta(days=3)
    assert longer.late_until - usual.late_until == timedelta(days=3)
    assert longer.standing(usual.closes, done=False) is Standing.DUE
    other = window(JUNE, DAY + timedelta(days=1), SHANGHAI, [Change(Kind.EXTENSION, DAY, DAY, 3)])
    assert other == window(JUNE, DAY + timedelta(days=1), SHANGHAI)


def test_late_days_and_more_time_end_by_the_wall_clock_when_clocks_change() -> None:
    plan = Plan(
        "daily", date(2026, 3, 20), date(2026, 4, 10), opens="18:00", closes="04:00", late_days=3
    )
    friday = date(2026, 3, 27)
    night = window(plan, friday, BERLIN, [Change(Kind.EXTENSION, friday, friday, 1)])
    assert night.closes.astimezone(BERLIN).isoformat() == "2026-03-29T04:00:00+02:00"
    assert night.late_until.astimezone(BERLIN).isoformat() == "2026-04-01T04:00:00+02:00"


def test_a_clock_that_is_skipped_or_repeated_opens_once() -> None:
    plan = Plan("daily", date(2026, 3, 28), date(2026, 3, 30), opens="02:30", closes="03:30")
    spring = window(plan, date(2026, 3, 29), BERLIN)
    assert spring.opens <= spring.closes
    autumn = Plan("daily", date(2026, 10, 25), date(2026, 10, 25), opens="02:30", closes="03:30")
    night = window(autumn, date(2026, 10, 25), BERLIN)
    assert night.closes - night.opens == timedelta(hours=2)


def test_somebody_is_asked_for_longer_or_until_they_left() -> None:
    longer = [Change(Kind.LONGER, date(2026, 7, 1), date(2026, 7, 7))]
    assert days_of(JUNE, longer)[-1] == date(2026, 7, 7)
    left = [Change(Kind.LEFT, DAY, date.max)]
    assert days_of(JUNE, left)[-1] == DAY - timedelta(days=1)
    assert days_of(JUNE, [*longer, *left]) == days_of(JUNE, left)
    assert days_of(JUNE, [Change(Kind.LEFT, JUNE.start, date.max)]) == []


def test_what_is_asked_once_is_excused_only_from_all_of_it() -> None:
    once = Plan("once", date(2026, 6, 1), date(2026, 6, 30))
    week = Change(Kind.PAUSE, date(2026, 6, 1), date(2026, 6, 7))
    month = Change(Kind.PAUSE, date(2026, 6, 1), date(2026, 6, 30))
    assert not window(once, once.start, SHANGHAI, [week]).excused
    assert window(once, once.start, SHANGHAI, [month]).excused
    later = window(once, once.start, SHANGHAI, [Change(Kind.EXTENSION, once.end, once.end, 2)])
    assert later.closes - window(once, once.start, SHANGHAI).closes == timedelta(days=2)


@given(plans, zones, changes())
def test_windows_stay_in_order_and_on_asked_days(
    plan: Plan, zone: ZoneInfo, own: list[Change]
) -> None:
    asked = days_of(plan, own)
    assert asked == sorted(set(asked))
    for day in asked:
        found = window(plan, day, zone, own)
        assert found.day == day
        assert found.opens <= found.closes <= found.late_until


@given(plans, zones, changes(), st.data())
def test_changes_take_nothing_from_who_wrote_and_never_shorten(
    plan: Plan, zone: ZoneInfo, own: list[Change], data: st.DataObject
) -> None:
    asked = days_of(plan, own)
    if not asked:
        return
    day = data.draw(st.sampled_from(asked))
    now = SPRING + timedelta(hours=data.draw(st.integers(0, 3000)))
    mine = window(plan, day, zone, own)
    assert mine.standing(now, done=True) is Standing.DONE
    if plan.schedule != "once" or not any(each.kind is Kind.LEFT for each in own):
        usual = window(plan, day, zone)
        assert mine.closes >= usual.closes
        assert mine.late_until >= usual.late_until
    covered = any(
        each.kind in {Kind.PAUSE, Kind.EXCUSE} and each.first <= day <= each.last for each in own
    )
    if plan.schedule != "once":
        assert (mine.standing(now, done=False) is Standing.EXCUSED) == covered


@given(plans, zones, changes(), st.integers(0, 4000))
def test_a_day_never_goes_back_whatever_is_different(
    plan: Plan, zone: ZoneInfo, own: list[Change], hours: int
) -> None:
    order = [Standing.COMING, Standing.DUE, Standing.LATE, Standing.MISSED]
    moment = SPRING + timedelta(hours=hours)
    earlier = standings(plan, zone, moment, done=(), changes=own)
    later = standings(plan, zone, moment + timedelta(hours=7), done=(), changes=own)
    for day, how in earlier.items():
        if how is Standing.EXCUSED:
            assert later[day] is Standing.EXCUSED
        else:
            assert order.index(how) <= order.index(later[day])


@given(plans, changes())
def test_an_open_question_ends_with_the_persons_own_last_day(plan: Plan, own: list[Change]) -> None:
    end = plan_with(plan, own).end
    left = [each.first for each in own if each.kind is Kind.LEFT]
    assert not left or end < min(left)
    assert left or end >= plan.end


@given(
    plans.map(lambda plan: replace(plan, days=(plan.start, plan.end)))
    | st.builds(
        Plan, st.just("days"), st.just(date(2026, 3, 1)), st.just(date(2026, 4, 30)),
        days=st.lists(days, max_size=9, unique=True).map(tuple),
    ),
    changes(),
    days,
)  # fmt: skip
def test_of_whoever_joins_late_exactly_the_days_from_then_on_are_asked(
    plan: Plan, own: list[Change], joined: date
) -> None:
    own = [each for each in own if each.kind is not Kind.JOINED]
    late = [*own, Change(Kind.JOINED, date.min, joined - timedelta(days=1))]
    usual = days_of(plan, own)
    if plan.schedule == "once":
        assert days_of(plan, late) == usual
    else:
        assert days_of(plan, late) == [day for day in usual if day >= joined]
    assert plan_with(plan, late) == plan_with(plan, own)
