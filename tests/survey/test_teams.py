"""Who was in which team when: an entry carries the team of its day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlmodel import Session, select

from data.tables import AuditEvent, Person, Response, Study, Team, TeamStay
from data.tables.base import now
from survey import responses, teams
from survey.questionnaires import latest
from survey.teams import TeamError, add_team, move, movers, own_stays, rename_team, team_on
from tests.studies_for_tests import a_person, a_study

TODAY = now().astimezone().date()
START = TODAY - timedelta(days=20)


@pytest.fixture
def study(session: Session) -> Study:
    made = a_study(session)
    made.start, made.end = START, TODAY + timedelta(days=5)
    add_team(session=session, study_id=made.id, code="B", name={"en": "Team B"})
    add_team(session=session, study_id=made.id, code="C", name={})
    session.commit()
    return made


@pytest.fixture
def person(session: Session, study: Study) -> Person:
    return session.exec(select(Person).where(Person.study_id == study.id)).one()


def team(session: Session, code: str) -> UUID:
    return session.exec(select(Team.id).where(Team.code == code)).one()


def writes(session: Session, person: Person, day: date) -> Response:
    questionnaire = latest(session=session, study_id=person.study_id, name="daily")
    assert questionnaire
    return responses.submit(
        session=session, person=person, questionnaire=questionnaire, instance_id=uuid4(),
        answers={"mood": 7}, day=day, language="en",
    )  # fmt: skip


def carried(session: Session, entry: Response) -> str:
    session.refresh(entry)
    return session.get_one(Team, entry.team_id).code


def test_somebody_moved_at_noon_counts_with_the_new_team_for_the_whole_day(
    session: Session, person: Person
) -> None:
    evening = writes(session, person, TODAY - timedelta(days=1))
    morning = writes(session, person, TODAY)
    assert move(session=session, person=person, team_id=team(session, "B"), since=TODAY) == 1
    night = writes(session, person, TODAY)
    late = writes(session, person, TODAY - timedelta(days=2))
    assert [carried(session, entry) for entry in (evening, morning, night, late)] == list("ABBA")
    assert person.team_id == team(session, "B")


def test_a_move_written_down_later_takes_the_entries_since_along(
    session: Session, person: Person
) -> None:
    entries = [writes(session, person, TODAY - timedelta(days=n)) for n in (6, 4, 2)]
    since = TODAY - timedelta(days=5)
    assert move(session=session, person=person, team_id=team(session, "C"), since=since) == 2
    assert [carried(session, entry) for entry in entries] == list("ACC")
    event = session.exec(select(AuditEvent).where(AuditEvent.action == "person.moved")).one()
    assert event.details == {"since": since.isoformat(), "entries": 2}


def test_the_history_of_stays_is_kept_and_moves_replace_what_came_after(
    session: Session, person: Person
) -> None:
    a, b, c = (team(session, code) for code in "ABC")
    five, two = TODAY - timedelta(days=5), TODAY - timedelta(days=2)
    move(session=session, person=person, team_id=b, since=five)
    move(session=session, person=person, team_id=c, since=two)
    assert own_stays(session=session, person=person) == [(START, a), (five, b), (two, c)]
    move(session=session, person=person, team_id=c, since=five)
    assert own_stays(session=session, person=person) == [(START, a), (five, c)]
    move(session=session, person=person, team_id=a, since=five)
    assert own_stays(session=session, person=person) == []
    assert movers(session=session, study_id=person.study_id) == []


def test_who_moved_before_the_study_began_never_was_elsewhere(
    session: Session, person: Person
) -> None:
    b = team(session, "B")
    entry = writes(session, person, START)
    move(session=session, person=person, team_id=b, since=START - timedelta(days=9))
    assert own_stays(session=session, person=person) == []
    assert (carried(session, entry), person.team_id) == ("B", b)


def test_a_day_to_come_and_a_person_who_withdrew_are_refused(
    session: Session, person: Person
) -> None:
    with pytest.raises(TeamError, match="not come yet"):
        move(session=session, person=person, team_id=None, since=TODAY + timedelta(days=3))
    person.withdrawn_at = datetime.now(UTC)
    with pytest.raises(TeamError, match="withdrew"):
        move(session=session, person=person, team_id=None, since=TODAY)


def test_the_people_who_changed_teams_are_counted(session: Session, study: Study) -> None:
    other = a_person(session, study, "P02", team=session.get(Team, team(session, "A")))
    a_person(session, study, "P03")
    move(session=session, person=other, team_id=None, since=TODAY)
    assert movers(session=session, study_id=study.id) == ["P02"]
    assert teams.stays_of(session=session, study_id=study.id).keys() == {other.id}
    assert team_on(other, START - timedelta(days=3), own_stays(session=session, person=other))


def test_a_team_that_goes_leaves_people_without_one(session: Session, person: Person) -> None:
    move(session=session, person=person, team_id=team(session, "B"), since=TODAY)
    session.delete(session.get_one(Team, team(session, "B")))
    session.flush()
    session.expire_all()
    last = session.exec(select(TeamStay).where(TeamStay.since == TODAY)).one()
    assert last.team_id is None


def test_teams_are_added_and_renamed_once(session: Session, study: Study) -> None:
    with pytest.raises(TeamError, match="already a team B"):
        add_team(session=session, study_id=study.id, code="B", name={})
    for code in ("", "a b", "x;y", "a" * 41):
        with pytest.raises(TeamError, match="short code"):
            add_team(session=session, study_id=study.id, code=code, name={})
    found = session.get_one(Team, team(session, "B"))
    assert not rename_team(session=session, team=found, name={"en": " Team B ", "de": ""})
    assert rename_team(session=session, team=found, name={"en": "Kite"})
    assert found.name == {"en": "Kite"}
