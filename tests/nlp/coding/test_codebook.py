"""The codebook: its changes, taking them back, and the file it travels in."""

from __future__ import annotations

from typing import Any

import pytest
from sqlmodel import Session

from data.tables import Code, Coding
from nlp.coding import marking
from nlp.coding.codebook import CodebookError, branches, history, uses
from nlp.coding.codebook_file import take, written
from nlp.coding.undoing import last_edit, undo
from tests.coding_for_tests import WRITTEN, Room, a_room


@pytest.fixture
def room(session: Session) -> Room:
    return a_room(session)


def tree(session: Session, room: Room) -> list[str]:
    found = branches(session=session, study_id=room.study.id)
    return ["  " * each.depth + each.code.name for each in found]


def mark(session: Session, room: Room, words: str, code: Code, who: str = "one") -> Coding:
    start = WRITTEN.index(words)
    (made,) = marking.mark(
        room.place, start, start + len(words), [code.id], **getattr(room, f"as_{who}")(session)
    )
    return made


def take_back(session: Session, room: Room) -> None:
    last = last_edit(history(session=session, study_id=room.study.id))
    assert last
    undo(room.book(session), seen=last.position)


def counted(session: Session, room: Room) -> dict[str, tuple[int, int]]:
    marks = uses(session=session, study_id=room.study.id)
    codes = branches(session=session, study_id=room.study.id)
    return {each.code.name: marks.get(each.code.id, (0, 0)) for each in codes}


def test_codes_stand_below_codes_and_move(session: Session, room: Room) -> None:
    book = room.book(session)
    queue = book.make("Queue", parent_id=room.waiting.id)
    book.make("Boredom", parent_id=room.waiting.id)
    book.move(queue.id, parent_id=room.waiting.id, position=1)
    assert tree(session, room) == ["Waiting", "  Boredom", "  Queue", "Light"]
    book.move(room.waiting.id, parent_id=room.light.id)
    assert tree(session, room) == ["Light", "  Waiting", "    Boredom", "    Queue"]
    take_back(session, room)
    assert tree(session, room) == ["Waiting", "  Boredom", "  Queue", "Light"]
    with pytest.raises(CodebookError, match="below itself"):
        book.move(room.waiting.id, parent_id=queue.id)


def test_of_two_who_change_a_code_the_second_is_told(session: Session, room: Room) -> None:
    book = room.book(session)
    seen = room.waiting.revision
    book.change(room.waiting.id, seen=seen, name="To wait", description="Not Mia Berger's.")
    assert room.waiting.description == "Not [P02]'s."
    with pytest.raises(CodebookError, match="in the meantime"):
        book.change(room.waiting.id, seen=seen, name="Wait")
    take_back(session, room)
    assert (room.waiting.name, room.waiting.description) == ("Waiting", "")


def test_a_name_is_there_short_and_one_of_a_kind(session: Session, room: Room) -> None:
    for name in ("", "  ", "x" * 201, "light", " Light "):
        with pytest.raises(CodebookError):
            room.book(session).make(name)


def test_merging_takes_marks_and_children_along_and_can_be_taken_back(
    session: Session, room: Room
) -> None:
    book = room.book(session)
    book.make("Queue", parent_id=room.waiting.id)
    mark(session, room, "we wait", room.waiting)
    mark(session, room, "we wait", room.light)
    mark(session, room, "left", room.waiting, "two")
    book.merge(room.waiting.id, room.light.id)
    assert tree(session, room) == ["Light", "  Queue"]
    assert counted(session, room)["Light"] == (2, 2)
    take_back(session, room)
    assert tree(session, room) == ["Waiting", "  Queue", "Light"]
    assert counted(session, room) == {"Waiting": (2, 2), "Queue": (0, 0), "Light": (1, 1)}


def test_a_code_cannot_become_part_of_what_is_below_it(session: Session, room: Room) -> None:
    queue = room.book(session).make("Queue", parent_id=room.waiting.id)
    for into in (queue.id, room.waiting.id):
        with pytest.raises(CodebookError, match="Choose another"):
            room.book(session).merge(room.waiting.id, into)


def test_splitting_gives_some_marks_to_a_new_code(session: Session, room: Room) -> None:
    first = mark(session, room, "we wait", room.waiting)
    mark(session, room, "left", room.waiting)
    book = room.book(session)
    book.split(room.waiting.id, "Long waiting", [first.id])
    assert counted(session, room) == {"Waiting": (1, 1), "Light": (0, 0), "Long waiting": (1, 1)}
    marking.unmark([first.id], **room.as_one(session))
    take_back(session, room)
    assert counted(session, room) == {"Waiting": (1, 1), "Light": (0, 0)}
    with pytest.raises(CodebookError, match="Choose marks"):
        book.split(room.waiting.id, "Other", [first.id])


def test_a_code_in_use_goes_with_its_marks_and_comes_back_with_them(
    session: Session, room: Room
) -> None:
    made = mark(session, room, "we wait", room.waiting)
    book = room.book(session)
    book.make("Queue", parent_id=room.waiting.id)
    book.remove(room.waiting.id)
    assert tree(session, room) == ["Light", "Queue"]
    assert marking.codings(session=session, study_id=room.study.id) == []
    with pytest.raises(CodebookError, match="not in the codebook"):
        book.change(room.waiting.id, seen=room.waiting.revision, name="x")
    take_back(session, room)
    assert tree(session, room) == ["Waiting", "  Queue", "Light"]
    assert [each.id for each in marking.codings(session=session, study_id=room.study.id)] == [
        made.id
    ]


def test_everything_can_be_taken_back_to_the_beginning(session: Session, room: Room) -> None:
    book = room.book(session)
    book.merge(room.waiting.id, room.light.id)
    for _ in range(3):
        take_back(session, room)
    assert tree(session, room) == []
    assert last_edit(history(session=session, study_id=room.study.id)) is None
    with pytest.raises(CodebookError, match="nothing to take back"):
        undo(book, seen=0)


def test_what_somebody_changed_meanwhile_is_not_taken_back(session: Session, room: Room) -> None:
    seen = history(session=session, study_id=room.study.id)[-1].position
    room.book(session).make("Newer")
    with pytest.raises(CodebookError, match="in the meantime"):
        undo(room.book(session), seen=seen)


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_codebook_comes_back_from_its_file_as_it_was(
    session: Session, room: Room, ending: Any
) -> None:
    book = room.book(session)
    said = {"description": "=1+1, “等”\nin 2 lines", "examples": ["'tis 💡", "𠀀"], "memo": "-x"}
    book.make("Queue", parent_id=room.waiting.id, colour="plum", **said)
    ids = {"study_id": room.study.id, "account_id": room.one}
    file = written(session=session, format=ending, **ids)
    other = a_room(session, slug="other")
    for code in (other.waiting, other.light):
        other.book(session).remove(code.id)
    taken = take(f"codes.{ending}", file, other.book(session))
    assert (taken.made, taken.changed) == (3, 0)
    assert tree(session, other) == tree(session, room)
    queue = branches(session=session, study_id=other.study.id)[1].code
    assert {name: getattr(queue, name) for name in said} == said
    assert queue.colour == "plum"
    assert take(f"codes.{ending}", file, other.book(session)) == type(taken)(0, 0)


def test_a_file_that_is_no_codebook_says_why(session: Session, room: Room) -> None:
    for content, said in (
        (b"name\nx\n", "column called"),
        (b"code,below\nx,Nowhere\n", "Row 2"),
        (b"code\n" + b"x" * 300 + b"\n", "Row 2"),
        (b"\xff\xfe\x00\xd8", "not a table"),
        (b"", "first row"),
    ):
        with pytest.raises(CodebookError, match=said):
            take("codes.csv", content, room.book(session))
