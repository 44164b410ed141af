from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from nlp.compare import compare, corrected, error_rates

SIZES = (10, 14)
EACH = 25
CODED = 150


def misplaced(seed: int, *, worse: bool = False) -> tuple[pd.DataFrame, pd.Series, np.ndarray]:
    """Passages of two groups; one writes of the theme in half of them, the other in a quarter.

    The computer finds 78 of 100 passages about the theme, and 10 of 100 others; or it is `worse`:
    it puts more into the theme in the one group than in the other, whatever it is about.
    """
    dice = np.random.default_rng(seed)
    habits = np.concatenate([dice.beta(5, 5, SIZES[0]), dice.beta(2.5, 7.5, SIZES[1])])
    true = (dice.random((sum(SIZES), EACH)) < habits[:, None]).ravel()
    first = np.arange(true.size) < SIZES[0] * EACH
    hits = np.where(first, 0.95 if worse else 0.78, 0.65 if worse else 0.78)
    found = dice.random(true.size) < np.where(true, hits, np.where(first & worse, 0.3, 0.1))
    people = pd.Series([f"p{place // EACH:02}" for place in range(true.size)])
    return pd.DataFrame({0: found.astype(float)}), people, true


def groups(people: pd.Series) -> dict[str, str]:
    named = sorted(set(people))
    return {person: "a" if place < SIZES[0] else "b" for place, person in enumerate(named)}


def compared(shares: pd.DataFrame, people: pd.Series) -> pd.DataFrame:
    return compare(shares.groupby(people).mean(), groups(people), threshold=3)


def correct(seed: int, *, worse: bool = False) -> pd.Series:
    shares, people, true = misplaced(seed, worse=worse)
    coded = np.random.default_rng(seed).choice(true.size, CODED, replace=False)
    codes = pd.DataFrame({0: true[coded]}, index=coded)
    table = corrected(compared(shares, people), shares, codes, people, groups(people))
    return table.iloc[0]


@pytest.mark.parametrize(("worse", "plain"), [(False, 0.17), (True, 0.38)])
def test_what_blind_coders_say_is_right_on_average_whatever_the_errors(
    worse: bool, plain: float
) -> None:
    rows = pd.DataFrame([correct(seed, worse=worse) for seed in range(60)])
    assert rows["difference"].mean() == pytest.approx(plain, abs=0.03)
    assert rows["corrected"].mean() == pytest.approx(0.25, abs=0.035)
    held = (rows["corrected_low"] <= 0.25) & (rows["corrected_high"] >= 0.25)
    assert held.mean() >= 0.88
    wider = rows["corrected_high"] - rows["corrected_low"] > 0.9 * (rows["high"] - rows["low"])
    assert wider.all()


def test_codes_of_everything_are_what_counts() -> None:
    shares, people, true = misplaced(3)
    codes = pd.DataFrame({0: true.astype(float)})
    row = corrected(compared(shares, people), shares, codes, people, groups(people)).iloc[0]
    by_person = codes[0].groupby(people).mean()
    said = by_person.groupby(pd.Series(groups(people))).mean()
    assert row["corrected"] == pytest.approx(said["a"] - said["b"])


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
    table = compared(shares, people)
    few = pd.DataFrame({0: true[:12]}, index=range(12))
    nobody = pd.DataFrame(index=range(0))
    for codes in (few, nobody):
        found = corrected(table, shares, codes, people, groups(people))
        assert found[["corrected", "corrected_low", "corrected_high"]].isna().all(axis=None)


def test_hidden_differences_stay_hidden() -> None:
    shares, people, true = misplaced(2)
    alone = {person: person for person in set(people)}
    table = compare(shares.groupby(people).mean(), alone, threshold=3)
    found = corrected(table, shares, pd.DataFrame({0: true}), people, alone)
    assert found["corrected"].isna().all()
