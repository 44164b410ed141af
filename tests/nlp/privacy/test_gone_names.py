"""Whoever withdrew is not named again by the texts of colleagues."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session, select

from data.tables import Passage, Person
from nlp.gathering import gather
from nlp.gone_names import gone_names, spellings
from survey import responses
from survey.questionnaires import latest
from survey.withdrawal import withdraw
from tests.studies_for_tests import a_person, a_study


def masked(session: Session) -> list[str]:
    return sorted(session.exec(select(Passage.masked)).all())


def writes(session: Session, person: Person, text: str, day: int) -> None:
    questionnaire = latest(session=session, study_id=person.study_id, name="daily")
    assert questionnaire
    responses.submit(
        session=session, person=person, questionnaire=questionnaire, instance_id=uuid4(),
        answers={"mood": 7, "moment": text}, day=date(2026, 6, day), language="zh-Hans",
    )  # fmt: skip


def test_a_name_stays_masked_in_the_texts_of_others_after_its_owner_withdrew(
    session: Session,
) -> None:
    study = a_study(session)
    two = a_person(session, study, "P02")
    two.name = "李四光"
    one = session.exec(select(Person).where(Person.code == "P01")).one()
    writes(session, two, "王小明今天笑了。", 3)
    gather(session=session, study_id=study.id)
    session.commit()
    before = masked(session)
    assert before == ["[P01]今天笑了。"]
    withdraw(session=session, person=one)
    session.commit()
    assert gone_names(session=session, study_id=study.id) == {"P01": ["王小明"]}
    two.nicknames = ["老李"]  # other names: everything is masked anew
    writes(session, two, "后来王小明走了。", 4)
    gather(session=session, study_id=study.id)
    session.commit()
    assert masked(session) == ["[P01]今天笑了。", "后来[P01]走了。"]


def test_where_nobody_withdrew_nothing_is_looked_up(session: Session) -> None:
    study = a_study(session)
    assert gone_names(session=session, study_id=study.id) == {}


@pytest.mark.parametrize(
    ("masked_text", "original"),
    [
        ("[P07][P08] came", "MiaTom came"),
        ("[P07] came", "Mia went"),
        ("[P07]", "x"),
        ("nobody [laughs]", "nobody [laughs]"),
    ],
)
def test_what_cannot_be_told_is_left_alone(masked_text: str, original: str) -> None:
    assert spellings(masked_text, original, codes=["P07"]) == []


words = st.text(st.characters(categories=["L"]), min_size=2, max_size=8)


@given(words, words, words)
def test_a_name_between_other_words_is_read_back(before: str, name: str, after: str) -> None:
    found = spellings(f"{before} [P07] {after}", f"{before} {name} {after}", codes=["P07"])
    assert found == [("P07", name)]
