"""The way between the code points of a text and of what coders read of it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from nlp.coding.masking import shown
from nlp.coding.places import Place
from nlp.coding.refusal import CodingError
from nlp.coding.texts import document, text_at
from nlp.masking_review import Known
from tests.coding_for_tests import WRITTEN, Room, a_room

NAMES = Known({"P01": ["王小明"], "P02": ["Mia Berger"], "P03": ["Anna Novak"]})
PIECES = st.sampled_from(
    ["Anna Novak", "王小明", "Mia", "💡", "𠀀", "e\u0301", " ", "we", "。", "👩‍🚀"]
)
TEXT = st.lists(PIECES, max_size=12).map("".join)


@pytest.fixture
def room(session: Session) -> Room:
    return a_room(session)


@settings(deadline=None)
@given(TEXT, st.data())
def test_a_stretch_goes_to_the_original_and_back_whole(text: str, data: st.DataObject) -> None:
    read = shown(text, [], NAMES, languages=["en"])
    start = data.draw(st.integers(0, len(read.text)))
    end = data.draw(st.integers(start, len(read.text)))
    start, end = read.whole(start, end)
    assert read.whole(start, end) == (start, end)
    first, last = read.to_original(start, end)
    assert 0 <= first <= last <= len(text)
    if start < end:
        assert read.to_masked(first, last) == (start, end)
        again = shown(text[first:last], [], NAMES, languages=["en"]).text
        assert len(re.findall(r"\[P0\d\]", read.text[start:end])) <= again.count("[")


@settings(deadline=None)
@given(TEXT)
def test_what_is_not_masked_stands_at_its_place(text: str) -> None:
    read = shown(text, [], NAMES, languages=["en"])
    for place, letter in enumerate(read.text):
        if any(each.masked_start <= place < each.masked_end for each in read.stands):
            continue
        first, last = read.to_original(place, place + 1)
        assert text[first:last] == letter


def test_a_selection_that_cuts_a_name_takes_it_whole(session: Session, room: Room) -> None:
    read = text_at(room.place, **room.as_one(session))  # as asked
    assert read.text == "[P03] 💡 said: we wait. [P01]等了三个小时𠀀。Then [P02] left."
    inside = read.text.index("[P02]") + 2
    start, end = read.whole(inside, inside + 1)
    assert read.text[start:end] == "[P02]"
    first, last = read.to_original(start, end)
    assert WRITTEN[first:last] == "Mia Berger"


def test_a_selection_that_cuts_a_character_takes_it_whole() -> None:
    read = shown("so 👩‍🚀 e\u0301!", [], NAMES, languages=["en"])
    start, end = read.whole(4, 5)
    assert read.text[start:end] == "👩‍🚀"
    start, end = read.whole(read.text.index("e"), read.text.index("e") + 1)
    assert read.text[start:end] == "e\u0301"


def test_an_address_that_only_the_worker_finds_is_masked_here_too(
    session: Session, room: Room
) -> None:
    from data.tables import Passage
    from nlp.encoders import text_hash

    session.add(
        Passage(
            study_id=room.study.id,
            person_id=room.writer.id,
            response_id=room.entry.id,
            path="/data/moment",
            start=0,
            end=len(WRITTEN),
            language="en",
            masked=(kept := "[P03] 💡 said: [address]. [P01]等了三个小时𠀀。Then [P02] left."),
            text_hash=text_hash(kept),
        )
    )
    session.flush()
    read = text_at(room.place, **room.as_one(session))  # as asked
    assert read.text == kept
    start = read.text.index("[address]")
    first, last = read.to_original(start, start + 3)
    assert WRITTEN[first:last] == "we wait"


def test_the_mark_of_a_text_changes_with_it_and_with_what_is_masked() -> None:
    texts = [
        shown("We wait.", [], NAMES, languages=[]),
        shown("We waited.", [], NAMES, languages=[]),
        shown("Anna Novak", [], NAMES, languages=[]),
        shown("Anna Novak", [], Known({"P09": ["Anna Novak"]}), languages=[]),
    ]
    assert len({text.mark for text in texts}) == len(texts)


def test_a_text_of_another_study_is_not_here(session: Session, room: Room) -> None:
    other = a_room(session, slug="other")
    for place in (other.place, Place(response_id=room.entry.id, path="/data/mood")):
        with pytest.raises(CodingError, match="not here"):
            text_at(place, **room.as_one(session))  # as asked
    with pytest.raises(CodingError, match="not here"):
        document("entry", other.entry.id, **room.as_one(session))  # as asked
