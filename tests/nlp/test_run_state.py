from __future__ import annotations

from datetime import date

from sqlmodel import Session, select

from data.tables import Person, Team
from nlp.masking_review import hide, known
from nlp.results import read_proposed
from nlp.run_state import state_of
from survey.interviews import decisions
from survey.people import edit_person
from survey.teams import move
from tests.runs_for_tests import a_run, a_written_study, passages_of
from tests.studies_for_tests import a_study


def test_nothing_done_is_the_same_state(session: Session) -> None:
    study = a_written_study(session, people=2, each=2)
    run = a_run(session, study)
    before = state_of(run, session=session)
    known(session=session, study_id=study.id, account_id=None, purpose="masking")
    session.flush()
    assert state_of(run, session=session) == before


def test_a_name_that_was_masked_is_another_state(session: Session) -> None:
    study = a_written_study(session, people=2, each=2)
    run = a_run(session, study)
    passage = passages_of(session, study)[0]
    passage.masked = "Then Wanda came in."
    session.flush()
    before = state_of(run, session=session)
    decision = decisions.decide(
        "Wanda", "name", session=session, study_id=study.id, account_id=None
    )
    names = known(session=session, study_id=study.id, account_id=None, purpose="masking")
    assert hide(decision, names, session=session) == 1
    session.flush()
    assert (
        not read_proposed(session=session, run=run).passages["masked"].str.contains("Wanda").any()
    )
    masked = state_of(run, session=session)
    assert masked != before
    decisions.take_back(decision, session=session, account_id=None)
    session.flush()
    assert state_of(run, session=session) not in {before, masked}


def test_another_nationality_or_team_is_another_state(session: Session) -> None:
    study = a_written_study(session, people=2, each=2)
    run = a_run(session, study)
    person = session.exec(select(Person).where(Person.code == "P01")).one()
    states = [state_of(run, session=session)]
    edit_person(session=session, person=person, nationalities=["NZ"])
    session.flush()
    states.append(state_of(run, session=session))
    other = session.exec(select(Team).where(Team.code == "B")).one()
    move(session=session, person=person, team_id=other.id, since=date(2026, 6, 10))
    session.flush()
    states.append(state_of(run, session=session))
    assert len(set(states)) == 3


def test_another_study_is_no_matter(session: Session) -> None:
    study = a_written_study(session, people=2, each=2)
    run = a_run(session, study)
    before = state_of(run, session=session)
    elsewhere = a_study(session, slug="elsewhere")
    decisions.decide("Wanda", "name", session=session, study_id=elsewhere.id, account_id=None)
    session.flush()
    assert state_of(run, session=session) == before


def test_a_passage_that_went_is_another_state(session: Session) -> None:
    study = a_written_study(session, people=2, each=2)
    run = a_run(session, study)
    before = state_of(run, session=session)
    session.delete(passages_of(session, study)[0])
    session.flush()
    assert state_of(run, session=session) != before
