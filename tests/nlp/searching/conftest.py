"""A study with passages in three languages."""

from __future__ import annotations

from datetime import date

import pytest
from sqlmodel import Session

from data.tables import Passage, Study
from nlp.encoders import text_hash
from tests.studies_for_tests import a_person, a_study

TEXTS = [
    ("zh-Hans", "昨天晚上只睡了三个小时，今天特别困。"),
    ("zh-Hans", "预算已经花完了，我们没有钱再租机器。"),
    ("en", "The budget is gone, there is no money left for the machines."),
    ("en", "It rained all day and the street was flooded."),
    ("de", "Die Schauspielerin hat in der letzten Szene wirklich geweint."),
    ("zh-Hans", "演员在最后一场戏里真的哭了。"),
    ("en", "n/a"),
]


@pytest.fixture
def study(session: Session) -> Study:
    made = a_study(session)
    person = a_person(session, made, "P02")
    for place, (language, text) in enumerate(TEXTS):
        session.add(
            Passage(
                study_id=made.id,
                person_id=person.id,
                start=place * 100,
                end=place * 100 + len(text),
                language=language,
                masked=text,
                text_hash=text_hash(text),
                day=date(2026, 6, 1 + place),
            )
        )
    session.commit()
    return made
