"""The interval of alpha, and what it rests on."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from nlp.agreement import agreement, alpha


def coded(units: int, *, wrong: float, seed: int) -> pd.DataFrame:
    """Let two coders see the same truth, each wrong now and then."""
    rng = np.random.default_rng(seed)
    truth = rng.random(units) < 0.4
    return pd.DataFrame({name: truth ^ (rng.random(units) < wrong) for name in "ab"}).astype(float)


def test_the_interval_holds_what_it_says() -> None:
    whole = alpha(coded(200_000, wrong=0.1, seed=1))
    inside = 0
    for seed in range(60):
        found = agreement(coded(80, wrong=0.1, seed=seed), seed=seed)
        inside += found.low <= whole <= found.high
    assert inside >= 52


def test_units_of_one_text_are_drawn_together() -> None:
    rows = coded(20, wrong=0.15, seed=3)
    copies = pd.concat([rows] * 10, ignore_index=True)
    texts = pd.Series([place % 20 for place in range(200)])
    apart, together = agreement(copies), agreement(copies, clusters=texts)
    assert (together.units, together.clusters) == (200, 20)
    assert together.high - together.low > 2 * (apart.high - apart.low)


def test_the_order_of_units_and_coders_changes_no_interval() -> None:
    rows = coded(30, wrong=0.2, seed=5)
    turned = rows.iloc[::-1][["b", "a"]]
    assert agreement(turned) == agreement(rows)


def test_few_units_without_a_disagreement_leave_room() -> None:
    few = agreement(pd.DataFrame({"a": [0, 1] * 5, "b": [0, 1] * 5}))
    many = agreement(pd.DataFrame({"a": [0, 1] * 100, "b": [0, 1] * 100}))
    assert few.low < 0.5
    assert 0.9 < many.low < 1
    assert few.alpha == many.alpha == pytest.approx(1.0)


def test_coders_who_coded_nothing_together_do_not_count() -> None:
    ratings = pd.DataFrame({"a": [0, 1, 1], "b": [0, 1, None], "c": [None, None, None]})
    found = agreement(ratings)
    assert (found.units, found.coders) == (2, 2)
