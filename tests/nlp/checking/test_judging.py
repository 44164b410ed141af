"""What blind answers say: against a truth that is known, and at the edges."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from i18n import translate
from nlp.checking import Verdict, judge, left_out
from nlp.checking.rates import rate


def judged(
    truth: list[bool], inside: list[bool], *, wrong: float = 0.0, seed: int = 0, weight: float = 1.0
) -> Verdict:
    """Let two coders say the truth, each wrong now and then; every person wrote two passages."""
    rng = np.random.default_rng(seed)
    keys = [str(place) for place in range(len(truth))]
    said = pd.DataFrame(
        {
            coder: np.where(np.array(truth) ^ (rng.random(len(truth)) < wrong), "yes", "no")
            for coder in ("a", "b")
        },
        index=keys,
        dtype=object,
    )
    return judge(
        said,
        pd.Series(inside, index=keys),
        pd.Series(weight, index=keys),
        pd.Series([f"P{place // 2}" for place in range(len(truth))], index=keys),
    )


def test_a_computer_that_is_right_holds() -> None:
    found = judged([True, False] * 20, [True, False] * 20)
    assert found.standing == "holds"
    assert found.precision.value == found.recall.value == found.computer.alpha == 1
    assert 0.5 < found.precision.low < 1
    assert found.passages == 40


def test_a_computer_that_guesses_fails() -> None:
    truth = [True, False, False, False] * 15
    inside = [False, True, True, True] * 15
    found = judged(truth, inside)
    assert found.standing == "fails"
    assert found.people.alpha == pytest.approx(1.0)
    assert found.computer.alpha < 0


def test_a_theme_that_the_computer_never_finds_in_a_language_fails() -> None:
    found = judged([True, False] * 20, [False] * 40)
    assert found.standing == "fails"
    assert found.recall.value == 0
    assert math.isnan(found.precision.value)


def test_where_people_do_not_agree_the_computer_is_not_judged() -> None:
    found = judged([True, False] * 20, [False, True] * 20, wrong=0.5, seed=4)
    assert found.unclear
    assert found.standing == "open"


def test_few_passages_decide_nothing() -> None:
    assert judged([True, False] * 3, [False, True] * 3).standing == "open"


def test_where_nothing_can_be_said_nothing_is() -> None:
    keys = ["1", "2"]
    said = pd.DataFrame({"a": ["unsure", "yes"], "b": ["unsure", "unsure"]}, index=keys)
    found = judge(
        said, pd.Series([True, False], keys), pd.Series(1.0, keys), pd.Series(["P", "Q"], keys)
    )
    assert (found.unsure, found.passages, found.standing) == (3, 0, "open")
    assert (found.precision.value, found.recall.value) == pytest.approx((math.nan, 0), nan_ok=True)


def test_where_two_differ_a_passage_counts_half() -> None:
    keys = [str(place) for place in range(4)]
    said = pd.DataFrame({"a": ["yes"] * 4, "b": ["yes", "yes", "no", "no"]}, index=keys)
    found = judge(said, pd.Series(True, keys), pd.Series(1.0, keys), pd.Series(list("PQRS"), keys))
    assert found.precision.value == pytest.approx(0.75)


def test_what_was_missed_counts_as_often_as_it_stands_for() -> None:
    keys = [str(place) for place in range(4)]
    said = pd.DataFrame({"a": ["yes", "no", "yes", "no"]} | {"b": ["yes", "no", "yes", "no"]}, keys)
    weights = pd.Series([1.0, 1.0, 9.0, 9.0], keys)
    found = judge(
        said, pd.Series([True, True, False, False], keys), weights, pd.Series(list("PQRS"), keys)
    )
    assert found.precision.value == pytest.approx(0.5)
    assert found.recall.value == pytest.approx(0.1)


@settings(deadline=None, max_examples=40)
@given(
    st.lists(st.tuples(st.floats(0, 5), st.floats(0, 1), st.integers(0, 4)), max_size=20),
)
def test_a_share_lies_within_its_interval(rows: list[tuple[float, float, int]]) -> None:
    whole = np.array([weight for weight, _, _ in rows])
    part = whole * np.array([share for _, share, _ in rows])
    found = rate(part, whole, np.array([owner for _, _, owner in rows], dtype=np.intp))
    if not whole.sum() > 0:
        assert math.isnan(found.value)
        return
    assert -1e-9 <= found.low <= found.value + 1e-9 <= found.high + 2e-9 <= 1 + 3e-9


def test_the_interval_of_a_share_holds_what_it_says() -> None:
    rng = np.random.default_rng(7)
    inside = 0
    for seed in range(200):
        owner = np.repeat(np.arange(12), 4)
        bent = np.clip(0.7 + 0.15 * rng.standard_normal(12), 0, 1)[owner]
        right = (rng.random(48) < bent).astype(float)
        found = rate(right, np.ones(48), owner, seed=seed)
        inside += found.low <= 0.7 <= found.high
    assert inside >= 185


def test_what_is_left_out_is_said_in_the_readers_language() -> None:
    without = {0: frozenset({"zh-Hans", "en"}), 7: frozenset({"en"})}
    (told,) = left_out(without, {0: "Money"}, "en")
    said = translate(told, "en")
    assert said.startswith("“Money” fails in English and Chinese (Simplified)")
