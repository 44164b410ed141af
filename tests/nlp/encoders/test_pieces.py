from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from nlp.encoders.pieces import cut


def test_a_short_text_stays_whole() -> None:
    assert cut("We waited.", 100) == ["We waited."]


def test_it_is_cut_after_a_sentence() -> None:
    assert cut("We waited long. Then it rained.", 20) == ["We waited long.", "Then it rained."]
    assert cut("雾没有散。我们等了很久。", 21) == ["雾没有散。", "我们等了很久。"]


def test_without_a_sentence_it_is_cut_after_a_word() -> None:
    assert cut("one two three four", 10) == ["one two", "three four"]


@given(st.text(max_size=300), st.integers(min_value=4, max_value=50))
def test_pieces_fit_and_nothing_but_space_is_lost(text: str, longest: int) -> None:
    pieces = cut(text, longest)
    assert all(len(piece.encode()) <= longest for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())
