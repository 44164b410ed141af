import warnings
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.compare import compare
from nlp.compare.cells import FEW, NOBODY, PROTECTED, SHOWN, hidden
from nlp.compare.relabelling import relabellings

FIRST = ["theme", "group", "other", "difference", "low", "high", "p", "p_adjusted", "suppressed"]
NUMBERS = FIRST[3:8]


def study(
    sizes: dict[str, int], *, seed: int = 0, themes: int = 3
) -> tuple[pd.DataFrame, pd.Series]:
    rng = np.random.default_rng(seed)
    labels = [name for name, size in sizes.items() for _ in range(size)]
    people = [f"P{i:02}" for i in range(len(labels))]
    shares = rng.dirichlet(np.ones(themes + 1), len(people))[:, :themes]
    return pd.DataFrame(shares, index=people), pd.Series(labels, index=people)


def test_one_row_for_each_theme_and_pair_with_the_columns_of_the_seam() -> None:
    shares, groups = study({"a": 6, "b": 6, "c": 5, "d": 5})
    table = compare(shares, groups, threshold=5)
    assert list(table.columns[:9]) == FIRST
    assert [tuple(row) for row in table[["theme", "group", "other"]].to_numpy()] == [
        (theme, *pair) for theme in range(3) for pair in combinations("abcd", 2)
    ]
    assert not table["suppressed"].any()
    assert table[NUMBERS].notna().all(axis=None)


def test_difference_is_group_minus_other_and_lies_in_its_interval() -> None:
    shares, groups = study({"a": 6, "b": 8})
    table = compare(shares, groups, threshold=5)
    means = shares.groupby(groups).mean()
    assert np.allclose(table["difference"], means.loc["a"] - means.loc["b"])
    assert (table["low"] <= table["difference"]).all()
    assert (table["difference"] <= table["high"]).all()


def test_small_exact_p_is_the_share_of_regroupings_as_extreme() -> None:
    shares = pd.DataFrame({"t": [0.1, 0.2, 0.3, 0.7, 0.8, 0.9]}, index=list("uvwxyz"))
    groups = {"u": 1, "v": 1, "w": 1, "x": 2, "y": 2, "z": 2}
    row = compare(shares, groups, threshold=1).iloc[0]
    assert row["p"] == pytest.approx(2 / 20)
    assert row["smallest_p"] == pytest.approx(2 / 20)
    assert row["low"] == -1
    assert row["high"] == 1


def test_a_clear_difference_is_found_and_its_size_is_covered() -> None:
    shares, groups = study({"a": 11, "b": 11}, themes=6)
    shares.loc[groups == "a", 0] = shares.loc[groups == "a", 0] * 0.5 + 0.5
    table = compare(shares, groups, threshold=5).set_index("theme")
    assert table["p_adjusted"].to_numpy()[0] < 0.01
    assert table["low"].to_numpy()[0] > 0


@given(st.integers(0, 10_000), st.sampled_from([(11, 11), (3, 19), (5, 9), (2, 6), (4, 4)]))
@settings(max_examples=25, deadline=None)
def test_interval_without_zero_and_p_below_five_percent_say_the_same(
    seed: int, sizes: tuple[int, int]
) -> None:
    shares, groups = study({"a": sizes[0], "b": sizes[1]}, seed=seed)
    table = compare(shares, groups, threshold=1)
    apart = (table["low"] > 1e-6) | (table["high"] < -1e-6)
    near = table["p"].sub(0.05).abs() < 1e-3
    assert (apart == (table["p"] <= 0.05))[~near].all()


def test_row_order_and_repetition_change_nothing() -> None:
    shares, groups = study({"a": 11, "b": 12})
    once = compare(shares, groups, threshold=5)
    shuffled = shares.sample(frac=1, random_state=3)
    pd.testing.assert_frame_equal(once, compare(shuffled, groups.to_dict(), threshold=5))


def test_adjustment_family_is_what_is_returned() -> None:
    shares, groups = study({"a": 6, "b": 6, "c": 6}, themes=4)
    table = compare(shares, groups, threshold=5)
    p = np.sort(table["p"].to_numpy())
    expected = np.minimum.accumulate((p * len(p) / np.arange(1, len(p) + 1))[::-1])[::-1]
    assert np.allclose(np.sort(table["p_adjusted"]), np.minimum(expected, 1))


def test_a_small_group_takes_the_next_smallest_with_it() -> None:
    shares, groups = study({"a": 3, "b": 6, "c": 7, "d": 8})
    table = compare(shares, groups, threshold=5)
    shown = table.loc[~table["suppressed"], ["group", "other"]].drop_duplicates()
    assert shown.to_numpy().tolist() == [["c", "d"]]
    assert table.loc[table["suppressed"], [*NUMBERS, "people", "effect"]].isna().all(axis=None)


@pytest.mark.parametrize("extreme", [0.0, 1.0])
def test_a_group_share_of_nobody_or_everybody_is_hidden_with_another(extreme: float) -> None:
    shares, groups = study({"a": 6, "b": 6, "c": 7, "d": 8})
    shares.loc[groups == "d", 1] = extreme
    table = compare(shares, groups, threshold=5)
    hidden_rows = table[table["suppressed"]]
    assert set(hidden_rows["theme"]) == {1}
    shown = table[(table["theme"] == 1) & ~table["suppressed"]]
    assert shown[["group", "other"]].to_numpy().tolist() == [["b", "c"]]
    assert set(hidden_rows["reason"]) == {PROTECTED}


@given(
    st.lists(st.tuples(st.integers(0, 12), st.booleans()), max_size=8),
    st.integers(0, 6),
)
def test_hidden_groups_are_never_alone_nor_together_below_the_threshold(
    cells: list[tuple[int, bool]], threshold: int
) -> None:
    counts, extreme = [c for c, _ in cells], [e for _, e in cells]
    reasons = hidden(counts, extreme, threshold)
    covered = [c for c, r in zip(counts, reasons, strict=True) if r in {FEW, PROTECTED}]
    shown = [c for c, r in zip(counts, reasons, strict=True) if r == SHOWN]
    assert all(count >= max(threshold, 1) for count in shown)
    assert not (covered and shown) or (len(covered) >= 2 and sum(covered) >= threshold)
    assert all(r == NOBODY for c, r in zip(counts, reasons, strict=True) if c == 0)


@pytest.mark.parametrize(
    ("shares", "groups"),
    [
        (pd.DataFrame(), {}),
        (pd.DataFrame({0: [0.2]}, index=["a"]), {"a": 1}),
        (pd.DataFrame({0: [0.2, 0.3]}, index=["a", "b"]), {"a": 1, "b": 2}),
        (pd.DataFrame({0: [0.2, 0.3]}, index=["a", "b"]), {"a": 1, "b": None}),
        (pd.DataFrame({0: [np.nan, 0.3]}, index=["a", "b"]), {"a": 1, "b": 2}),
        (pd.DataFrame({0: [np.nan, np.inf]}, index=["a", "b"]), {"a": 1, "b": 2}),
        (pd.DataFrame({0: [0.3] * 9}), {i: i % 2 for i in range(9)}),
        (pd.DataFrame({0: [0.2] * 4 + [0.6] * 5}), {i: int(i < 4) for i in range(9)}),
        (pd.DataFrame({0: [5.0, 3.0, 100.0, 2.0]}), {i: i % 2 for i in range(4)}),
        (pd.DataFrame({0: [0.1, 0.3, 0.2]}, index=["a", "a", "b"]), {"a": "x", "b": 2}),
        (pd.DataFrame(index=["a", "b"]), {"a": "x", "b": "y"}),
    ],
)
@pytest.mark.parametrize("threshold", [0, 1, 5])
def test_odd_studies_give_a_table_and_no_crash(
    shares: pd.DataFrame, groups: dict[object, object], threshold: int
) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        table = compare(shares, groups, threshold=threshold)
        stratified = compare(shares, groups, threshold=threshold, strata=dict.fromkeys(groups, 1))
    assert list(table.columns[:9]) == FIRST
    assert list(stratified.columns[:9]) == FIRST
    assert table["suppressed"].dtype == bool


def test_people_without_passages_do_not_count_as_people() -> None:
    shares, groups = study({"a": 5, "b": 6, "c": 6})
    shares.loc["P00", 0] = np.nan
    table = compare(shares, groups, threshold=5)
    assert table[(table["theme"] == 0)]["suppressed"].all()
    assert not table[(table["theme"] == 1)]["suppressed"].any()


def test_a_label_inside_one_team_is_compared_within_that_team_alone() -> None:
    shares, _ = study({"x": 20})
    team = {person: i // 10 for i, person in enumerate(shares.index)}
    nation = {person: "fr" if i < 5 else "zh" for i, person in enumerate(shares.index)}
    shares.iloc[:10] = shares.iloc[:10] * 0.2  # the team, not the nation
    within = compare(shares, nation, threshold=5, strata=team)
    means = shares.iloc[:5].mean() - shares.iloc[5:10].mean()
    assert np.allclose(within["difference"], means)
    assert within["separable"].all()
    assert (within["smallest_p"] == 2 / 252).all()


def test_what_cannot_be_told_from_the_team_gets_no_estimate() -> None:
    shares, _ = study({"x": 12})
    team = {person: i // 6 for i, person in enumerate(shares.index)}
    nation = {person: "fr" if i < 6 else "zh" for i, person in enumerate(shares.index)}
    table = compare(shares, nation, threshold=5, strata=team)
    assert not table["separable"].any()
    assert not table["suppressed"].any()
    assert table[NUMBERS].isna().all(axis=None)


def test_labels_are_exchanged_within_strata_only() -> None:
    first = np.array([True, False, False, True, True, False])
    strata = np.array([0, 0, 0, 1, 1, 1])
    ways = relabellings(first, strata, seed=0)
    assert ways.ways == len(ways.masks) == 9
    assert (ways.masks[:, :3].sum(axis=1) == 1).all()
    assert (ways.masks[:, 3:].sum(axis=1) == 2).all()
    assert len(np.unique(ways.masks, axis=0)) == 9


def test_detectable_difference_shrinks_with_more_people() -> None:
    small = compare(*study({"a": 6, "b": 6}), threshold=5)["detectable"].mean()
    large = compare(*study({"a": 40, "b": 40}), threshold=5)["detectable"].mean()
    assert large < small / 2
