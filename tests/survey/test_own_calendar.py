"""Pauses, excuses and more time for people and teams, as they are kept."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import Session, select

from data.tables import (
    Assignment,
    AuditEvent,
    CalendarChange,
    Membership,
    Person,
    Questionnaire,
    Study,
    Team,
)
from survey import progress
from survey.calendar import Change, Kind, Standing
from survey.entering import Identity
from survey.own_calendar import (
    FOR_EVER,
    CalendarError,
    change,
    changes_in,
    come_back,
    joined_on,
    leave,
    rows_of,
    take_back,
)
from survey.progress import Mark
from survey.responses import instance_of, submit
from survey.teams import move
from survey.today import asked_of
from survey.writing import NotTheirsError, assignment_to_write
from tests.studies_for_tests import a_person, a_study

SHANGHAI = ZoneInfo("Asia/Shanghai")
TODAY = datetime.now(SHANGHAI).date()
START, END = TODAY - timedelta(days=10), TODAY + timedelta(days=10)


@pytest.fixture
def study(session: Session) -> Study:
    made = a_study(session)
    made.start, made.end = START, END
    session.commit()
    return made


@pytest.fixture
def person(session: Session, study: Study) -> Person:
    return session.exec(select(Person).where(Person.study_id == study.id)).one()


def back(days: int) -> date:
    return TODAY - timedelta(days=days)


def own(session: Session, person: Person) -> list[Change]:
    return changes_in(session=session, study_id=person.study_id).of(person)


def month(session: Session, study: Study, code: str) -> progress.Progress:
    found = progress.month_of(
        session=session, study=study, assignment=session.exec(select(Assignment)).one(),
        now=datetime.now(UTC),
    )  # fmt: skip
    return next(each for each in found if each.person.code == code)


def asked(session: Session, study: Study, person: Person) -> dict[date, Standing]:
    account = session.exec(select(Membership).where(Membership.person_id == person.id)).one()
    found = asked_of(
        session=session, study=study, person=person, account_id=account.account_id,
        now=datetime.now(UTC),
    )  # fmt: skip
    return {each.day: each.standing for each in found}


def test_excused_days_neither_count_nor_make_anybody_silent(
    session: Session, study: Study, person: Person
) -> None:
    assert month(session, study, "P01").is_silent
    change(session=session, study=study, kind=Kind.EXCUSE, first=START, last=back(1), person=person)
    found = month(session, study, "P01")
    assert (found.expected, found.excused, found.silent, found.rate) == (0, 10, 0, None)
    assert found.days[back(1)] is Mark.EXCUSED
    assert not found.is_silent


def test_a_pause_of_today_is_not_pressed_for_and_may_be_written(
    session: Session, study: Study, person: Person
) -> None:
    change(session=session, study=study, kind=Kind.PAUSE, first=back(3), last=TODAY, person=person)
    assert asked(session, study, person) == {TODAY: Standing.EXCUSED}


def test_more_time_for_a_team_is_for_who_is_in_it_on_the_day(
    session: Session, study: Study, person: Person
) -> None:
    team = session.exec(select(Team)).one()
    other = a_person(session, study, "P02")
    change(
        session=session, study=study, kind=Kind.EXTENSION, first=back(6), last=back(3), days=9,
        team_id=team.id,
    )  # fmt: skip
    assert own(session, person) == [Change(Kind.EXTENSION, back(6), back(3), 9)]
    assert own(session, other) == []
    move(session=session, person=person, team_id=None, since=back(4))
    move(session=session, person=other, team_id=team.id, since=back(4))
    assert own(session, person) == [Change(Kind.EXTENSION, back(6), back(5), 9)]
    assert own(session, other) == [Change(Kind.EXTENSION, back(4), back(3), 9)]
    due = [day for day, how in asked(session, study, person).items() if how is Standing.DUE]
    assert due == [TODAY, back(5), back(6)]


def test_everybody_can_be_asked_for_longer(session: Session, study: Study, person: Person) -> None:
    later = END + timedelta(days=7)
    change(session=session, study=study, kind=Kind.LONGER, first=END, last=later)
    assert max(month(session, study, "P01").days) == later
    assignment = session.exec(select(Assignment)).one()
    account = session.exec(select(Membership).where(Membership.person_id == person.id)).one()
    identity = Identity(
        account.account_id, account.id, study.id, frozenset({"participant"}), person.id, ""
    )

    def may_write(day: date) -> bool:
        try:
            assignment_to_write(
                session=session, identity=identity, assignment_id=assignment.id, day=day,
                instance_id=instance_of(assignment, person, day),
            )  # fmt: skip
        except NotTheirsError:
            return False
        return True

    assert [may_write(day) for day in (END, later, later + timedelta(days=1))] == [
        True, True, False,
    ]  # fmt: skip


def test_who_stopped_is_asked_nothing_and_is_told_with_the_reason(
    session: Session, study: Study, person: Person
) -> None:
    leave(session=session, person=person, on=back(4), reason="time")
    assert own(session, person)[-1] == Change(Kind.LEFT, back(4), FOR_EVER)
    found = month(session, study, "P01")
    assert (max(found.days), found.is_silent) == (back(5), False)
    assert TODAY not in asked(session, study, person)
    gone = progress.left(session=session, study_id=study.id)
    assert [(each.code, each.left_reason) for each in gone] == [("P01", "time")]
    come_back(session=session, person=person)
    assert asked(session, study, person)[TODAY] is Standing.DUE
    events = session.exec(select(AuditEvent).where(AuditEvent.subject_id == person.id)).all()
    assert "time" not in str([event.details for event in events])


def test_a_change_is_written_down_without_its_reason_and_can_be_taken_back(
    session: Session, study: Study, person: Person
) -> None:
    made = change(
        session=session, study=study, kind=Kind.EXCUSE, first=back(2), last=back(2),
        person=person, reason=" ill ",
    )  # fmt: skip
    session.flush()
    assert rows_of(session=session, study_id=study.id, person=person) == [made]
    assert rows_of(session=session, study_id=study.id) == []
    take_back(made, session=session)
    session.flush()
    assert session.exec(select(CalendarChange)).all() == []
    events = session.exec(
        select(AuditEvent).where(AuditEvent.subject == "person").order_by(AuditEvent.action)
    ).all()
    assert [event.action for event in events] == ["calendar.changed", "calendar.restored"]
    assert made.reason == "ill"
    assert "ill" not in str([event.details for event in events])


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        (Change(Kind.PAUSE, TODAY, back(1)), "before the first"),
        (Change(Kind.PAUSE, TODAY, TODAY + timedelta(days=400)), "too long"),
        (Change(Kind.EXTENSION, TODAY, TODAY), "how many days"),
        (Change(Kind.EXTENSION, TODAY, TODAY, 500), "too long"),
    ],
)
def test_what_makes_no_sense_is_refused(
    session: Session, study: Study, wanted: Change, said: str
) -> None:
    with pytest.raises(CalendarError, match=said):
        change(session=session, study=study, **asdict(wanted))


def test_nothing_more_is_said_about_somebody_who_withdrew(
    session: Session, study: Study, person: Person
) -> None:
    person.withdrawn_at = datetime.now(UTC)
    with pytest.raises(CalendarError, match="withdrew"):
        change(
            session=session, study=study, kind=Kind.PAUSE, first=TODAY, last=TODAY, person=person
        )
    with pytest.raises(CalendarError, match="withdrew"):
        leave(session=session, person=person, on=TODAY, reason="")


def test_who_joined_late_is_asked_from_that_day_and_nothing_before_is_missing(
    session: Session, study: Study, person: Person
) -> None:
    study.created_at = datetime.now(UTC) - timedelta(days=30)
    person.created_at = study.created_at
    joined = datetime.combine(back(3), time(0, 30), SHANGHAI)
    late = a_person(session, study, "P90")
    late.created_at = joined
    session.commit()
    assert joined_on(person, study) is None
    assert joined_on(late, study) == back(3)
    asked_of_both = [month(session, study, each.code) for each in (person, late)]
    assert [each.expected for each in asked_of_both] == [10, 3]
    assert [each.silent for each in asked_of_both] == [10, 3]
    assert min(asked(session, study, late)) >= back(3)
    late.time_zone = "America/New_York"
    assert joined_on(late, study) == back(4)


def test_what_somebody_wrote_before_they_were_added_counts(
    session: Session, study: Study, person: Person
) -> None:
    study.created_at = datetime.now(UTC) - timedelta(days=30)
    person.created_at = datetime.now(UTC) - timedelta(days=2)
    (assignment,) = session.exec(select(Assignment)).all()
    submit(
        session=session, person=person, assignment=assignment, answers={"mood": 7}, language="en",
        questionnaire=session.exec(select(Questionnaire)).one(),
        instance_id=instance_of(assignment, person, back(6)), day=back(6),
    )  # fmt: skip
    session.commit()
    found = month(session, study, person.code)
    assert found.days[back(6)].is_written
    assert back(5) not in found.days
    assert found.expected == 3


def test_who_came_along_with_a_study_that_had_begun_is_asked_from_its_first_day(
    session: Session, study: Study, person: Person
) -> None:
    assert person.created_at.date() > study.start
    assert joined_on(person, study) is None
    assert month(session, study, person.code).expected == 10
