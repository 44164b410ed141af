"""Which words are quoted, and whether a few people speak for many."""

from __future__ import annotations

from nlp import quoting
from nlp.quoting.wording import whole
from tests.quoting_for_tests import FIRST


def test_a_placeholder_is_quoted_whole() -> None:
    start, end = whole(FIRST, FIRST.index("P02"), len(FIRST) - 2)
    assert FIRST[start:end] == "[P02]就又开机"


def test_many_quotations_of_one_person_are_said() -> None:
    assert quoting.imbalance(["P01", "P01", "P02"]) == []
    warnings = [str(each) for each in quoting.imbalance(["P01"] * 5 + ["P02", "P03", "P04"])]
    assert warnings == ["P01 is quoted 5 times out of 8."]
    assert quoting.imbalance(["P01", "P02", "P03", "P04"]) == []
