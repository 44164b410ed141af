"""Smoothing vectors over their neighbours.

Single short passages are noisy; a passage moved towards its nearest neighbours keeps its meaning
and loses some of what is peculiar to its wording. Translations, being neighbours, move together.

A passage's neighbours are those that are closest to it beyond how close they are to everything
(cross-domain similarity local scaling, Conneau et al. 2018): without that, a few passages are the
neighbours of all others. Two steps of diffusion on the symmetric graph of neighbours follow.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from nlp.themes.chance import Keys
from nlp.themes.guiding import links
from nlp.themes.units import Floats, unit_length

NEIGHBOURS = 15
STEPS = 2
KEPT = 0.3
# More passages than this look for their neighbours in a sample of so many.
POOL = 10_000
_CHUNK = 1_000


def smooth(vectors: Floats, own: Keys, asked: Floats) -> tuple[Floats, Floats]:
    """Move each vector towards its neighbours, and questions towards what is nearest to them.

    Args:
        vectors: Unit rows (n, d).
        own: Keys of the rows; the pool is drawn by them.
        asked: Unit rows of research questions, (questions, d); there may be none.

    Returns:
        Unit rows (n, d) and (questions, d).
    """
    from scipy.sparse import csr_matrix

    count = len(vectors)
    size = min(NEIGHBOURS, min(count, POOL) - 1)
    if size < 1:
        return vectors, asked
    middle = vectors.mean(axis=0)
    centred, questions = unit_length(vectors - middle), unit_length(asked - middle)
    pool = np.sort(np.argsort(own, kind="stable")[:POOL])
    found, near = _nearest(centred, pool, size)
    rows = np.repeat(np.arange(count), size)
    graph = csr_matrix((near.ravel(), (rows, found.ravel())), shape=(count, count))
    graph = graph.maximum(graph.T).astype(np.float32)
    near_passage, near_question, weight = links(centred, questions)
    guide = csr_matrix(
        (weight, (near_passage, near_question)), shape=(count, len(questions)), dtype=np.float32
    )
    sums = np.asarray(graph.sum(axis=1) + guide.sum(axis=1)).ravel()
    scale = np.divide(1 - KEPT, sums, out=np.zeros_like(sums), where=sums > 0)[:, None]
    pull = guide @ questions
    moved = centred
    for _ in range(STEPS):
        moved = KEPT * centred + scale * (graph @ moved + pull)
    return unit_length(moved), unit_length(
        KEPT * questions + (1 - KEPT) * _gathered(guide.T, moved)
    )


def _gathered(weights: Any, moved: Floats) -> Floats:  # noqa: ANN401 - a sparse matrix, without types
    """Return the weighted mean of the passages linked to each question."""
    sums = np.asarray(weights.sum(axis=1)).reshape(-1, 1)
    found: Floats = (weights @ moved) / np.maximum(sums, 1e-9)
    return found


def _nearest(
    vectors: Floats, pool: npt.NDArray[np.intp], size: int
) -> tuple[npt.NDArray[np.intp], Floats]:
    """Find the nearest of the pool for every row, not itself, and their squared cosines."""
    count = len(vectors)
    place = np.full(count, -1)
    place[pool] = np.arange(len(pool))
    found = np.empty((count, size), dtype=np.intp)
    near = np.empty((count, size), dtype=np.float32)
    table = np.ascontiguousarray(vectors[pool].T)
    popular = _popularity(vectors[pool], size)
    for start in range(0, count, _CHUNK):
        rows = np.arange(start, min(start + _CHUNK, count))
        likeness = vectors[rows] @ table
        inside = place[rows] >= 0
        likeness[np.flatnonzero(inside), place[rows[inside]]] = -2
        best = np.argpartition(popular - likeness, size - 1, axis=1)[:, :size]
        found[rows] = pool[best]
        near[rows] = np.maximum(np.take_along_axis(likeness, best, axis=1), 0) ** 2
    return found, near


def _popularity(pool: Floats, size: int) -> Floats:
    """Return half the mean cosine of each passage of the pool with its own nearest."""
    found = np.empty(len(pool), dtype=np.float32)
    for start in range(0, len(pool), _CHUNK):
        likeness = pool[start : start + _CHUNK] @ pool.T
        likeness[np.arange(len(likeness)), np.arange(start, start + len(likeness))] = -2
        nearest = np.partition(likeness, -size, axis=1)[:, -size:]
        found[start : start + _CHUNK] = nearest.mean(axis=1)
    found /= 2
    return found
