"""Where stretches of a text lie in its corrected version."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from survey.anchoring import Anchored, anchored

OLD = "We slept on the floor. 我们等了三个小时。 Nobody asked 💡 why."


def at(text: str, words: str) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)


@pytest.mark.parametrize(
    ("words", "new"),
    [
        ("on the floor", "We both slept on the floor. 我们等了三个小时。 Nobody asked 💡 why."),
        ("等了三个小时", "We slept there. 我们等了三个小时。 Nobody asked 💡 why."),
        ("asked 💡 why", "First. We slept on the floor. Nobody asked 💡 why."),
        ("floor. 我们等了", "Then we slept on the floor. 我们等了两个小时。 Nobody asked why."),
    ],
)
def test_what_did_not_change_is_where_its_words_now_are(words: str, new: str) -> None:
    (found,) = anchored([at(OLD, words)], OLD, new)
    assert not found.lost
    assert new[found.start : found.end] == words


@pytest.mark.parametrize(
    ("words", "new", "instead"),
    [
        (
            "on the floor",
            "We slept on a sofa. 我们等了三个小时。 Nobody asked 💡 why.",
            "on a sofa",
        ),
        ("三个", "We slept on the floor. 我们等了两个小时。 Nobody asked 💡 why.", "两个"),
        ("Nobody asked 💡 why.", "We slept on the floor. 我们等了三个小时。", ""),
        ("slept", "We overslept on the floor. 我们等了三个小时。", "overslept"),
    ],
)
def test_what_changed_is_lost_and_tells_what_stands_there(
    words: str, new: str, instead: str
) -> None:
    (found,) = anchored([at(OLD, words)], OLD, new)
    assert found.lost
    assert new[found.start : found.end] == instead


ALPHABET = st.sampled_from(list("ab c.。我们💡𠀀\n"))
TEXT = st.text(ALPHABET, max_size=60)


@settings(deadline=None)
@given(TEXT, TEXT, TEXT, st.data())
def test_what_stands_around_a_change_stays(
    before: str, middle: str, after: str, data: st.DataObject
) -> None:
    old = f"{before} {middle} {after}"
    new = f"{before} {data.draw(TEXT)} {after}"
    start = data.draw(st.integers(0, len(old)))
    end = data.draw(st.integers(start, len(old)))
    (found,) = anchored([(start, end)], old, new)
    assert 0 <= found.start <= found.end <= len(new)
    if not found.lost:
        assert new[found.start : found.end] == old[start:end]


@settings(deadline=None)
@given(TEXT)
def test_an_unchanged_text_loses_nothing_but_space(text: str) -> None:
    spans = [(start, start + 1) for start, letter in enumerate(text) if not letter.isspace()]
    assert anchored(spans, text, text) == [Anchored(*span, lost=False) for span in spans]


def test_a_long_answer_written_anew_is_told_apart_at_once() -> None:
    old = " ".join(f"word{n}" for n in range(5000)) + " the end"
    new = " ".join(f"other{n}" for n in range(5000)) + " the end"
    (found,) = anchored([(0, 5)], old, new)
    assert found.lost
