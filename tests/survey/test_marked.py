"""What coders marked follows the text through corrections, cuts and withdrawals."""

from __future__ import annotations

from typing import Any

import pytest
from sqlmodel import Session, col, select

from data.tables import Code, CodedText, CodeEdit, Coding, CodingTalk, Interview, Person, Turn
from survey import interviews
from survey.belongings import belongings
from survey.corrections import correct
from survey.holdings import gathered
from survey.interviews import turns
from survey.transcripts import read
from survey.withdrawal import withdraw
from tests.coding_for_tests import WRITTEN, Room, a_room

SAID = "We waited for the light. Then nobody knew why we shot it twice."


@pytest.fixture
def room(session: Session) -> Room:
    return a_room(session)


@pytest.fixture
def turn(session: Session, room: Room) -> Turn:
    """The one turn of P03 in an interview; the interviewer asks before and after."""
    interviews.keep(
        session=session,
        study_id=room.study.id,
        key="talk",
        transcript=read("talk.txt", f"I: Why?\nP03: {SAID}\nI: And then?".encode()),
        speakers={"I": {"role": "interviewer"}, "P03": {"person": str(room.writer.id)}},
    )
    session.flush()
    return session.exec(select(Turn).where(Turn.speaker == "P03")).one()


def marked(session: Session, room: Room, text: str, words: str, **place: Any) -> Coding:
    start = text.index(words)
    made = Coding(
        study_id=room.study.id,
        person_id=room.writer.id,
        code_id=room.waiting.id,
        account_id=room.one,
        start=start,
        end=start + len(words),
        **place,
    )
    session.add(made)
    session.flush()
    return made


def answer(room: Room) -> dict[str, Any]:
    return {"response_id": room.entry.id, "path": "/data/moment"}


def test_a_corrected_answer_keeps_marks_on_words_that_stayed(session: Session, room: Room) -> None:
    stays = marked(session, room, WRITTEN, "Mia Berger", **answer(room))
    goes = marked(session, room, WRITTEN, "we wait", **answer(room))
    new = WRITTEN.replace("we wait", "all of us left early")
    correct(
        session=session,
        person=room.writer,
        instance_id=room.entry.id,
        based_on=room.entry.sha256,
        answers={**room.entry.answers, "moment": new},
    )
    assert new[stays.start : stays.end] == "Mia Berger"
    assert stays.lost_at is None
    assert goes.lost_at is not None
    assert new[goes.start : goes.end] == "all of us left early"


def test_marks_of_an_answer_that_is_gone_are_lost(session: Session, room: Room) -> None:
    made = marked(session, room, WRITTEN, "we wait", **answer(room))
    correct(
        session=session,
        person=room.writer,
        instance_id=room.entry.id,
        based_on=room.entry.sha256,
        answers={"mood": 7},
    )
    assert (made.start, made.end) == (0, 0)
    assert made.lost_at is not None


def test_a_corrected_turn_takes_its_marks_along(session: Session, room: Room, turn: Turn) -> None:
    made = marked(session, room, SAID, "nobody knew why", turn_id=turn.id)
    new = SAID.replace("for the light", "an hour for the sun")
    turns.correct(turn, new, seen=SAID, session=session, account_id=None)
    assert new[made.start : made.end] == "nobody knew why"


def test_a_turn_is_cut_with_its_marks_and_joined_again(
    session: Session, room: Room, turn: Turn
) -> None:
    first = marked(session, room, SAID, "waited", turn_id=turn.id)
    second = marked(session, room, SAID, "nobody", turn_id=turn.id)
    both = marked(session, room, SAID, "light. Then nobody", turn_id=turn.id)
    session.add(CodedText(study_id=room.study.id, account_id=room.one, turn_id=turn.id))
    session.flush()
    made = turns.split(turn, SAID.index("Then"), session=session, account_id=None)
    for coding, words in ((first, "waited"), (both, "light.")):
        assert turn.text[coding.start : coding.end] == words
    found = session.exec(select(Coding).where(Coding.turn_id == made.id)).all()
    assert {made.text[each.start : each.end] for each in found} == {"nobody", "Then nobody"}
    assert second.turn_id == made.id
    assert len(session.exec(select(CodedText)).all()) == 2
    turns.merge(turn, session=session, account_id=None)
    assert turn.text[second.start : second.end] == "nobody"
    assert len(session.exec(select(Coding).where(Coding.turn_id == turn.id)).all()) == 4
    assert len(session.exec(select(CodedText)).all()) == 1


def test_a_turn_that_nobody_of_the_study_speaks_has_no_person(
    session: Session, room: Room, turn: Turn
) -> None:
    made = marked(session, room, SAID, "nobody", turn_id=turn.id)
    turns.relabel(turn, "I", session=session, account_id=None)
    session.refresh(made)
    assert made.person_id is None
    turns.relabel(turn, "P03", session=session, account_id=None)
    session.refresh(made)
    assert made.person_id == room.writer.id


def test_words_taken_away_for_good_take_their_marks_along(
    session: Session, room: Room, turn: Turn
) -> None:
    marked(session, room, SAID, "nobody", turn_id=turn.id)
    turns.remove(turn, session=session, account_id=None)
    assert session.exec(select(Coding)).all() == []


def test_people_are_told_what_was_marked(session: Session, room: Room, turn: Turn) -> None:
    marked(session, room, SAID, "nobody", turn_id=turn.id)
    marked(session, room, WRITTEN, "Anna 💡", **answer(room))
    facts = gathered(belongings(session=session, person=room.writer), session=session)
    assert [(each["words"], each["code"]) for each in facts["marks"]] == [
        ("nobody", "Waiting"),
        ("Anna 💡", "Waiting"),
    ]


def test_who_withdraws_leaves_no_word_with_the_coders(
    session: Session, room: Room, turn: Turn
) -> None:
    words = "nobody knew why we shot it"
    made = marked(session, room, SAID, "nobody", turn_id=turn.id)
    made.memo = f"“{words}”"
    session.add(
        CodingTalk(
            study_id=room.study.id, turn_id=turn.id, start=0, end=4, text=words, account_id=room.one
        )
    )
    session.add(CodedText(study_id=room.study.id, account_id=room.one, **answer(room)))
    book = room.book(session)
    book.change(room.light.id, seen=room.light.revision, examples=[words], memo=f"Like “{words}”.")
    session.commit()
    withdraw(session=session, person=room.writer)
    session.commit()
    session.expire_all()
    for table in (Coding, CodingTalk, CodedText):
        assert session.exec(select(table)).all() == []
    light = session.get_one(Code, room.light.id)
    assert (light.examples, light.memo) == (["[…]"], "Like “[…]”.")
    edits = session.exec(select(CodeEdit).order_by(col(CodeEdit.position))).all()
    assert not any(words in str(edit.after) + str(edit.before) for edit in edits)
    assert session.exec(select(Interview)).first() is None
    assert session.get_one(Person, room.writer.id).name == ""
