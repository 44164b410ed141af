from __future__ import annotations

from argparse import Namespace

import pandas as pd
import pytest
from sqlmodel import Session, select

from data.tables import Person
from nlp.agreement import written
from nlp.answers import read_answers
from nlp.chapter.coded import coded_month
from nlp.chapter.document import Table
from nlp.chapter.sections.coded import coded as coded_section
from nlp.chapter.voice import Voice
from nlp.coded import read_coded
from nlp.coded.case import moments
from nlp.coded.state import state_of
from nlp.coded.team import codes_over_weeks, scales_of, writing
from nlp.coding.blind import finish
from nlp.privacy.leaving import codes_pattern
from nlp.settling import by_code
from tests.nlp.coded.coded_for_tests import Coded, a_coded_study


@pytest.fixture
def made(session: Session) -> Coded:
    return a_coded_study(session)


def test_the_month_of_a_person_has_their_scales_codes_and_themes(made: Coded) -> None:
    made.mark("P01", 0, 14, "Trust")
    made.mark("P02", 0, 14, "Waiting")
    person = made.session.exec(select(Person).where(Person.code == "P01")).one()
    coded = read_coded(session=made.session, study=made.study, account_id=None)
    mine = coded.passages.index[coded.passages["person"] == "P01"]
    [told] = moments(
        person,
        read_answers(session=made.session, study=made.study),
        coded,
        pd.Series(4, index=mine),
        session=made.session,
        language="en",
    )
    assert (told.kind, str(told.day), told.title) == ("entry", "2026-06-01", "Today")
    assert [(each.question, each.value) for each in told.rated] == [("How are you tonight?", 5.0)]
    assert told.themes == {4: 3}
    assert told.codes == {made.codes["Trust"]: 1}


def test_a_team_is_told_by_weeks_and_never_of_fewer_than_the_threshold(made: Coded) -> None:
    answers = read_answers(session=made.session, study=made.study)
    assert writing(answers, "A", threshold=3)["people"].tolist() == [3.0]
    assert writing(answers, "A", threshold=4)[["people", "entries"]].isna().all().all()
    scales = scales_of(answers, "A", threshold=4, language="en")
    assert scales["suppressed"].all()
    assert scales["value"].isna().all()
    for person in ("P01", "P02", "P04"):
        made.mark(person, 0, 14, "Trust")
    coded = read_coded(session=made.session, study=made.study, account_id=None)
    weeks = codes_over_weeks(coded, "A", threshold=3, most=2)
    assert weeks["share"].isna().all()


def test_marking_and_taking_it_back_change_the_state(made: Coded) -> None:
    states = [state_of(session=made.session, study_id=made.study.id)]
    made.mark("P01", 0, 14, "Trust")
    states.append(state_of(session=made.session, study_id=made.study.id))
    made.code("Light")
    states.append(state_of(session=made.session, study_id=made.study.id))
    assert len(set(states)) == 3


def test_the_chapter_tells_codes_by_people_without_a_name_in_them(made: Coded) -> None:
    assert coded_month(session=made.session, study=made.study) is None
    made.code("What 王小明 says", description="As 王小明 did.")
    for person in ("P01", "P02"):
        made.mark(person, 0, 14, "Trust")
    made.mark("P03", 0, 14, "What 王小明 says")
    month = coded_month(session=made.session, study=made.study)
    assert month
    assert (month.rows[0].name, month.rows[0].people) == ("Trust", 2)
    assert "王小明" not in str(month)
    assert (month.people, month.stretches) == (3, 3)
    assert month.agreed == []


def test_the_chapter_tells_how_far_coders_agree_as_the_screen_does(made: Coded) -> None:
    made.code("What 王小明 says")
    for person in ("P01", "P02", "P03"):
        for coder in (made.anna, made.ben):
            made.mark(person, 0, 14, "Trust", by=coder)
            made.mark(person, 22, 34, "What 王小明 says", by=coder)
    made.mark("P03", 15, 22, "Trust", by=made.ben)
    for coder in (made.anna, made.ben):
        places = [made.places[person] for person in ("P01", "P02", "P03")]
        finish(places, session=made.session, study_id=made.study.id, account_id=coder)
    month = coded_month(session=made.session, study=made.study)
    assert month
    assert "王小明" not in str(month)
    shown = by_code(session=made.session, study_id=made.study.id)
    assert [each.measured for each in month.agreed] == [each.measured for each in shown]
    trust = next(each for each in month.agreed if each.name == "Trust")
    assert (trust.measured.units, trust.measured.coders, trust.marked, trust.together) == (
        7, 2, 4, 3,
    )  # fmt: skip
    assert -1 < trust.measured.alpha < 1
    material = Namespace(coded=month, study=made.study, codes=codes_pattern(["P01"]))
    told = coded_section(material, Voice("en"))  # type: ignore[arg-type]  # what it reads of it
    table = told[-1]
    assert isinstance(table, Table)
    row = next(each for each in table.rows if each[0] == "Trust")
    measured = trust.measured
    assert row == (
        "Trust",
        written(measured.alpha, measured.low, measured.high),
        "7",
        "2",
        "4",
        "3",
    )
