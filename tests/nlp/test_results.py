from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlmodel import Session, select

from data.tables import Passage, Person, Team, TeamStay
from nlp.results import read_run, titles_of
from tests.runs_for_tests import a_run, a_written_study, passages_of


def test_a_run_comes_back_with_people_groups_and_order(session: Session) -> None:
    study = a_written_study(session, people=4, each=4)
    run = a_run(session, study)
    session.commit()
    found = read_run(session=session, run=run)
    assert [theme.number for theme in found.themes] == [0, 1, 2]
    assert found.theme_shares.to_dict() == pytest.approx({0: 0.5, 1: 0.25, 2: 0.25})
    assert found.groups("team").to_dict() == {"P01": "A", "P02": "B", "P03": "A", "P04": "B"}
    assert set(found.passages["nationality"]) == {"CN"}
    assert (found.main >= 0).all()


def test_who_changed_teams_counts_where_most_of_their_passages_lie(session: Session) -> None:
    study = a_written_study(session, people=2, each=4)
    run = a_run(session, study)
    person = session.exec(select(Person).where(Person.code == "P01")).one()
    teams = {team.code: team.id for team in session.exec(select(Team)).all()}
    for since, code in ((date(2026, 6, 1), "A"), (date(2026, 6, 2), "B")):
        session.add(TeamStay(person_id=person.id, since=since, team_id=teams[code]))
    session.commit()
    found = read_run(session=session, run=run)
    theirs = found.passages[found.passages["person"] == "P01"].sort_values("day")
    assert list(theirs["team"]) == ["A", "B", "B", "B"]
    assert found.groups("team").to_dict() == {"P01": "B", "P02": "B"}


def test_passages_that_came_after_the_run_do_not_thin_it_out(session: Session) -> None:
    study = a_written_study(session, people=2, each=2)
    run = a_run(session, study)
    passage = passages_of(session, study)[0]
    session.add(
        Passage(
            **passage.model_dump(exclude={"id", "created_at"}),
            created_at=run.created_at + timedelta(minutes=1),
        )
    )
    session.commit()
    assert len(read_run(session=session, run=run).passages) == 4


def test_voices_are_those_of_people_who_are_still_there(session: Session) -> None:
    study = a_written_study(session, people=3, each=3)
    run = a_run(session, study)
    session.commit()
    person = session.exec(select(Person).where(Person.code == "P03")).one()
    for passage in session.exec(select(Passage).where(Passage.person_id == person.id)):
        session.delete(passage)
    session.commit()
    session.expire_all()
    found = read_run(session=session, run=run)
    assert {theme.measures["voices"] for theme in found.themes} == {2}
    assert list(found.person_shares.index) == ["P01", "P02"]


def test_a_run_whose_passages_are_all_gone_has_no_themes(session: Session) -> None:
    study = a_written_study(session, people=1, each=3)
    run = a_run(session, study)
    for passage in passages_of(session, study):
        session.delete(passage)
    session.commit()
    session.expire_all()
    found = read_run(session=session, run=run)
    assert (found.themes, len(found.passages), found.theme_shares.sum()) == ([], 0, 0)


def test_titles_can_be_read_without_the_passages(session: Session) -> None:
    study = a_written_study(session, people=1, each=3)
    run = a_run(session, study)
    assert titles_of(run.id, session=session, language="zh-Hans")[0] == "钱 · 付"
