"""Comparing groups two at a time, theme by theme, with people as the unit."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from nlp.compare.adjust import adjust
from nlp.compare.cells import SHOWN, extreme, hidden
from nlp.compare.pair import LEVEL, Estimates, estimate
from nlp.compare.relabelling import relabellings
from nlp.compare.sample import Labels, Sample, sample

NUMBERS = ["difference", "low", "high", "p", "p_adjusted"]
EXTRA = ["effect", "detectable", "smallest_p", "people", "other_people"]
COLUMNS = ["theme", "group", "other", *NUMBERS, "suppressed", *EXTRA, "separable", "reason"]


def compare(
    shares: pd.DataFrame,
    groups: Labels,
    *,
    threshold: int,
    strata: Labels | None = None,
    seed: int = 0,
) -> pd.DataFrame:
    """Compare the theme shares of groups of people.

    The p values describe random regrouping of these very people; they say nothing of people
    outside the study.

    Args:
        shares: Person x theme, each share between 0 and 1; NaN for a person without passages.
        groups: Person -> group; people without a group are left out.
        threshold: The fewest people a shown group may have; see `nlp.compare.cells.hidden`.
        strata: Person -> stratum (the team). Labels are then exchanged within strata only and the
            difference is the one within strata.
        seed: Makes drawn permutations repeatable.

    Returns:
        One row for each theme and pair of groups: `theme`, `group`, `other`, `difference` (group
        minus other), `low` and `high` (95 % interval), `p`, `p_adjusted` (Benjamini-Hochberg over
        the rows returned), `suppressed`; further `effect` (Hedges' g), `detectable` (the smallest
        difference this comparison could have found with 80 % probability, before adjustment),
        `smallest_p` (the smallest p these group sizes allow), `people`, `other_people` (with a
        share in the theme), `separable` and `reason` (see `hidden`). Suppressed rows hold NaN.
        With `strata`, where exchanging labels within strata cannot reach .05 nothing is estimated
        and `separable` is False: the groups cannot be told from the strata.
    """
    people = sample(shares, groups, strata)
    rows = [
        row for pattern in people.patterns() for row in _rows(people, *pattern, threshold, seed)
    ]
    table = pd.DataFrame(rows, columns=["place", *COLUMNS])
    table = table.sort_values("place", kind="stable").drop(columns="place").reset_index(drop=True)
    table = table.astype(dict.fromkeys([*NUMBERS, *EXTRA], float))
    table = table.astype({"suppressed": bool, "separable": bool, "reason": object})
    table["p_adjusted"] = adjust(table["p"].to_numpy(dtype=np.float64))
    return table


def _rows(
    people: Sample, there: NDArray[np.bool_], themes: list[int], threshold: int, seed: int
) -> list[tuple[object, ...]]:
    """Compare all pairs of groups for themes in which the same people have a share."""
    values, codes, strata = people.values[there], people.codes[there], people.strata[there]
    counts = np.bincount(codes, minlength=len(people.groups))
    reasons = {
        theme: hidden(
            counts.tolist(),
            [extreme(values[codes == g, theme]) for g in range(len(people.groups))],
            threshold,
        )
        for theme in themes
    }
    rows: list[tuple[object, ...]] = []
    for one, two in combinations(range(len(people.groups)), 2):
        shown = [t for t in themes if reasons[t][one] == reasons[t][two] == SHOWN]
        pair = np.isin(codes, [one, two])
        found, smallest, separable = _pair(
            values[pair][:, shown], codes[pair] == one, strata[pair], people, seed
        )
        for theme in themes:
            place = (theme, one, two)
            names = (people.themes[theme], people.groups[one], people.groups[two])
            if theme not in shown:
                reason = reasons[theme][one] or reasons[theme][two]
                rows.append((place, *names, *[np.nan] * 5, True, *[np.nan] * 5, True, reason))
                continue
            at = shown.index(theme)
            numbers = (found.difference[at], found.low[at], found.high[at], found.p[at], np.nan)
            extra = (found.effect[at], found.detectable[at], smallest)
            sizes = (counts[one], counts[two])
            rows.append((place, *names, *numbers, False, *extra, *sizes, separable, SHOWN))
    return rows


def _pair(
    values: NDArray[np.float64],
    first: NDArray[np.bool_],
    strata: NDArray[np.int64],
    people: Sample,
    seed: int,
) -> tuple[Estimates, float, bool]:
    """Compare two groups; also the smallest p possible and whether strata allow an answer."""
    if not values.shape[1]:
        return Estimates.unknown(0), np.nan, True
    ways = relabellings(first, strata, seed)
    stratified = bool(people.strata.any())
    if stratified and ways.smallest_p > LEVEL:
        return Estimates.unknown(values.shape[1]), ways.smallest_p, False
    found = estimate(values, ways)
    bounded = np.nanmin(people.values) >= 0 and np.nanmax(people.values) <= 1
    return (_within_bounds(found) if bounded else found), ways.smallest_p, True


def _within_bounds(found: Estimates) -> Estimates:
    """Use that shares lie between 0 and 1, so differences between -1 and 1."""
    return Estimates(
        difference=found.difference,
        low=np.clip(found.low, -1, 1),
        high=np.clip(found.high, -1, 1),
        p=found.p,
        effect=found.effect,
        detectable=np.where(found.detectable > 1, np.inf, found.detectable),
    )
