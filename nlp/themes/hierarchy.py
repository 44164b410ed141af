"""Broader and narrower: which themes belong together, from the runs that found them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from nlp.themes.consensus import Ballot
from nlp.themes.units import Floats, Indices


@dataclass(frozen=True)
class Branch:
    """Two themes, or broader groups of them, that belong together.

    Attributes:
        number: Its own number, after those of the themes.
        parts: What it is made of: numbers of themes or of earlier branches.
        closeness: How often a passage of the one part was put together with one of the other, over
            all clusterings, 0 to 1.
    """

    number: int
    parts: tuple[int, int]
    closeness: float


def together(ballot: Ballot, themes: Indices, weights: npt.NDArray[np.float64]) -> Floats:
    """Return how often passages of two themes are put together, (themes, themes).

    Args:
        ballot: The clusters of the passages in every run.
        themes: The theme of each passage, -1 for none.
        weights: How much each passage counts.
    """
    inside = np.flatnonzero(themes >= 0)
    count = int(themes.max(initial=-1)) + 1
    cells = ballot.count * count
    counted = np.zeros(cells)
    for run in range(ballot.runs):
        place = ballot.clusters[inside, run] * count + themes[inside]
        counted += np.bincount(place, weights[inside], cells)
    table = counted.reshape(ballot.count, count)
    sums = table.sum(axis=0) / ballot.runs
    parts = np.divide(table, sums, out=np.zeros_like(table), where=sums > 0)
    found: Floats = (parts.T @ parts / ballot.runs).astype(np.float32)
    return found


def tree(close: Floats, sizes: npt.NDArray[np.float64]) -> tuple[Branch, ...]:
    """Join the closest first (average linkage, Sokal and Michener 1958), themes by their weight.

    Args:
        close: How close each pair of themes is, (themes, themes).
        sizes: Weight of each theme.

    Returns:
        One branch fewer than there are themes, the closest first.
    """
    count = len(sizes)
    weight = {number: float(size) for number, size in enumerate(sizes)}
    distance = {
        (one, other): float(close[one, other]) for other in range(count) for one in range(other)
    }
    found = []
    for number in range(count, 2 * count - 1):
        (one, other), closeness = max(
            distance.items(), key=lambda item: (round(item[1], 6), -item[0][1], -item[0][0])
        )
        found.append(Branch(number, (one, other), closeness))
        total = weight[one] + weight[other]
        for third in [number for number in weight if number not in (one, other)]:
            distance[third, number] = (
                weight[one] * distance.pop(_pair(one, third))
                + weight[other] * distance.pop(_pair(other, third))
            ) / total
        del distance[one, other], weight[one], weight[other]
        weight[number] = total
    return tuple(found)


def _pair(one: int, other: int) -> tuple[int, int]:
    return (one, other) if one < other else (other, one)


def broad(hierarchy: Sequence[Branch], themes: int, groups: int) -> dict[int, int]:
    """Cut the tree into broad groups.

    Args:
        hierarchy: As `Themes.hierarchy` has it.
        themes: How many themes there are.
        groups: How many groups are wanted.

    Returns:
        For each theme the lowest theme number of its group, which is its largest theme.
    """
    members = {number: [number] for number in range(themes)}
    for branch in hierarchy[: max(0, themes - groups)]:
        one, other = branch.parts
        members[branch.number] = members.pop(one) + members.pop(other)
    return {
        theme: min(inside) for inside in members.values() for theme in sorted(inside)
    }  # fmt: skip
