"""Who wrote when, and who has fallen silent."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session, select

from data.tables import Assignment, Person, Study
from survey import progress, responses
from survey.progress import Mark, Progress, silence
from survey.questionnaires import latest
from survey.withdrawal import withdraw
from tests.studies_for_tests import a_person, a_study

SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def study(session: Session) -> Study:
    made = a_study(session)
    session.commit()
    return made


def writes(session: Session, code: str, day: int, *, hours_late: float = -3) -> None:
    person = session.exec(select(Person).where(Person.code == code)).one()
    questionnaire = latest(session=session, study_id=person.study_id, name="daily")
    assert questionnaire
    midnight = datetime(2026, 6, day, tzinfo=SHANGHAI) + timedelta(days=1)
    responses.submit(
        session=session, person=person, questionnaire=questionnaire, instance_id=uuid4(),
        answers={"mood": 7}, day=date(2026, 6, day), language="en",
        at=midnight + timedelta(hours=hours_late),
    )  # fmt: skip


def month(session: Session, study: Study, *, day: int, hour: int = 12) -> dict[str, Progress]:
    found = progress.month_of(
        session=session,
        study=study,
        assignment=session.exec(select(Assignment)).one(),
        now=datetime(2026, 6, day, hour, tzinfo=SHANGHAI).astimezone(UTC),
    )
    return {each.person.code: each for each in found}


def test_every_kind_of_day_is_told_apart(session: Session, study: Study) -> None:
    writes(session, "P01", 1)
    writes(session, "P01", 2, hours_late=5)
    found = month(session, study, day=5)["P01"]
    assert [found.days[date(2026, 6, day)] for day in range(1, 7)] == [
        Mark.WRITTEN, Mark.LATE, Mark.MISSED, Mark.OPEN, Mark.DUE, Mark.COMING,
    ]  # fmt: skip
    assert (found.expected, found.written, found.late) == (4, 2, 1)
    assert found.rate == pytest.approx(0.5)


def test_somebody_is_silent_after_two_days_and_never_before_the_day_is_over(
    session: Session, study: Study
) -> None:
    writes(session, "P01", 2)
    silent = [month(session, study, day=day)["P01"] for day in (3, 4, 5, 6)]
    assert [each.silent for each in silent] == [0, 1, 2, 3]
    assert [each.is_silent for each in silent] == [False, False, True, True]
    assert [len(each.silent_days) for each in silent] == [0, 0, 2, 3]
    assert silent[-1].silent_days == {date(2026, 6, day) for day in (3, 4, 5)}


def test_writing_anything_else_breaks_the_silence(session: Session, study: Study) -> None:
    session.exec(select(Assignment)).one().questionnaire = "other"
    session.flush()
    writes(session, "P01", 5)
    found = month(session, study, day=7)["P01"]
    assert (found.written, found.silent) == (0, 1)


def test_who_withdrew_or_is_not_asked_is_not_silent(session: Session, study: Study) -> None:
    a_person(session, study, "P02")
    a_person(session, study, "P03").role = "director"
    session.exec(select(Assignment)).one().roles = ["director"]
    session.flush()
    assert set(month(session, study, day=9)) == {"P03"}
    withdraw(session=session, person=session.exec(select(Person).where(Person.code == "P03")).one())
    assert month(session, study, day=9) == {}
    gone = progress.withdrawn(session=session, study_id=study.id)
    assert [person.code for person in gone] == ["P03"]


def test_the_month_of_one_person_is_the_same_as_in_everybodys(
    session: Session, study: Study
) -> None:
    other = a_person(session, study, "P02")
    writes(session, "P02", 2)
    alone = progress.month_of(
        session=session, study=study, assignment=session.exec(select(Assignment)).one(),
        now=datetime(2026, 6, 5, 4, tzinfo=UTC), person=other,
    )  # fmt: skip
    assert [each.days for each in alone] == [month(session, study, day=5)["P02"].days]


@pytest.mark.usefixtures("study")
def test_the_last_entry_before_a_day_is_found(session: Session) -> None:
    person = session.exec(select(Person)).one()

    def last(day: int) -> date | None:
        found = progress.last_before(session=session, person=person, day=date(2026, 6, day))
        return found.day if found else None

    writes(session, "P01", 2)
    writes(session, "P01", 4)
    assert [last(2), last(4), last(5)] == [None, date(2026, 6, 2), date(2026, 6, 4)]


@pytest.mark.usefixtures("study")
def test_when_the_latest_entry_arrived_is_told_whatever_its_day(session: Session) -> None:
    person = session.exec(select(Person)).one()
    assert progress.last_arrival(session=session, person=person) is None
    writes(session, "P01", 4)
    writes(session, "P01", 2, hours_late=100)
    arrived = progress.last_arrival(session=session, person=person)
    assert arrived == datetime(2026, 6, 3, tzinfo=SHANGHAI) + timedelta(hours=100)


days = st.lists(st.sampled_from(list(Mark)), max_size=40).map(
    lambda found: {date(2026, 6, 1) + timedelta(days=n): mark for n, mark in enumerate(found)}
)


@given(days)
def test_silence_counts_only_days_that_are_over_and_ends_at_an_entry(
    found: dict[date, Mark],
) -> None:
    count = silence(found, None)
    over = [mark for mark in found.values() if mark not in progress.NOT_EXPECTED]
    assert count <= len(over)
    assert not any(mark.is_written for mark in over[len(over) - count :])
    assert count == len(over) or over[len(over) - count - 1].is_written


def test_of_nothing_expected_no_rate_is_told() -> None:
    nobody = Progress(Person(study_id=uuid4(), code="P"), {}, frozenset(), None, 0)
    assert (nobody.rate, nobody.is_silent) == (None, False)
