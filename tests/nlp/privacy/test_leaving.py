"""No code of a person leaves the research screens."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.privacy.leaving import codes_pattern, without_codes

CODES = ["P01", "P1", "P10", "maya", "mei-2"]


@pytest.mark.parametrize(
    ("text", "language", "left"),
    [
        ("[P01] asked P10, and p.", "en", "[colleague] asked [colleague], and p."),
        ("我和P01一起，[P10]说不行。", "zh-Hans", "我和[同事]一起，[同事]说不行。"),
        ("mei-2 fragte [P1].", "de-AT", "[jemand aus der Studie] fragte [jemand aus der Studie]."),
        ("Maya said maya; [maya] left XP01 and P011.", "eo", None),
    ],
)
def test_codes_are_said_as_colleague(text: str, language: str, left: str | None) -> None:
    expected = left or "Maya said maya; [colleague] left XP01 and P011."
    assert without_codes(text, codes_pattern(CODES), language) == expected


@given(st.lists(st.sampled_from(["[P01]", "P10", " ", "x", "[team]", "说", "1"]), max_size=20))
def test_no_code_is_left_in_brackets(parts: list[str]) -> None:
    left = without_codes("".join(parts), codes_pattern(CODES))
    assert not any(f"[{code}]" in left for code in CODES)
    assert "".join(parts).count("[team]") == left.count("[team]")


def test_without_people_nothing_changes() -> None:
    assert without_codes("[P07] stays", codes_pattern([])) == "[P07] stays"
