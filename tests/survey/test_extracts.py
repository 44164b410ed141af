"""Words that are to be forgotten are taken out of what others noted."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from survey.extracts import SHORTEST, without_extracts

SAID = "We slept on the floor of the cutting room, all four of us."


def test_an_extract_goes_and_the_researchers_own_words_stay() -> None:
    memo = f"Ask again: “{SAID[:44]}” – tiredness as pride?"
    assert without_extracts(memo, [SAID]) == "Ask again: “[…]” – tiredness as pride?"


def test_chinese_extracts_are_shorter() -> None:
    assert (
        without_extracts("他写“灯还没关就又开机了”。", ["今天灯还没关就又开机了，累。"])
        == "他写“[…]”。"
    )


def test_a_few_common_words_are_nobodys() -> None:
    assert without_extracts("on the floor", [SAID]) == "on the floor"


@given(st.text(max_size=80), st.text(max_size=80), st.text(min_size=SHORTEST, max_size=60))
def test_nothing_of_an_extract_is_left(before: str, after: str, said: str) -> None:
    said = said.strip()
    kept = without_extracts(f"{before}{said}{after}", [said])
    assert len(said) < SHORTEST or said not in kept
    assert without_extracts(kept, []) == kept
