"""How many themes: as many as are usual for so many passages, and of these the most stable."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from nlp.themes.chance import Keys, uniform
from nlp.themes.consensus import Ballot, Consensus
from nlp.themes.settings import ThemeSettings
from nlp.themes.units import Indices

REPLICATES = 6
PART = 0.8
MOST_PASSAGES = 1_500
_RUNS = 50
# From so many passages on, more of them bring hardly more themes: a reader can use no more.
_PLENTY = 800
# What each halving or doubling away from the expected number costs. Less, and a few passages more
# or less would change the number of themes by the noise of its stability.
_PULL = 0.8
_DRAW = 2 * 10**9


def expected_number(passages: float, settings: ThemeSettings) -> float:
    """Return the number of themes that is usual for so many passages.

    One at first, about 5 from sixty passages, 13 from eight hundred, 18 from a hundred thousand;
    doubled or halved for every quarter of granularity.
    """
    if settings.number is not None:
        return float(settings.number)
    usual = 1 + 3.4 * math.log1p(min(passages, _PLENTY) / 25)
    usual += math.log(max(passages / _PLENTY, 1))
    return max(1.0, usual * 2 ** (4 * (settings.granularity - 0.5)))


def candidates(passages: float, distinct: int, settings: ThemeSettings) -> list[int]:
    """Return the numbers of themes that are tried."""
    if settings.number is not None:
        return [max(1, min(settings.number, distinct))]
    middle = expected_number(passages, settings)
    low = max(2, round(0.8 * middle))
    high = max(low, round(1.25 * middle))
    return [min(number, distinct) for number in range(low, high + 1) if number <= max(distinct, 2)]


@dataclass(frozen=True)
class Stability:
    """How themes came back when they were computed again without some of the passages.

    Attributes:
        whole: For each number of themes tried, the mean agreement (adjusted Rand index).
        themes: For each number, the mean best overlap (Jaccard) of each theme.
    """

    whole: dict[int, float]
    themes: dict[int, npt.NDArray[np.float64]]


def smallest_theme(passages: float) -> float:
    """Return the weight that makes a group of passages a theme: 1 %, at least 2, at most 30."""
    return float(np.clip(0.01 * passages, 2, 30))


def adjusted_rand(one: Indices, other: Indices) -> float:
    """Agreement of two clusterings, 1 for the same, 0 for chance (Hubert and Arabie 1985)."""
    table = crossed(one, other)
    pairs = (table * (table - 1) / 2).sum()
    rows, columns = table.sum(axis=1), table.sum(axis=0)
    row_pairs, column_pairs = (rows * (rows - 1) / 2).sum(), (columns * (columns - 1) / 2).sum()
    total = len(one) * (len(one) - 1) / 2
    chance = row_pairs * column_pairs / total if total else 0.0
    most = (row_pairs + column_pairs) / 2
    return 1.0 if most == chance else float((pairs - chance) / (most - chance))


def crossed(one: Indices, other: Indices) -> npt.NDArray[np.float64]:
    """Count how often each pair of labels occurs; labels from 0."""
    width = int(other.max(initial=0)) + 1
    height = int(one.max(initial=0)) + 1
    counts = np.bincount(one * width + other, minlength=height * width)
    return counts.reshape(height, width).astype(float)


def measure_stability(
    ballot: Ballot,
    labels: dict[int, Indices],
    weights: npt.NDArray[np.float64],
    own: Keys,
) -> Stability:
    """Repeat the consensus on parts of the passages with parts of the runs.

    Args:
        ballot: The votes of the anchors.
        labels: For each number of themes tried, the theme of each anchor.
        weights: Of the anchors.
        own: Keys of the anchors.
    """
    whole: dict[int, list[float]] = {number: [] for number in labels}
    overlaps: dict[int, list[npt.NDArray[np.float64]]] = {number: [] for number in labels}
    for replicate in range(REPLICATES):
        draw = uniform(own, _DRAW + replicate)
        size = max(2, min(MOST_PASSAGES, round(PART * len(own))))
        rows = np.sort(np.argsort(draw, kind="stable")[:size])
        consensus = Consensus(_some_runs(ballot, rows, replicate), weights[rows])
        smallest = smallest_theme(float(weights[rows].sum()))
        for number, label in labels.items():
            again = np.argmax(consensus.ballot.votes(consensus.cut(number, smallest)), axis=1)
            whole[number].append(adjusted_rand(label[rows], again))
            overlaps[number].append(best_overlaps(label[rows], again, int(label.max()) + 1))
    return Stability(
        {number: float(np.mean(values)) for number, values in whole.items()},
        {number: np.mean(values, axis=0) for number, values in overlaps.items()},
    )


def _some_runs(ballot: Ballot, rows: Indices, replicate: int) -> Ballot:
    size = max(1, min(_RUNS, ballot.runs // 2))
    start = replicate * size % ballot.runs
    chosen = np.arange(start, start + size) % ballot.runs
    clusters = ballot.clusters[np.ix_(rows, chosen)]
    used, again = np.unique(clusters, return_inverse=True)
    return Ballot(again.reshape(clusters.shape), len(used))


def best_overlaps(one: Indices, other: Indices, themes: int) -> npt.NDArray[np.float64]:
    """Return for each theme of the one its best Jaccard overlap with any of the other."""
    table = crossed(one, other)
    union = table.sum(axis=1, keepdims=True) + table.sum(axis=0, keepdims=True) - table
    best = np.divide(table, union, out=np.zeros_like(table), where=union > 0).max(axis=1)
    found = np.zeros(themes)
    found[: len(best)] = best
    return found


def most_stable(stability: Stability, expected: float) -> int:
    """Choose the most stable number; between equals, the one nearest to what is expected."""
    return max(
        stability.whole,
        key=lambda number: (
            round(stability.whole[number] - _PULL * abs(math.log2(number / expected)), 6),
            -number,
        ),
    )
