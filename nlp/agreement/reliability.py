"""Krippendorff's alpha for nominal, ordinal and interval values, with missing ones.

Source:
    Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, University of Pennsylvania,
    https://repository.upenn.edu/asc_papers/43; Krippendorff (2004), Content Analysis, ch. 11.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Level = Literal["nominal", "ordinal", "interval"]


def alpha(ratings: pd.DataFrame, *, level: Level = "nominal") -> float:
    """Return Krippendorff's alpha: 1 for perfect agreement, 0 for what chance would bring.

    Args:
        ratings: Unit x coder; NaN (or None) where a coder did not code a unit. Nominal values may
            be of any type, the others are numbers.
        level: What the values mean: names (any two differ alike), ranks, or distances.

    Returns:
        At most 1; below 0 where coders disagree systematically. NaN where it is not defined: no
        unit has two values, or all values that can be paired are the same, so that nothing was
        told apart.

    Raises:
        ValueError: A value of ranks or distances is not a finite number.
    """
    together, values = coincidences(ratings, level=level)
    return float(alphas(together.sum(axis=0)[None], values, level=level)[0])


def coincidences(ratings: pd.DataFrame, *, level: Level) -> tuple[Floats, Floats]:
    """Count for each unit which values stand beside each other.

    Args:
        ratings: As for `alpha`.
        level: As for `alpha`.

    Returns:
        Unit x value x value: pairs of values of different coders, each weighted by one less than
        the values of its unit, so that a unit counts as often as it has values; nothing for units
        with fewer than two. And the values in their order, as numbers.
    """
    codes, values = _numbered(ratings, level)
    counts = np.zeros((len(ratings), len(values)))
    for place in range(len(values)):
        counts[:, place] = (codes == place).sum(axis=1)
    size = counts.sum(axis=1)
    pairs = counts[:, :, None] * counts[:, None, :]
    same = np.arange(len(values))
    pairs[:, same, same] -= counts
    return pairs / np.where(size > 1, size - 1, np.inf)[:, None, None], values


def alphas(together: Floats, values: Floats, *, level: Level) -> Floats:
    """Return alpha for each of several tables of coincidences.

    Args:
        together: Table x value x value, each what `coincidences` returns, summed over units.
        values: The values, in their order.
        level: As for `alpha`.
    """
    margins = together.sum(axis=2)
    total = margins.sum(axis=1)
    apart = _distances(margins, values, level)
    seen = (together * apart).sum(axis=(1, 2))
    chance = np.einsum("tc,tck,tk->t", margins, apart, margins)
    with np.errstate(divide="ignore", invalid="ignore"):
        found: Floats = 1 - (total - 1) * seen / chance
    found[~(chance > 0)] = np.nan
    return found


def _distances(margins: Floats, values: Floats, level: Level) -> Floats:
    """Return the squared distance of any two values, for each table: those of ranks depend on it.

    Two ranks are as far apart as there are values between them, their own counted half.
    """
    if level == "ordinal":
        middle = margins.cumsum(axis=1) - margins / 2
        ranks: Floats = (middle[:, :, None] - middle[:, None, :]) ** 2
        return ranks
    if level == "interval":
        fixed = (values[:, None] - values[None, :]) ** 2
    else:
        fixed = 1.0 - np.eye(len(values))
    return np.broadcast_to(fixed, (len(margins), *fixed.shape))


def _numbered(ratings: pd.DataFrame, level: Level) -> tuple[NDArray[np.intp], Floats]:
    """Number the values in their order; -1 for a missing one."""
    flat = pd.Series(ratings.to_numpy(dtype=object).ravel(), dtype=object)
    if level == "nominal":
        codes, found = pd.factorize(flat)
        return codes.reshape(ratings.shape), np.arange(len(found), dtype=np.float64)
    numbers = pd.to_numeric(flat, errors="raise").astype(float)
    if np.isinf(numbers).any():
        raise ValueError("a rating is infinite")
    codes, known = pd.factorize(numbers, sort=True)
    return codes.reshape(ratings.shape), np.asarray(known, dtype=np.float64)
