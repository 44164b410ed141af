"""Do the groups differ at all? One test for each theme, asked before any pair of groups."""

from __future__ import annotations

from collections import Counter
from math import factorial, prod

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from nlp.compare.adjust import adjust
from nlp.compare.pair import LEVEL
from nlp.compare.sample import Labels, Sample, sample

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
DRAWS = 9_999
_CELLS = 20_000_000
_TIE = 1e-9
COLUMNS = ["theme", "explained", "p", "p_adjusted", "groups", "people", "separable"]


def omnibus(
    shares: pd.DataFrame,
    groups: Labels,
    *,
    threshold: int,
    strata: Labels | None = None,
    seed: int = 0,
) -> pd.DataFrame:
    """Test for each theme whether groups differ in their shares of it.

    The labels of people are exchanged at random, within strata where these are given, and the share
    of the variance that lies between groups is what is compared.

    Args:
        shares: Person x theme, each share between 0 and 1; NaN for a person without passages.
        groups: Person -> group.
        threshold: Groups with fewer people take no part.
        strata: Person -> stratum (the team).
        seed: Makes drawn permutations repeatable.

    Returns:
        One row for each theme: `theme`, `explained` (eta squared, 0 to 1), `p`, `p_adjusted`
        (Benjamini-Hochberg over the themes), `groups` and `people` that took part, `separable`
        (False where exchanging labels within strata cannot reach .05; then p is NaN).

    Source:
        Fisher (1935), The Design of Experiments, ch. III; p with the correction of Phipson and
        Smyth (2010), Stat. Appl. Genet. Mol. Biol. 9, 39.
    """
    people = sample(shares, groups, strata)
    rows: dict[int, tuple[object, ...]] = {}
    for there, themes in people.patterns():
        rows |= _rows(people, there, themes, threshold, seed)
    table = pd.DataFrame([rows[theme] for theme in sorted(rows)], columns=COLUMNS)
    table["p_adjusted"] = adjust(table["p"].to_numpy(dtype=np.float64))
    return table


def _rows(
    people: Sample, there: Bools, themes: list[int], threshold: int, seed: int
) -> dict[int, tuple[object, ...]]:
    """Test themes in which the same people have a share."""
    counts = np.bincount(people.codes[there], minlength=len(people.groups))
    large = [group for group, count in enumerate(counts) if count >= threshold]
    used = there & np.isin(people.codes, large)
    values, codes, strata = people.values[used][:, themes], people.codes[used], people.strata[used]
    separable = not people.strata.any() or _smallest_p(codes, strata) <= LEVEL
    if len(large) < 2 or not separable:
        explained = p = np.full(len(themes), np.nan)
    else:
        explained, p = _test(values, codes, strata, seed)
    sizes = (len(large), len(codes))
    return {
        theme: (people.themes[theme], explained[at], p[at], np.nan, *sizes, separable)
        for at, theme in enumerate(themes)
    }


def _smallest_p(codes: NDArray[np.int64], strata: NDArray[np.int64]) -> float:
    """Return the smallest p that any data could give.

    Groups that are equally large in every stratum can trade names without a change, so as many ways
    as there are such trades always reach what was observed.
    """
    sizes = np.array(
        [[int(((codes == g) & (strata == s)).sum()) for s in np.unique(strata)] for g in set(codes)]
    )
    ways = prod(
        factorial(int(inside.sum())) // prod(factorial(int(size)) for size in inside)
        for inside in sizes.T
    )
    trades = prod(factorial(times) for times in Counter(map(tuple, sizes.tolist())).values())
    return min(1.0, trades / ways)


def _test(
    values: Floats, codes: NDArray[np.int64], strata: NDArray[np.int64], seed: int
) -> tuple[Floats, Floats]:
    """Return eta squared and p for each theme."""
    inside = values.copy()
    for each in np.unique(strata):
        inside[strata == each] -= inside[strata == each].mean(axis=0)
    total = (inside**2).sum(axis=0)
    observed = _between(codes[None, :], inside)[0]
    draws = max(999, min(DRAWS, _CELLS // max(1, codes.size)))
    drawn = _between(_exchanged(codes, strata, draws, seed), inside)
    reached = (drawn >= observed - _TIE * (1 + observed)).sum(axis=0)
    flat = total <= _TIE
    explained = np.where(flat, 0.0, observed / np.where(flat, 1.0, total))
    return explained, np.where(flat, 1.0, (reached + 1) / (draws + 1))


def _exchanged(
    codes: NDArray[np.int64], strata: NDArray[np.int64], draws: int, seed: int
) -> NDArray[np.int64]:
    """Draw ways to exchange labels within strata: way x person."""
    rng = np.random.default_rng([seed, codes.size])
    drawn = np.empty((draws, codes.size), dtype=np.int64)
    for each in np.unique(strata):
        where = np.flatnonzero(strata == each)
        order = rng.random((draws, where.size)).argsort(axis=1)
        drawn[:, where] = codes[where][order]
    return drawn


def _between(ways: NDArray[np.int64], inside: Floats) -> Floats:
    """Return way x theme: the sum of squares between groups of stratum-centred shares."""
    between = np.zeros((len(ways), inside.shape[1]))
    for group in np.unique(ways[0]):
        members = (ways == group).astype(np.float64)
        between += (members @ inside) ** 2 / members.sum(axis=1, keepdims=True)
    return between
