"""Marking, taking back, and each coder by themselves until both have finished."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlmodel import Session, select

from data.tables import Account, CodedText, Coding
from nlp.coding import blind, desk, listing, marking
from nlp.coding.coders import coders
from nlp.coding.desk import ChangedError, Chosen
from nlp.coding.places import Place, place_from
from nlp.coding.refusal import CodingError
from nlp.coding.texts import masked_words
from tests.coding_for_tests import WRITTEN, Room, a_room


@pytest.fixture
def room(session: Session) -> Room:
    return a_room(session)


def mark(session: Session, room: Room, words: str, *, who: str = "one", **more: Any) -> Coding:
    start = WRITTEN.index(words)
    (made,) = marking.mark(
        room.place,
        start,
        start + len(words),
        [more.pop("code", room.waiting).id],
        **getattr(room, f"as_{who}")(session),
        **more,
    )
    session.commit()
    return made


def standing(session: Session, room: Room, **only: Any) -> list[Coding]:
    return marking.codings(session=session, study_id=room.study.id, **only)


def test_marks_overlap_and_the_same_one_is_made_once(session: Session, room: Room) -> None:
    first = mark(session, room, "we wait")
    assert mark(session, room, "we wait").id == first.id
    mark(session, room, "wait. 王小明等了", code=room.light)
    assert len(standing(session, room)) == 2
    said = masked_words(standing(session, room), **room.as_one(session))
    assert sorted(said.values()) == ["wait. [P01]等了", "we wait"]
    assert first.person_id == room.writer.id


def test_nothing_is_marked_where_there_are_no_words(session: Session, room: Room) -> None:
    assert WRITTEN[4:5] == " "
    for start, end in ((3, 3), (5, 2), (-1, 4), (0, 10_000), (4, 5)):
        with pytest.raises(CodingError, match="Choose some words"):
            marking.mark(room.place, start, end, [room.waiting.id], **room.as_one(session))


def test_only_codes_of_this_study_that_stand_are_taken(session: Session, room: Room) -> None:
    other = a_room(session, slug="other")
    for code in (other.waiting.id, uuid4()):
        with pytest.raises(CodingError, match="not in the codebook"):
            marking.mark(room.place, 0, 4, [code], **room.as_one(session))
    room.book(session).remove(room.light.id)
    with pytest.raises(CodingError, match="not in the codebook"):
        mark(session, room, "we wait", code=room.light)


def test_undo_goes_back_step_by_step(session: Session, room: Room) -> None:
    mark(session, room, "we wait")
    second = mark(session, room, "left", code=room.light)
    marking.unmark([second.id], **room.as_one(session))
    assert len(standing(session, room)) == 1
    for left in (2, 1, 0):
        marking.undo([room.place], **room.as_one(session))
        assert len(standing(session, room)) == left
    with pytest.raises(CodingError, match="nothing to take back"):
        marking.undo([room.place], **room.as_one(session))


def test_nobody_changes_anothers_mark(session: Session, room: Room) -> None:
    made = mark(session, room, "we wait")
    for change in (
        lambda: marking.unmark([made.id], **room.as_two(session)),
        lambda: marking.note(made.id, "x", **room.as_two(session)),
    ):
        with pytest.raises(CodingError, match="Another coder"):
            change()
    other = a_room(session, slug="other")
    with pytest.raises(CodingError, match="not there any more"):
        marking.unmark([made.id], **other.as_one(session))


def test_names_are_masked_in_memos(session: Session, room: Room) -> None:
    made = mark(session, room, "we wait")
    marking.note(made.id, " Like Mia Berger. ", **room.as_one(session))
    assert made.memo == "Like [P02]."
    with pytest.raises(CodingError, match="at most"):
        marking.note(made.id, "x" * 10_001, **room.as_one(session))


def seen(session: Session, room: Room, who: str) -> set[str]:
    account = room.one if who == "one" else room.two
    found = desk.opened(
        "entry", room.entry.id, session=session, study=room.study, account_id=account
    )
    return {each["coder"] or "me" if not each["mine"] else "me" for each in found["marks"]}


def finish(session: Session, room: Room, who: str) -> None:
    blind.finish([room.place], **getattr(room, f"as_{who}")(session))
    session.commit()


def test_coders_see_each_others_marks_once_both_have_finished(session: Session, room: Room) -> None:
    mark(session, room, "we wait")
    mark(session, room, "left", who="two")
    finish(session, room, "one")
    assert seen(session, room, "one") == seen(session, room, "two") == {"me"}
    with pytest.raises(CodingError, match="Open it again"):
        mark(session, room, "Then")
    finish(session, room, "two")
    assert seen(session, room, "two") == {"me", "Ada"}
    assert len(session.exec(select(CodedText)).all()) == 2


def test_whoever_splits_a_code_reads_no_marks_that_they_are_blind_to(
    session: Session, room: Room
) -> None:
    theirs = mark(session, room, "left", who="two")

    def read(who: str) -> set[UUID]:
        marks = room.book(session).marks([room.waiting.id])
        return {each.id for each in blind.open_to(marks, **getattr(room, f"as_{who}")(session))}

    assert read("one") == {theirs.id}  # who does not code sees all
    mine = mark(session, room, "we wait")
    assert (read("one"), read("two")) == ({mine.id}, {theirs.id})
    finish(session, room, "one")
    assert read("one") == {mine.id}
    finish(session, room, "two")
    assert read("one") == read("two") == {mine.id, theirs.id}


def test_what_both_marked_stands_and_what_they_decide_is_kept_beside_it(
    session: Session, room: Room
) -> None:
    mine = mark(session, room, "we wait")
    finish(session, room, "one")
    blind.reopen([room.place], **room.as_one(session))
    mark(session, room, "Then")
    finish(session, room, "one")
    finish(session, room, "two")
    with pytest.raises(CodingError, match="stands as it is"):
        blind.reopen([room.place], **room.as_one(session))
    with pytest.raises(CodingError, match="stands as it is"):
        marking.unmark([mine.id], **room.as_one(session))
    decided = mark(session, room, "we wait", who="two", version="decided")
    assert decided.id != mine.id
    assert mark(session, room, "we wait", version="decided").id == decided.id
    assert len(standing(session, room, version="own")) == 2


def test_a_coder_who_leaves_leaves_their_marks(session: Session, room: Room) -> None:
    mark(session, room, "we wait")
    finish(session, room, "one")
    session.get_one(Account, room.one).disabled = True
    session.flush()
    assert not coders(session=session, study_id=room.study.id)[room.one].here
    finish(session, room, "two")
    assert seen(session, room, "two") == {"Ada"}
    session.delete(session.get_one(Account, room.one))
    session.flush()
    session.expire_all()
    (kept,) = standing(session, room)
    assert kept.account_id is None
    assert room.one not in coders(session=session, study_id=room.study.id)


def test_the_list_says_how_far_one_is(session: Session, room: Room) -> None:
    def state() -> tuple[str, int, int]:
        (one,) = listing.listed(**room.as_one(session))
        return one.state, one.marks, one.others

    assert state() == ("unread", 0, 0)
    mark(session, room, "we wait")
    assert state() == ("begun", 1, 0)
    finish(session, room, "two")
    finish(session, room, "one")
    assert state() == ("finished", 1, 1)


def test_a_text_that_changed_since_it_was_read_is_not_marked(session: Session, room: Room) -> None:
    opened = desk.opened(
        "entry", room.entry.id, session=session, study=room.study, account_id=room.one
    )
    part = opened["parts"][0]
    chosen = Chosen(place_from(part["key"]), part["mark"], 0, 5)
    (made,) = desk.mark([chosen], [room.waiting.id], **room.as_one(session))
    assert (made["start"], made["end"]) == (0, 5)  # "[P03]"
    room.entry.answers = {**room.entry.answers, "moment": WRITTEN.replace("we wait", "we left")}
    session.add(room.entry)
    session.flush()
    with pytest.raises(ChangedError):
        desk.mark([chosen], [room.waiting.id], **room.as_one(session))


def test_hidden_groups_leave_nothing_of_who_it_was(session: Session, room: Room) -> None:
    def people() -> Any:
        return desk.opened(
            "entry", room.entry.id, session=session, study=room.study, account_id=room.one
        )["people"]

    assert people() == {}
    blind.hide_groups(room.study, hidden=False, session=session, account_id=room.one)
    assert people()[1]["code"] == "P03"


@pytest.mark.parametrize(
    "key", ["", "turn:x", "turn:", "answer:x:/a", "answer:00000000-0000-0000-0000-000000000000:a"]
)
def test_a_key_that_is_none_is_refused(key: str) -> None:
    with pytest.raises(CodingError):
        place_from(key)


def test_a_place_is_the_same_written_and_read(room: Room) -> None:
    for place in (room.place, Place(turn_id=uuid4())):
        assert place_from(place.key) == place
