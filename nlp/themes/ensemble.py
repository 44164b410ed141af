"""Many clusterings of the same passages, each seeing something else of them.

Every run takes a random part of the passages, a random number of leading principal directions,
a random flattening of their spread and a random number of clusters, and clusters by spherical
k-means (Dhillon and Modha 2001) from k-means++ seeds (Arthur and Vassilvitskii 2007).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from nlp.themes.chance import Keys, uniform
from nlp.themes.units import Floats, Indices, unit_length

PART = 0.8
FEWEST_DIRECTIONS = 10
MOST_DIRECTIONS = 60
_STEPS = 30
_DRAWS_A_RUN = 1_000
_PART_DRAW = 10**9


@dataclass(frozen=True)
class Axes:
    """Principal directions of the passages: where the middle is, and where it spreads."""

    middle: Floats
    directions: Floats
    spread: Floats

    def project(self, vectors: Floats) -> Floats:
        """Give coordinates along the directions, widest first."""
        found: Floats = ((vectors - self.middle) @ self.directions).astype(np.float32)
        return found


@dataclass(frozen=True)
class Run:
    """One clustering: how it sees the passages and where its centres lie."""

    width: int
    flattening: float
    centres: Floats

    def view(self, places: Floats, spread: Floats) -> Floats:
        """Return the passages as this run sees them, rows of length one."""
        wide = spread[: self.width] ** (self.flattening - 1)
        return unit_length(places[:, : self.width] * wide)

    def assign(self, places: Floats, spread: Floats) -> Indices:
        """Return the cluster of each passage."""
        found: Indices = np.argmax(self.view(places, spread) @ self.centres.T, axis=1)
        return found


def principal_axes(vectors: Floats, weights: npt.NDArray[np.float64]) -> Axes:
    """Find the leading principal directions of weighted passages."""
    weight = (weights / weights.sum()).astype(np.float32)
    middle = weight @ vectors
    centred = vectors - middle
    spread, directions = np.linalg.eigh(((centred * weight[:, None]).T @ centred).astype(float))
    order = np.argsort(-spread, kind="stable")[: min(MOST_DIRECTIONS, max(1, len(vectors) - 1))]
    order = order[spread[order] > 1e-9 * max(float(spread[order[0]]), 1e-12)]
    return Axes(
        middle,
        directions[:, order].astype(np.float32),
        np.sqrt(spread[order]).astype(np.float32),
    )


def draw_runs(
    places: Floats,
    axes: Axes,
    weights: npt.NDArray[np.float64],
    own: Keys,
    *,
    runs: int,
    expected: float,
    seed: int,
    asked: Floats,
) -> list[Run]:
    """Cluster many times.

    Args:
        places: Coordinates of the passages (`Axes.project`).
        axes: The directions.
        weights: How much each passage counts.
        own: What chance reads.
        runs: How many clusterings.
        expected: The number of themes expected; runs have from 0.4 to twice as many clusters.
        seed: Which runs are drawn.
        asked: Coordinates of research questions; every other run starts from them.
    """
    dice = np.random.default_rng([seed, runs])
    found = []
    for number in range(runs):
        wide, flat, fine = dice.random(3)
        width = min(
            FEWEST_DIRECTIONS + int(wide * (MOST_DIRECTIONS - FEWEST_DIRECTIONS)), places.shape[1]
        )
        start = Run(width, float(flat), places[:0])
        part = uniform(own, _PART_DRAW + seed * runs + number) < PART
        if part.sum() < 2:
            part[:] = True
        seen = start.view(places[part], axes.spread)
        clusters = max(2, min(round(expected * (0.4 + 1.6 * fine)), len(seen)))
        first = (seed * runs + number) * _DRAWS_A_RUN
        given = _in_turn(asked, number, clusters) if number % 2 else asked[:0]
        begun = start.view(given, axes.spread)
        centres = _cluster(seen, weights[part], own[part], clusters, first=first, begun=begun)
        found.append(Run(width, float(flat), centres))
    return found


def _in_turn(asked: Floats, number: int, clusters: int) -> Floats:
    """Return at most half as many questions as there are clusters, others in each run."""
    size = min(len(asked), clusters // 2)
    chosen = (number // 2 * max(size, 1) + np.arange(size)) % max(len(asked), 1)
    return asked[chosen]


def _cluster(
    seen: Floats,
    weights: npt.NDArray[np.float64],
    own: Keys,
    clusters: int,
    *,
    first: int,
    begun: Floats,
) -> Floats:
    drawn = _seeds(seen, weights, own, clusters - len(begun), first=first, begun=begun)
    centres = np.concatenate([begun, seen[drawn]])
    member = np.full(len(seen), -1)
    for _ in range(_STEPS):
        nearest = np.argmax(seen @ centres.T, axis=1)
        if np.array_equal(nearest, member):
            break
        member = nearest
        table = np.zeros((len(seen), len(centres)), dtype=np.float32)
        table[np.arange(len(seen)), member] = weights
        sums = unit_length(table.T @ seen)
        # A cluster that lost all its passages stays where it was.
        centres = np.where(np.any(sums, axis=1, keepdims=True), sums, centres)
    return centres


def _seeds(
    seen: Floats,
    weights: npt.NDArray[np.float64],
    own: Keys,
    clusters: int,
    *,
    first: int,
    begun: Floats,
) -> list[int]:
    """Draw seeds with chances proportional to weight times distance (the Gumbel trick)."""
    far = np.ones(len(seen))
    if len(begun):
        far = np.minimum(far, np.maximum(1 - (seen @ begun.T).max(axis=1), 0.0))
    found: list[int] = []
    for number in range(clusters):
        luck = -np.log(-np.log(uniform(own, first + number)))
        chosen = int(np.argmax(np.log(far * weights + 1e-12) + luck))
        found.append(chosen)
        far = np.minimum(far, np.maximum(1 - seen @ seen[chosen], 0.0))
    return found
