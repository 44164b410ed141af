"""Alpha against published examples, against nltk, and by what must hold of every table."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from nlp.agreement import Level, agreement, alpha

NAN = float("nan")

# Krippendorff (2011), Computing Krippendorff's Alpha-Reliability: A, two observers and two values;
# B, two observers and five names; C, four observers, five values, some of them missing.
TWO = pd.DataFrame({"Meg": [0, 1, 0, 0, 0, 0, 0, 0, 1, 0], "Owen": [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]})
NAMES = pd.DataFrame({"Ben": list("aabbdcccedda"), "Gerry": list("babbbccceddd")})
FOUR = pd.DataFrame(
    {
        "A": [1, 2, 3, 3, 2, 1, 4, 1, 2, NAN, NAN, NAN],
        "B": [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NAN, 3],
        "C": [NAN, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, NAN],
        "D": [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NAN],
    }
)
# Krippendorff's data as in Wikipedia's "Krippendorff's alpha": three coders, much of it missing.
THREE = pd.DataFrame(
    {
        "A": [NAN, NAN, NAN, NAN, NAN, 3, 4, 1, 2, 1, 1, 3, 3, NAN, 3],
        "B": [1, NAN, 2, 1, 3, 3, 4, 3, NAN, NAN, NAN, NAN, NAN, NAN, NAN],
        "C": [NAN, NAN, 2, 1, 3, 4, 4, NAN, 2, 1, 1, 3, 3, NAN, 4],
    }
)


@pytest.mark.parametrize(
    ("ratings", "level", "published"),
    [
        (TWO, "nominal", 0.0952),
        (NAMES, "nominal", 0.6920),
        (FOUR, "nominal", 0.7434),
        (FOUR, "ordinal", 0.8154),
        (FOUR, "interval", 0.8491),
        (THREE, "nominal", 0.6914),
        (THREE, "interval", 0.8108),
    ],
)
def test_alpha_equals_what_was_published(
    ratings: pd.DataFrame, level: Level, published: float
) -> None:
    assert alpha(ratings, level=level) == pytest.approx(published, abs=5e-5)


def by_nltk(ratings: pd.DataFrame, distance: Callable[[object, object], float]) -> float:
    from nltk.metrics.agreement import AnnotationTask  # type: ignore[import-untyped]

    known = [
        (coder, unit, value)
        for coder in ratings
        for unit, value in ratings[coder].items()
        if not pd.isna(value)
    ]
    return float(AnnotationTask(known, distance=distance).alpha())


values = st.one_of(st.none(), st.integers(0, 4))
tables = (
    st.integers(2, 4)
    .flatmap(
        lambda coders: st.lists(
            st.lists(values, min_size=coders, max_size=coders), min_size=2, max_size=12
        )
    )
    .map(lambda rows: pd.DataFrame(rows, dtype=float))
)
levels = st.sampled_from(["nominal", "ordinal", "interval"])


@settings(deadline=None)  # the first call loads nltk
@given(tables)
def test_names_and_distances_agree_with_nltk(ratings: pd.DataFrame) -> None:
    pairable = ratings[ratings.notna().sum(axis=1) >= 2]
    assume(pairable.stack().nunique() > 1)
    assert alpha(ratings) == pytest.approx(by_nltk(pairable, lambda a, b: float(a != b)))
    squared = by_nltk(pairable, lambda a, b: (a - b) ** 2)  # type: ignore[operator]
    assert alpha(ratings, level="interval") == pytest.approx(squared)


@given(tables, levels, st.randoms(use_true_random=False))
def test_neither_coders_nor_units_have_an_order(
    ratings: pd.DataFrame, level: Level, random: np.random.RandomState
) -> None:
    columns, rows = list(ratings.columns), list(ratings.index)
    random.shuffle(columns)
    random.shuffle(rows)
    same = alpha(ratings.loc[rows, columns], level=level)
    assert same == pytest.approx(alpha(ratings, level=level), nan_ok=True)


@given(tables, st.permutations(range(5)))
def test_names_may_be_called_anything(ratings: pd.DataFrame, names: list[int]) -> None:
    renamed = ratings.map(lambda value: None if pd.isna(value) else f"name {names[int(value)]}")
    assert alpha(renamed) == pytest.approx(alpha(ratings), nan_ok=True)


@given(tables)
def test_ranks_depend_on_order_alone(ratings: pd.DataFrame) -> None:
    stretched = ratings.map(lambda value: value**3 + 7)
    assert alpha(stretched, level="ordinal") == pytest.approx(
        alpha(ratings, level="ordinal"), nan_ok=True
    )


@given(st.lists(st.integers(0, 4), min_size=2, max_size=20), levels)
def test_perfect_agreement_is_one(said: list[int], level: Level) -> None:
    assume(len(set(said)) > 1)
    ratings = pd.DataFrame({"a": said, "b": said, "c": [*said[:-1], None]})
    found = agreement(ratings, level=level)
    assert found.alpha == pytest.approx(1.0)
    assert found.low < 1.0
    assert found.high == 1.0


@given(tables, levels)
def test_units_of_one_coder_change_nothing(ratings: pd.DataFrame, level: Level) -> None:
    alone = pd.DataFrame([[3.0] + [NAN] * (ratings.shape[1] - 1)], columns=ratings.columns)
    longer = pd.concat([ratings, alone], ignore_index=True)
    assert alpha(longer, level=level) == pytest.approx(alpha(ratings, level=level), nan_ok=True)


@pytest.mark.parametrize(
    "ratings",
    [
        pd.DataFrame(),
        pd.DataFrame({"a": [1, 2], "b": [NAN, NAN]}),
        pd.DataFrame({"a": [1, 1], "b": [1, 1]}),
        pd.DataFrame({"a": [NAN], "b": [NAN]}),
    ],
)
def test_where_nothing_was_told_apart_there_is_no_alpha(ratings: pd.DataFrame) -> None:
    assert np.isnan(alpha(ratings))
    assert np.isnan(agreement(ratings).low)


def test_ranks_are_finite_numbers() -> None:
    with pytest.raises(ValueError, match="infinite"):
        alpha(pd.DataFrame({"a": [1.0, np.inf], "b": [1.0, 2.0]}), level="ordinal")
    with pytest.raises(ValueError, match="parse"):
        alpha(pd.DataFrame({"a": ["much", 1], "b": [1, 2]}), level="interval")


def test_importing_it_is_light() -> None:
    heavy = "import sys, nlp.agreement; print('scipy' in sys.modules, 'nltk' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", heavy], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]
