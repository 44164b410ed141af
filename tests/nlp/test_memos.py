"""Memos on themes and passages: masked, kept apart from each other's changes, carried along."""

from __future__ import annotations

import pytest
from sqlmodel import Session

from data.tables import Memo, Passage, ThemeRun
from data.tables.base import now
from nlp import memos
from nlp.memos import MemoError
from survey.forgetting import forget_passages
from tests.quoting_for_tests import Set, a_quotable_study


@pytest.fixture
def here(session: Session) -> Set:
    return a_quotable_study(session)


def a_run(session: Session, here: Set) -> ThemeRun:
    run = ThemeRun(study_id=here.study.id, encoder="none", created_at=now())
    session.add(run)
    session.flush()
    return run


def note(session: Session, here: Set, text: str, **about: object) -> Memo:
    made = memos.note(
        text,
        session=session,
        study_id=here.study.id,
        account_id=here.researcher,
        **about,  # type: ignore[arg-type] # a passage, or a run and its theme
    )
    session.commit()
    return made


def test_names_are_masked_in_memos(session: Session, here: Set) -> None:
    made = note(session, here, "Compare with Mia Berger.", passage_id=here.written.id)
    assert made.text == "Compare with [P02]."
    (found,) = memos.about_passages([str(here.written.id)], session=session).values()
    assert [memo.id for memo in found] == [made.id]


def test_of_two_who_change_a_memo_the_second_is_told(session: Session, here: Set) -> None:
    made = note(session, here, "First.", passage_id=here.written.id)
    memos.change(made.id, "Second.", seen=1, session=session, account_id=None)
    session.commit()
    with pytest.raises(MemoError, match="in the meantime"):
        memos.change(made.id, "Third.", seen=1, session=session, account_id=None)
    session.rollback()
    memos.change(made.id, " ", seen=2, session=session, account_id=None)
    assert memos.about_passages([str(here.written.id)], session=session) == {}


def test_memos_on_themes_go_along_with_the_theme_that_continues_theirs(
    session: Session, here: Set
) -> None:
    old, new = a_run(session, here), a_run(session, here)
    for theme, text in ((0, "On tiredness."), (1, "On money.")):
        note(session, here, text, run_id=old.id, theme=theme)
    memos.carry(old, new, {0: 5}.get, session=session)
    session.commit()
    (carried,) = memos.about_themes([5], session=session, run_id=new.id)
    assert carried.text == "On tiredness."
    assert [memo.text for memo in memos.stranded(session=session, run=new)] == ["On money."]


def test_a_memo_goes_with_its_passage(session: Session, here: Set) -> None:
    note(session, here, "Look at this again.", passage_id=here.written.id)
    forget_passages([session.get_one(Passage, here.written.id)], session=session)
    session.commit()
    assert memos.about_passages([str(here.written.id)], session=session) == {}
