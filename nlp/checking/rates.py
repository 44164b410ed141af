"""Shares estimated from a weighted sample, with an interval that few answers do not make narrow."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
DRAWS = 2_000
NORMAL = 1.959963984540054
"""The 97.5 % quantile of the normal distribution."""


@dataclass(frozen=True)
class Rate:
    """A share with the ends of its 95 % interval; NaN where there is nothing to take a share of."""

    value: float
    low: float
    high: float


def rate(part: Floats, whole: Floats, owner: NDArray[np.intp], *, seed: int = 0) -> Rate:
    """Return how much of a whole a part is.

    The interval is the wider of two: percentiles from drawing people again, and Wilson's with as
    many passages as the weights are worth (Kish 1965, Survey Sampling). Alone the first is too
    narrow where few people wrote or every answer is the same, the second where people differ.

    Args:
        part: For each passage how much of the part it stands for.
        whole: The same of the whole; never less than `part`.
        owner: For each passage the number of its author.
        seed: Makes the interval repeatable.
    """
    total = float(whole.sum())
    if not total > 0:
        return Rate(np.nan, np.nan, np.nan)
    value = float(part.sum()) / total
    low, high = _wilson(value, 1 / float(((whole / total) ** 2).sum()))
    again = _drawn_again(part, whole, owner, seed)
    if len(again):
        drawn = np.quantile(again, [0.025, 0.975])
        low, high = min(low, float(drawn[0])), max(high, float(drawn[1]))
    return Rate(value, max(low, 0.0), min(high, 1.0))


def _wilson(value: float, size: float) -> tuple[float, float]:
    """Return the ends of Wilson's interval (1927, J. Am. Statist. Assoc. 22, 209-212)."""
    squared = NORMAL**2 / size
    middle = (value + squared / 2) / (1 + squared)
    half = NORMAL * np.sqrt(value * (1 - value) / size + squared / (4 * size)) / (1 + squared)
    return float(middle - half), float(middle + half)


def _drawn_again(part: Floats, whole: Floats, owner: NDArray[np.intp], seed: int) -> Floats:
    count = int(owner.max(initial=-1)) + 1
    if count < 2:
        return np.array([])
    sums = np.stack([np.bincount(owner, values, count) for values in (part, whole)], axis=1)
    rng = np.random.default_rng([seed, count])
    times = rng.multinomial(count, np.full(count, 1 / count), DRAWS).astype(np.float64)
    drawn: Floats = times @ sums
    drawn = drawn[drawn[:, 1] > 0]
    shares: Floats = drawn[:, 0] / drawn[:, 1]
    return shares
