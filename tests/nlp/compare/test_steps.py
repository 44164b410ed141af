"""Themes first, then pairs."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.compare import compare, compare_in_steps, omnibus
from nlp.compare.hierarchy import holm


def study(sizes: dict[str, int], themes: int = 5, seed: int = 0) -> tuple[pd.DataFrame, pd.Series]:
    rng = np.random.default_rng(seed)
    people = [f"{group}{number}" for group, size in sizes.items() for number in range(size)]
    shares = pd.DataFrame(rng.dirichlet(np.ones(themes), len(people)), index=people)
    return shares, pd.Series([name[0] for name in people], index=people)


def test_a_planted_theme_is_found_and_the_others_are_not() -> None:
    shares, groups = study({"a": 6, "b": 6, "c": 5, "d": 5}, themes=8)
    shares.loc[groups == "b", 3] += 0.6
    found = omnibus(shares, groups, threshold=3)
    assert found.loc[found["p_adjusted"] <= 0.05, "theme"].tolist() == [3]


def test_pairs_are_asked_only_where_the_theme_holds() -> None:
    shares, groups = study({"a": 9, "b": 9, "c": 9}, themes=6)
    shares.loc[groups == "b", 2] += 0.7
    table = compare_in_steps(shares, groups, threshold=3)
    assert set(table.loc[table["p_adjusted"] <= 0.05, "theme"]) == {2}
    assert (table.loc[table["theme"] != 2, "p_adjusted"] == 1).all()
    plain = compare(shares, groups, threshold=3)
    assert table["p"].equals(plain["p"])


def test_without_any_difference_a_finding_is_rare() -> None:
    draws = 200
    found = 0
    for seed in range(draws):
        shares, groups = study({"a": 6, "b": 6, "c": 5, "d": 5}, themes=8, seed=seed)
        table = omnibus(shares, groups, threshold=3)
        found += bool((table["p_adjusted"] <= 0.05).any())
    assert found <= 18  # 5 % of 200 draws, one-sided binomial test at 99 %


def test_a_group_within_one_stratum_cannot_be_separated() -> None:
    shares, groups = study({"a": 6, "b": 6})
    found = omnibus(shares, groups, threshold=3, strata=groups)
    assert not found["separable"].any()
    assert found["p"].isna().all()


def test_too_few_exchanges_within_teams_for_any_finding_give_no_p() -> None:
    shares, teams = study({"x": 4, "y": 8})
    nations = pd.Series(["CN", "CN", "DE", "DE", *["CN"] * 8], index=teams.index)
    few = omnibus(shares, nations, threshold=2, strata=teams)  # 6 ways
    assert not few["separable"].any()
    assert few["p"].isna().all()
    nations.iloc[4:7] = "DE"
    many = omnibus(shares, nations, threshold=2, strata=teams)  # 6 x 56 ways
    assert many["separable"].all()
    assert many["p"].notna().all()


def test_a_difference_that_the_teams_explain_is_not_found_within_them() -> None:
    shares, teams = study({"x": 10, "y": 10}, seed=3)
    shares.loc[teams == "x", 0] += 0.8
    nations = pd.Series(
        ["CN" if (team == "x") == (number % 5 > 0) else "DE" for number, team in enumerate(teams)],
        index=teams.index,
    )
    alone = omnibus(shares, nations, threshold=3).set_index("theme")
    within = omnibus(shares, nations, threshold=3, strata=teams).set_index("theme")
    assert float(alone["p"].loc[0]) < 0.01
    assert float(within["p"].loc[0]) > 0.05


@given(st.permutations(range(22)))
@settings(max_examples=10, deadline=None)
def test_the_order_of_people_does_not_matter(order: list[int]) -> None:
    shares, groups = study({"a": 6, "b": 6, "c": 5, "d": 5})
    other = shares.iloc[order]
    first, second = (compare_in_steps(each, groups, threshold=3) for each in (shares, other))
    pd.testing.assert_frame_equal(first, second)


def test_nobody_to_compare_is_no_crash() -> None:
    shares, groups = study({"a": 2, "b": 1})
    found = omnibus(shares, groups, threshold=3)
    assert found["p"].isna().all()
    assert compare_in_steps(shares.iloc[:0], groups, threshold=3).empty


def test_holm_is_what_its_author_worked_out() -> None:
    p = np.array([0.01, 0.04, 0.03, 0.005, np.nan])
    assert holm(p) == pytest.approx([0.03, 0.06, 0.06, 0.02, np.nan], nan_ok=True)
