"""Themes of a new run beside those of an old one: which is which, what appeared, what went."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

# Overlap (Jaccard) from which a new theme is the old one gone on.
SAME = 0.3
# Share of a theme's passages that makes another theme a part or a whole of it.
PART = 0.25


@dataclass(frozen=True)
class Matching:
    """How two runs go together, judged by the passages that both know.

    Attributes:
        same: New theme to the old theme that it continues; names and decisions follow it.
        overlap: For each of these pairs, by the new theme, the Jaccard overlap.
        appeared: New themes that continue none.
        vanished: Old themes that none continues.
        split: Old theme to the new themes that each hold a good part of it, where several do.
        merged: New theme to the old themes that each gave it a good part of theirs, where several
            did.
    """

    same: dict[int, int]
    overlap: dict[int, float]
    appeared: list[int]
    vanished: list[int]
    split: dict[int, list[int]]
    merged: dict[int, list[int]]


def match(old: pd.Series[int], new: pd.Series[int]) -> Matching:
    """Match the themes of two runs.

    Pairs are chosen so that the sum of their Jaccard overlaps is largest (the Hungarian method,
    Kuhn 1955).

    Args:
        old: Theme of each passage, -1 for none; index: passage ids.
        new: The same of the new run.
    """
    from scipy.optimize import linear_sum_assignment

    before = sorted(set(old[old >= 0].tolist()))
    after = sorted(set(new[new >= 0].tolist()))
    both = old.index.intersection(new.index)
    table = pd.crosstab(old.loc[both], new.loc[both])
    counts = table.reindex(index=before, columns=after, fill_value=0).to_numpy(dtype=float)
    own = old.loc[both].value_counts().reindex(before, fill_value=0).to_numpy(dtype=float)
    gone = new.loc[both].value_counts().reindex(after, fill_value=0).to_numpy(dtype=float)
    union = own[:, None] + gone[None, :] - counts
    jaccard = np.divide(counts, union, out=np.zeros_like(counts), where=union > 0)
    pairs = [
        (row, column)
        for row, column in zip(*linear_sum_assignment(-jaccard), strict=True)
        if jaccard[row, column] >= SAME
    ]
    same = {after[column]: before[row] for row, column in pairs}
    return Matching(
        same=same,
        overlap={after[column]: float(jaccard[row, column]) for row, column in pairs},
        appeared=[theme for theme in after if theme not in same],
        vanished=[theme for theme in before if theme not in set(same.values())],
        split=_several(counts, own[:, None], before, after),
        merged=_several(counts.T, own[None, :], after, before),
    )


def _several(
    counts: np.ndarray, sizes: np.ndarray, rows: list[int], columns: list[int]
) -> dict[int, list[int]]:
    """List, for each row, the columns that hold a good part of the old theme, where several do."""
    parts = np.divide(counts, sizes, out=np.zeros_like(counts), where=sizes > 0) >= PART
    return {
        rows[row]: [columns[column] for column in np.flatnonzero(parts[row])]
        for row in np.flatnonzero(parts.sum(axis=1) > 1)
    }
