"""Windows of a day, wherever a person is."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from survey.calendar import Plan, Standing, days_of, standings, window

SHANGHAI = ZoneInfo("Asia/Shanghai")
JUNE = Plan(
    "daily", date(2026, 6, 1), date(2026, 6, 30), opens="18:00", closes="04:00", late_days=2
)

START = datetime(2026, 2, 1, tzinfo=UTC)
zones = st.sampled_from(
    ["UTC", "Asia/Shanghai", "America/New_York", "Europe/Berlin", "Asia/Kolkata"]
)
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


def test_an_entry_at_0040_belongs_to_the_evening_before() -> None:
    night = datetime(2026, 6, 4, 0, 40, tzinfo=SHANGHAI)
    how = standings(JUNE, SHANGHAI, night, done=())
    assert how[date(2026, 6, 3)] is Standing.DUE
    assert how[date(2026, 6, 4)] is Standing.COMING


def test_a_day_becomes_late_then_missed() -> None:
    evening = window(JUNE, date(2026, 6, 3), SHANGHAI)
    assert evening.standing(evening.closes, done=False) is Standing.LATE
    assert evening.standing(evening.late_until, done=False) is Standing.MISSED
    assert evening.standing(evening.late_until, done=True) is Standing.DONE


def test_a_window_ends_by_the_wall_clock_when_clocks_change() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    plan = Plan("daily", date(2026, 3, 28), date(2026, 3, 28), opens="18:00", closes="04:00")
    night = window(plan, date(2026, 3, 28), berlin)
    assert night.closes.astimezone(berlin).strftime("%H:%M") == "04:00"
    assert night.closes - night.opens == timedelta(hours=9)


def test_days_outside_the_study_are_not_asked() -> None:
    plan = Plan(
        "days",
        date(2026, 6, 1),
        date(2026, 6, 30),
        days=(date(2026, 5, 31), date(2026, 6, 9), date(2026, 7, 1)),
    )
    assert days_of(plan) == [date(2026, 6, 9)]


@given(plans, zones)
def test_a_window_opens_before_it_closes(plan: Plan, zone: str) -> None:
    found = window(plan, plan.start, ZoneInfo(zone))
    assert found.opens <= found.closes <= found.late_until


@given(
    plans,
    zones,
    st.integers(0, 120).map(lambda days: START + timedelta(days=days, hours=days % 24)),
)
def test_a_day_stands_one_way_and_never_goes_back(plan: Plan, zone: str, moment: datetime) -> None:
    order = [Standing.COMING, Standing.DUE, Standing.LATE, Standing.MISSED]
    earlier = standings(plan, ZoneInfo(zone), moment, done=())
    later = standings(plan, ZoneInfo(zone), moment + timedelta(hours=5), done=())
    assert list(earlier) == days_of(plan)
    assert all(order.index(earlier[day]) <= order.index(later[day]) for day in earlier)


@given(plans, zones, st.data())
def test_a_written_day_is_done_whenever_it_is_looked_at(
    plan: Plan, zone: str, data: st.DataObject
) -> None:
    days = days_of(plan)
    if days:
        day = data.draw(st.sampled_from(days))
        now = data.draw(st.datetimes()).replace(tzinfo=UTC)
        assert standings(plan, ZoneInfo(zone), now, done={day})[day] is Standing.DONE
