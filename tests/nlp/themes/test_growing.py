from __future__ import annotations

import numpy as np
import pandas as pd

from nlp.themes import join, match


def series(values: list[int]) -> pd.Series[int]:
    return pd.Series(values, index=[f"id{i}" for i in range(len(values))])


def test_the_same_themes_with_other_numbers_are_the_same() -> None:
    found = match(series([0, 0, 0, 1, 1, 2]), series([2, 2, 2, 0, 0, 1]))
    assert found.same == {2: 0, 0: 1, 1: 2}
    assert set(found.overlap.values()) == {1.0}
    assert (found.appeared, found.vanished, found.split, found.merged) == ([], [], {}, {})


def test_a_split_theme_goes_on_in_its_larger_part() -> None:
    found = match(series([0] * 10 + [1] * 5), series([0] * 6 + [2] * 4 + [1] * 5))
    assert found.same == {0: 0, 1: 1}
    assert found.appeared == [2]
    assert found.split == {0: [0, 2]}


def test_merged_themes_are_told() -> None:
    found = match(series([0] * 6 + [1] * 5), series([0] * 11))
    assert found.same == {0: 0}
    assert found.vanished == [1]
    assert found.merged == {0: [0, 1]}


def test_new_and_lost_passages_do_not_count() -> None:
    old = series([0, 0, 1, 1])
    new = pd.Series([1, 0, 0, 5, 5], index=["id0", "id2", "id3", "new1", "new2"])
    found = match(old, new)
    assert found.same == {0: 1, 1: 0}
    assert found.appeared == [5]


def test_runs_without_anything_in_common_match_nothing() -> None:
    found = match(series([]), series([0, 1]))
    assert (found.same, found.appeared, found.vanished) == ({}, [0, 1], [])


def test_a_new_passage_joins_its_neighbours() -> None:
    dice = np.random.default_rng(1)
    middles = dice.normal(size=(3, 16))
    theme = np.repeat([0, 1, 2], 30)
    vectors = middles[theme] + 0.3 * dice.normal(size=(90, 16))
    shares = pd.DataFrame(np.eye(3)[theme])
    found = join(vectors, shares, middles[[2, 0]] + 0.1)
    assert found.argmax(axis=1).tolist() == [2, 0]
    np.testing.assert_allclose(found.sum(axis=1), 1, atol=1e-5)


def test_nothing_can_be_joined_where_there_is_nothing() -> None:
    assert join(np.zeros((2, 4)), pd.DataFrame(np.zeros((2, 3))), np.ones((1, 4))).sum() == 0
