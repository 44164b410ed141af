"""What researchers wrote loses the words of whoever withdrew, and they are asked to read it again."""

from __future__ import annotations

import pytest
from sqlmodel import Session, select

from data.tables import ChapterText, Memo, Theme, ThemeRun
from data.tables.base import now
from nlp import memos, quoting
from nlp.chapter.authors import OPENING, write_text
from nlp.deciding import Desk, decisions_of, describe, log_of, rename
from nlp.rereading import Shortened, shortened
from nlp.results import read_run
from survey.withdrawal import withdraw
from tests.quoting_for_tests import Set, a_quotable_study

SPOKEN = "I never lit a single shot, and still it is mine"
TRANSLATED = "我从没给一个镜头打过光，可它还是我的。"


@pytest.fixture
def here(session: Session) -> Set:
    return a_quotable_study(session)


@pytest.fixture
def run(session: Session, here: Set) -> ThemeRun:
    made = ThemeRun(study_id=here.study.id, encoder="none", quality={}, created_at=now())
    session.add(made)
    session.flush()
    session.add(Theme(run_id=made.id, number=0, measures={"voices": 2}))
    session.flush()
    return made


def own_text(session: Session, here: Set, text: str, *, seen: int = 0) -> ChapterText:
    return write_text(
        OPENING.key, text, session=session, study_id=here.study.id, language="en",
        account_id=here.researcher, seen=seen,
    )  # fmt: skip


def to_read(session: Session, here: Set, run: ThemeRun) -> Shortened:
    found = read_run(session=session, run=run)
    return shortened(found, session=session, study_id=here.study.id)


def test_exact_words_go_out_of_paragraphs_descriptions_and_memos_and_are_listed(
    session: Session, here: Set, run: ThemeRun
) -> None:
    own_text(session, here, f"One of them said: “{SPOKEN}”. We believe it.")
    desk = Desk(session=session, run_id=run.id, account_id=here.researcher, seen=0)
    describe(desk, 0, f"Whose it is: {SPOKEN}?", language="en")
    rename(desk, 0, "Whose it is", language="en")
    memos.note(
        f"Compare “{SPOKEN}”", session=session, study_id=here.study.id,
        account_id=here.researcher, run_id=run.id, theme=0,
    )  # fmt: skip
    assert not to_read(session, here, run)
    withdraw(session=session, person=here.two)
    session.commit()
    lost = to_read(session, here, run)
    assert [row.text for row in lost.paragraphs] == ["One of them said: “[…]”. We believe it."]
    assert [row.text for row in lost.memos] == ["Compare “[…]”"]
    assert (list(lost.descriptions), list(lost.names)) == ([0], [])
    decisions = decisions_of(log_of(session=session, run_id=run.id))
    assert decisions.descriptions == {0: {"en": "Whose it is: […]?"}}
    assert decisions.names == {0: {"en": "Whose it is"}}


def test_what_was_written_anew_is_not_listed_any_more(
    session: Session, here: Set, run: ThemeRun
) -> None:
    kept = own_text(session, here, f"She said “{SPOKEN}”.")
    withdraw(session=session, person=here.two)
    session.commit()
    session.refresh(kept)
    assert len(to_read(session, here, run)) == 1
    own_text(session, here, "Somebody left […].", seen=kept.revision)
    assert len(to_read(session, here, run)) == 0


def test_an_ellipsis_of_the_authors_and_words_of_others_stay(
    session: Session, here: Set, run: ThemeRun
) -> None:
    kept = own_text(session, here, f"First […], then “{SPOKEN}”.")
    withdraw(session=session, person=here.one)
    session.commit()
    session.refresh(kept)
    assert kept.text == f"First […], then “{SPOKEN}”."
    assert not to_read(session, here, run)


def test_a_translation_of_their_words_goes_too(session: Session, here: Set, run: ThemeRun) -> None:
    made = quoting.put(
        session=session, study_id=here.study.id, passage_id=here.spoken.id,
        account_id=here.researcher,
    )  # fmt: skip
    session.flush()
    quoting.translate(
        made.id, TRANSLATED, language="zh-Hans", translator="Lin Xia", machine=False,
        seen=made.revision, session=session, account_id=here.researcher,
    )  # fmt: skip
    own_text(session, here, f"有人说：“{TRANSLATED}”")
    session.commit()
    withdraw(session=session, person=here.two)
    session.commit()
    assert [row.text for row in to_read(session, here, run).paragraphs] == ["有人说：“[…]”"]
    assert session.exec(select(Memo)).all() == []
