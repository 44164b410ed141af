from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from nlp.compare import compare, corrected, error_rates

SIZES = (10, 14)
EACH = 25


def misplaced(seed: int) -> tuple[pd.DataFrame, pd.Series, np.ndarray]:
    """Passages of two groups; one writes of the theme in half of them, the other in a quarter.

    The computer finds 78 of 100 passages about the theme, and 10 of 100 others.
    """
    dice = np.random.default_rng(seed)
    habits = np.concatenate([dice.beta(4, 4, SIZES[0]), dice.beta(2, 6, SIZES[1])])
    true = (dice.random((sum(SIZES), EACH)) < habits[:, None]).ravel()
    found = dice.random(true.size) < np.where(true, 0.78, 0.1)
    people = pd.Series([f"p{place // EACH:02}" for place in range(true.size)])
    return pd.DataFrame({0: found.astype(float)}), people, true


def compared(shares: pd.DataFrame, people: pd.Series) -> pd.DataFrame:
    own = shares.groupby(people).mean()
    groups = {person: "a" if place < SIZES[0] else "b" for place, person in enumerate(own.index)}
    return compare(own, groups, threshold=3)


def test_what_blind_coders_say_undoes_the_loss_and_widens_the_interval() -> None:
    estimates, plain, held = [], [], []
    for seed in range(40):
        shares, people, true = misplaced(seed)
        coded = np.random.default_rng(seed).choice(true.size, 150, replace=False)
        rates = error_rates(shares, pd.DataFrame({0: true[coded]}, index=coded), people)
        row = corrected(compared(shares, people), rates).iloc[0]
        estimates.append(row["corrected"])
        plain.append(row["difference"])
        held.append(row["corrected_low"] <= 0.25 <= row["corrected_high"])
        assert row["corrected_high"] - row["corrected_low"] > row["high"] - row["low"]
    assert np.mean(plain) == pytest.approx(0.17, abs=0.03)
    assert np.mean(estimates) == pytest.approx(0.25, abs=0.03)
    assert np.mean(held) >= 0.9


def test_rates_are_hits_and_false_alarms() -> None:
    shares = pd.DataFrame({"light": [1.0, 1.0, 0.0, 0.5, 0.0, 0.0]}, index=list("abcdef"))
    codes = pd.DataFrame({"light": [1, 1, 1, 0, 0, np.nan]}, index=list("abcdef"))
    rates = error_rates(shares, codes, {"a": "P1", "b": "P2", "c": "P3", "d": "P1", "e": "P2"})
    row = rates.loc["light"]
    assert row["hits"] == pytest.approx(2 / 3)
    assert row["false_alarms"] == pytest.approx(0.25)
    assert row["slope"] == pytest.approx(2 / 3 - 0.25)
    assert (row["coded"], row["coded_people"]) == (5, 3)


def test_passages_drawn_with_other_chances_count_as_many_as_they_stand_for() -> None:
    shares = pd.DataFrame({0: [1.0, 0.0, 0.0, 0.0]})
    codes = pd.DataFrame({0: [True, True, False, False]})
    weights = pd.Series([3.0, 1.0, 1.0, 1.0])
    rates = error_rates(shares, codes, pd.Series(["a", "b", "c", "d"]), weights=weights)
    assert rates.loc[0, "hits"] == pytest.approx(0.75)


def test_nothing_is_corrected_by_too_few_codes_or_by_none() -> None:
    shares, people, true = misplaced(1)
    few = pd.DataFrame({0: true[:4]}, index=range(4))
    table = compared(shares, people)
    assert corrected(table, error_rates(shares, few, people))["corrected"].isna().all()
    nobody = error_rates(shares, pd.DataFrame(index=range(0)), people)
    assert corrected(table, nobody)[["corrected", "corrected_low"]].isna().all(axis=None)


def test_hidden_differences_stay_hidden() -> None:
    shares, people, true = misplaced(2)
    own = shares.groupby(people).mean()
    table = compare(own, {person: person for person in own.index}, threshold=3)
    rates = error_rates(shares, pd.DataFrame({0: true}), people)
    assert corrected(table, rates)["corrected"].isna().all()
