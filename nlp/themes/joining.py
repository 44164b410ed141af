"""New passages join existing themes at once, without a new run."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from nlp.themes.neighbours import NEIGHBOURS
from nlp.themes.settings import ThemeSettings
from nlp.themes.shares import passage_shares
from nlp.themes.units import Floats, unit_length

_CHUNK = 1_000


def join(
    vectors: npt.ArrayLike,
    shares: pd.DataFrame,
    new_vectors: npt.ArrayLike,
    *,
    settings: ThemeSettings | None = None,
) -> npt.NDArray[np.float32]:
    """Give new passages shares in the themes of their nearest neighbours.

    Args:
        vectors: Of the passages of the run, (n, d), in the order of `shares`.
        shares: Passage by theme.
        new_vectors: Of the new passages, (m, d), made like the others.
        settings: Their certainty decides what stays unassigned.

    Returns:
        Shares of the new passages, (m, themes); a row of zeros is unassigned.
    """
    known = shares.to_numpy(dtype=np.float32)
    kept = np.flatnonzero(known.sum(axis=1) > 0)
    old = np.asarray(vectors, dtype=np.float32)[kept]
    new = np.asarray(new_vectors, dtype=np.float32)
    if not len(kept) or not len(new):
        return np.zeros((len(new), known.shape[1]), dtype=np.float32)
    middle = old.mean(axis=0)
    table = unit_length(old - middle)
    votes = [
        _votes(unit_length(new[start : start + _CHUNK] - middle), table, known[kept])
        for start in range(0, len(new), _CHUNK)
    ]
    found, _ = passage_shares(np.concatenate(votes), (settings or ThemeSettings()).certainty)
    return found


def _votes(new: Floats, old: Floats, shares: Floats) -> Floats:
    likeness = new @ old.T
    size = min(NEIGHBOURS, len(old))
    nearest = np.argpartition(-likeness, size - 1, axis=1)[:, :size]
    weight = np.maximum(np.take_along_axis(likeness, nearest, axis=1), 0) ** 2
    found: Floats = np.einsum("ij,ijk->ik", weight, shares[nearest])
    return found
