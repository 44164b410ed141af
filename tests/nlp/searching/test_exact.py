"""Exact search, on each kind of database."""

from __future__ import annotations

import pytest
from sqlmodel import Session, select

from data.tables import Passage, Study
from nlp.searching import containing


@pytest.mark.parametrize(
    ("words", "count"),
    [("睡", 1), ("BUDGET", 1), ("die schau", 1), ("ＢＵＤＧＥＴ", 1), ("%", 0), ("_", 0), (" ", 0)],
)
def test_exact_words_are_found_whatever_their_capitals(
    session: Session, study: Study, words: str, count: int
) -> None:
    assert len(containing(words, session=session, study_id=study.id)) == count


def test_umlauts_have_capitals_too(session: Session, study: Study) -> None:
    passage = session.exec(select(Passage)).first()
    assert passage
    passage.masked = "Übermüdet sein"
    session.add(passage)
    session.commit()
    assert containing("ÜBERMÜDET", session=session, study_id=study.id) == [str(passage.id)]
