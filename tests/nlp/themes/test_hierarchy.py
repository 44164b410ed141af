from __future__ import annotations

import numpy as np
import pandas as pd

from nlp.themes import Branch, ThemeSettings, broad, carried, find_themes
from nlp.themes.hierarchy import tree


def test_the_closest_are_joined_first_and_count_by_their_weight() -> None:
    close = np.array([[1, 0.1, 0.6], [0.1, 1, 0.4], [0.6, 0.4, 1]], dtype=np.float32)
    first, second = tree(close, np.array([3.0, 2.0, 1.0]))
    assert (first.number, first.parts) == (3, (0, 2))
    assert second.parts == (1, 3)
    assert np.isclose(second.closeness, (3 * 0.1 + 1 * 0.4) / 4)


def test_one_theme_has_no_hierarchy() -> None:
    assert tree(np.ones((1, 1), dtype=np.float32), np.ones(1)) == ()


def test_a_tree_is_cut_into_broad_groups() -> None:
    hierarchy = (Branch(4, (1, 3), 0.5), Branch(5, (0, 2), 0.3), Branch(6, (4, 5), 0.1))
    assert broad(hierarchy, 4, 4) == {0: 0, 1: 1, 2: 2, 3: 3}
    assert broad(hierarchy, 4, 2) == {0: 0, 1: 1, 2: 0, 3: 1}
    assert broad(hierarchy, 4, 1) == dict.fromkeys(range(4), 0)


def subjects() -> tuple[pd.DataFrame, np.ndarray, np.ndarray]:
    """Four subjects in two kinds; people of team A write of the last one."""
    dice = np.random.default_rng(2)
    kinds = 2 * dice.normal(size=(2, 24))
    middles = kinds[[0, 0, 1, 1]] + 0.9 * dice.normal(size=(4, 24))
    subject = np.repeat(np.arange(4), 30)
    vectors = middles[subject] + 0.4 * dice.normal(size=(120, 24))
    team = np.where(subject == 3, "A", np.tile(["A", "B", "C", "D"], 30))
    number = np.arange(120) // 4 % 3
    frame = pd.DataFrame(
        {
            "text": [f"Text {place}." for place in range(120)],
            "language": "en",
            "person": [f"{own}{n}" for own, n in zip(team, number, strict=True)],
            "team": team,
        }
    )
    return frame, vectors.astype(np.float32), subject


def test_themes_of_one_kind_belong_together() -> None:
    frame, vectors, subject = subjects()
    found = find_themes(frame, vectors=vectors, settings=ThemeSettings(number=4, runs=60))
    groups = broad(found.hierarchy, 4, 2)
    kind = found.assignments.map(groups).to_numpy()
    assert pd.crosstab(kind, subject // 2).max(axis=1).sum() >= 114


def test_a_theme_that_one_team_carries_is_marked() -> None:
    frame, vectors, subject = subjects()
    found = find_themes(frame, vectors=vectors, settings=ThemeSettings(number=4, runs=60))
    theme = int(found.assignments[subject == 3].mode()[0])
    assert list(found.carried) == [theme]
    assert found.carried[theme].group == "A"
    assert found.carried[theme].part > 0.8


def test_a_team_that_is_most_of_the_people_carries_nothing() -> None:
    shares = pd.DataFrame({0: [0.5, 0.4, 0.6, 0.1]}, index=["p", "q", "r", "s"])
    assert carried(shares, {"p": "A", "q": "A", "r": "A", "s": "B"}) == {}
    assert carried(shares, {"p": "A", "q": "A", "r": "A"}) == {}
    assert carried(shares, {}) == {}
