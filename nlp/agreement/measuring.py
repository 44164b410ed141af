"""Alpha with its interval, and what it rests on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from nlp.agreement.reliability import Floats, Level, alphas, coincidences

DRAWS = 2_000
AT_ONCE = 200
"""Draws held in memory together."""
TAIL = 0.025


@dataclass(frozen=True)
class Agreement:
    """How far coders agree.

    Attributes:
        alpha: Krippendorff's alpha; NaN where it is not defined.
        low: Lower end of its 95 % interval; NaN where there are fewer than two clusters.
        high: Its upper end.
        units: Units that at least two coders coded.
        coders: Coders of those units.
        clusters: What was drawn again for the interval: texts or people where units lie in them.
    """

    alpha: float
    low: float
    high: float
    units: int
    coders: int
    clusters: int


def agreement(
    ratings: pd.DataFrame,
    *,
    level: Level = "nominal",
    clusters: pd.Series | None = None,
    seed: int = 0,
) -> Agreement:
    """Measure agreement with a bootstrap interval over units.

    Units of one text or person are not independent: where they are told, whole clusters are drawn
    again. The interval is that of percentiles. Where nobody ever disagreed every draw gives 1,
    however few units there are; its lower end is then what so many clusters without a disagreement
    cannot exclude (the exact binomial bound).

    Args:
        ratings: As for `alpha`.
        level: As for `alpha`.
        clusters: Unit -> text or person; None: every unit for itself.
        seed: Makes the interval repeatable.
    """
    # Which unit comes first in the table must not decide what is drawn.
    ratings = ratings.loc[ratings.notna().sum(axis=1) >= 2].sort_index()
    together, values = coincidences(ratings, level=level)
    whole = together.sum(axis=0)
    found = float(alphas(whole[None], values, level=level)[0])
    owner = _owners(ratings, clusters)
    count = int(owner.max(initial=-1)) + 1
    low, high = np.nan, np.nan
    if count >= 2 and np.isfinite(found):
        if found == 1:
            low, high = _without_disagreement(whole, values, count, level), 1.0
        else:
            low, high = _drawn_again(together, values, owner, level, seed)
    return Agreement(
        alpha=found,
        low=low,
        high=high,
        units=len(ratings),
        coders=int(ratings.notna().any(axis=0).sum()),
        clusters=count,
    )


def _owners(ratings: pd.DataFrame, clusters: pd.Series | None) -> NDArray[np.intp]:
    """Number the clusters; a unit of no cluster is one of its own."""
    if clusters is None:
        return np.arange(len(ratings))
    known = clusters.reindex(ratings.index)
    named = [f"\0{place}" if pd.isna(each) else str(each) for place, each in enumerate(known)]
    return pd.factorize(np.array(named, dtype=object), sort=True)[0]


def _drawn_again(
    together: Floats, values: Floats, owner: NDArray[np.intp], level: Level, seed: int
) -> tuple[float, float]:
    """Draw clusters again and again; return the ends that leave out 5 % of the alphas."""
    count = int(owner.max()) + 1
    tables = np.zeros((count, *together.shape[1:]))
    np.add.at(tables, owner, together)
    flat = tables.reshape(count, -1)
    rng = np.random.default_rng([seed, count])
    found: list[Floats] = []
    for _ in range(0, DRAWS, AT_ONCE):
        times = rng.multinomial(count, np.full(count, 1 / count), AT_ONCE).astype(np.float64)
        drawn = (times @ flat).reshape(AT_ONCE, *together.shape[1:])
        found.append(alphas(drawn, values, level=level))
    again = np.concatenate(found)
    again = again[np.isfinite(again)]
    if not len(again):
        return np.nan, np.nan
    low, high = np.quantile(again, [TAIL, 1 - TAIL])
    return float(low), float(high)


def _without_disagreement(whole: Floats, values: Floats, count: int, level: Level) -> float:
    """Return the alpha if the most disagreement were true that `count` clusters may not show."""
    share = 1 - TAIL ** (1 / count)
    # The largest distance there is, in every pair that disagrees.
    margins = whole.sum(axis=1)
    total = margins.sum()
    first, last = np.flatnonzero(margins)[[0, -1]]
    worst = whole * (1 - share)
    moved = share * total / 2
    worst[first, last] += moved
    worst[last, first] += moved
    return float(alphas(worst[None], values, level=level)[0])
