"""A study taken out and brought in: equal, nothing shifted, nothing twice."""

from __future__ import annotations

import pytest
from sqlmodel import Session, select

from data.tables import Coding, Study, Turn
from nlp.exchange.bringing import bring, plan
from nlp.exchange.gathering import gather
from nlp.exchange.model import Project
from nlp.exchange.project_writing import project_xml
from nlp.exchange.qdpx import read_qdpx, write_qdpx
from nlp.exchange.report import Report
from nlp.exchange.schema_check import problems
from tests.nlp.exchange.studies_for_tests import Coded, people_of_test


def project_of(session: Session, study: Study) -> Project:
    return gather(
        session=session, study=study, account_id=None, everything=True, language="en"
    ).project


def bring_in(content: bytes, session: Session, study: Study, *, trusted: bool = True) -> Report:
    what = plan(read_qdpx(content), session=session, study=study, account_id=None, trusted=trusted)
    return bring(what, session=session)


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_what_leaves_is_valid_masked_and_always_the_same(session: Session, coded: Coded) -> None:
    project = project_of(session, coded.study)
    content = write_qdpx(project)
    assert content == write_qdpx(project_of(session, coded.study))
    assert problems(project_xml(project), "Project") == []
    everything = project_xml(project).decode() + "".join(source.text for source in project.sources)
    assert "王小明" not in everything
    assert "1234567" not in everything
    words = {
        source.text[selection.start : selection.end]
        for source in project.sources
        for selection in project.selections
        if selection.source == source.guid
    }
    assert {"trusted", "𠮷野家", "good", "真情𠮷！"} <= words


def test_a_round_trip_through_an_empty_study_changes_nothing(
    session: Session, coded: Coded, elsewhere: Session
) -> None:
    before = project_of(session, coded.study)
    study = people_of_test(elsewhere)
    report = bring_in(write_qdpx(before), elsewhere, study)
    assert (report.codings, report.codes, report.texts) == (before.codings, 3, len(before.sources))
    elsewhere.commit()
    after = project_of(elsewhere, study)
    assert after == before
    assert write_qdpx(after) == write_qdpx(before)


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_what_comes_back_is_recognised(session: Session, coded: Coded) -> None:
    before = project_of(session, coded.study)
    report = bring_in(write_qdpx(before, unit="UTF-16"), session, coded.study)
    assert report.is_nothing
    assert report.codings_known == before.codings
    assert project_of(session, coded.study) == before


def test_beside_itself_a_study_comes_in_under_keys_of_its_own(
    session: Session, coded: Coded
) -> None:
    before = project_of(session, coded.study)
    study = people_of_test(session, "other")
    report = bring_in(write_qdpx(before), session, study)
    assert report.codings == before.codings
    session.commit()
    again = bring_in(write_qdpx(before), session, study)
    assert again.is_nothing
    after = project_of(session, study)
    assert [source.text for source in after.sources] == [source.text for source in before.sources]
    assert sorted((s.start, s.end, s.description) for s in after.selections) == sorted(
        (s.start, s.end, s.description) for s in before.selections
    )
    assert project_of(session, coded.study) == before


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_codings_from_elsewhere_lie_on_the_same_words(
    session: Session, coded: Coded, elsewhere: Session
) -> None:
    study = people_of_test(elsewhere)
    bring_in(write_qdpx(project_of(session, coded.study)), elsewhere, study)
    elsewhere.commit()
    turns = {turn.id: turn.text for turn in elsewhere.exec(select(Turn))}
    words = {
        turns[row.turn_id][row.start : row.end]
        for row in elsewhere.exec(select(Coding))
        if row.turn_id
    }
    assert {"trusted", "𠮷野家", "good", "真情𠮷！"} <= words
