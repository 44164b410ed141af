"""Agreeing on themes: passages that many clusterings put together belong together.

Evidence accumulation (Fred and Jain 2005): the share of runs that put two passages into the same
cluster is their closeness; average linkage makes a tree of it; cutting the tree gives themes, from
broad to narrow. Then the runs vote: a passage's share in a theme is the mean, over the runs, of the
part of its cluster that belongs to the theme.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from nlp.themes.ensemble import Run
from nlp.themes.units import Floats, Indices

# More rounds let small themes drift into large ones.
_ROUNDS = 2
_CHUNK = 2_000


@dataclass(frozen=True)
class Ballot:
    """Which cluster of each run every passage is in.

    Attributes:
        clusters: (n, runs), numbered through over all runs.
        count: Number of clusters over all runs.
    """

    clusters: Indices
    count: int

    @property
    def runs(self) -> int:
        """How many runs there are."""
        return int(self.clusters.shape[1])

    def table(self) -> Floats:
        """Return the memberships as a table (n, count) of 0 and 1."""
        found = np.zeros((len(self.clusters), self.count), dtype=np.float32)
        np.put_along_axis(found, self.clusters, 1.0, axis=1)
        return found

    def votes(self, belongs: Floats) -> Floats:
        """Return each passage's share in each theme, (n, themes).

        Args:
            belongs: For each cluster the part that belongs to each theme, (count, themes).
        """
        found = np.empty((len(self.clusters), belongs.shape[1]), dtype=np.float32)
        for start in range(0, len(found), _CHUNK):
            part = self.clusters[start : start + _CHUNK]
            found[start : start + _CHUNK] = belongs[part].mean(axis=1)
        return found


def cast(runs: list[Run], places: Floats, spread: Floats) -> Ballot:
    """Let every run say where each passage belongs."""
    columns = []
    start = 0
    for run in runs:
        columns.append(run.assign(places, spread) + start)
        start += len(run.centres)
    return Ballot(np.stack(columns, axis=1), start)


class Consensus:
    """The tree that the runs agree on, and its cuts."""

    def __init__(self, ballot: Ballot, weights: npt.NDArray[np.float64]) -> None:
        from scipy.cluster.hierarchy import linkage
        from scipy.spatial.distance import squareform

        self.ballot = ballot
        self.weights = weights.astype(np.float32)
        self._members = ballot.table()
        together = self._members @ self._members.T
        far = np.clip(1 - together / ballot.runs, 0, 1)
        np.fill_diagonal(far, 0)
        self._tree = linkage(squareform(far, checks=False), "average")

    def cut(self, number: int, smallest: float) -> Floats:
        """Cut the tree into themes.

        Branches of less than the smallest weight are no themes: their passages vote for the others.

        Args:
            number: Themes wanted; fewer come out where the tree does not carry as many.
            smallest: Weight a theme needs.

        Returns:
            For each cluster the part that belongs to each theme, over the square root of the
            theme's weight, (clusters, themes). Without the root the votes of mixed clusters would
            let large themes swallow small ones.
        """
        theme = self._branches(number, smallest)
        belongs = self._parts(theme)
        for _ in range(_ROUNDS):
            again = np.argmax(self._members @ belongs, axis=1)
            if np.array_equal(again, theme):
                break
            theme = again
            belongs = self._parts(theme)
        return self._without_small(belongs, smallest)

    def _without_small(self, belongs: Floats, smallest: float) -> Floats:
        """Give up the smallest theme until none is too small."""
        while True:
            theme = np.argmax(self._members @ belongs, axis=1)
            sizes = np.bincount(theme, weights=self.weights, minlength=belongs.shape[1])
            least = int(np.argmin(sizes))
            if sizes[least] >= smallest or belongs.shape[1] == 1:
                return belongs
            belongs = np.delete(belongs, least, axis=1)

    def _branches(self, number: int, smallest: float) -> Indices:
        from scipy.cluster.hierarchy import fcluster

        count = len(self.weights)
        best = np.zeros(count, dtype=np.intp)
        most = 0
        for parts in range(number, min(count, 8 * number) + 1):
            branch = fcluster(self._tree, parts, "maxclust") - 1
            heavy = np.flatnonzero(np.bincount(branch, weights=self.weights) >= smallest)
            if len(heavy) > most:
                most = len(heavy)
                place = np.full(branch.max() + 1, -1)
                place[heavy] = np.arange(most)
                best = place[branch]
            if most >= number:
                break
        return best

    def _parts(self, theme: Indices) -> Floats:
        inside = np.flatnonzero(theme >= 0)
        table = np.zeros((len(theme), int(theme.max()) + 1), dtype=np.float32)
        table[inside, theme[inside]] = self.weights[inside]
        parts = self._members.T @ table
        sums = parts.sum(axis=1, keepdims=True) * np.sqrt(table.sum(axis=0))
        found: Floats = np.divide(parts, sums, out=np.zeros_like(parts), where=sums > 0)
        return found
