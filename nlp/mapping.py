"""The map of a run: passages of like meaning close together, drawn on a sheet."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import numpy as np
import numpy.typing as npt
import pandas as pd
from sqlalchemy import String, cast, insert
from sqlalchemy import select as rows_of
from sqlmodel import Session, col

from data.tables import Passage, Place
from nlp.themes.chance import keys as hashed
from nlp.themes.chance import uniform

MOST = 2_000
"""Passages drawn; more are neither told apart by the eye nor drawn quickly."""
AXES = 30
"""Principal axes that are looked at: the others are noise to neighbours."""
FEWEST = 12
"""Different passages below which there are no neighbourhoods to draw: they stand in a ring."""

Points = npt.NDArray[np.float64]


def lay_out(vectors: npt.ArrayLike, *, seed: int = 0) -> Points:
    """Lay vectors out on a sheet so that near ones stay near; from -1 to 1 both ways.

    Distances between far groups and their sizes mean nothing: only neighbourhood is kept.

    Args:
        vectors: (n, d).
        seed: The same seed and vectors give the same map.

    Returns:
        (n, 2).

    Source:
        t-SNE started from principal axes: van der Maaten and Hinton (2008), Visualizing data using
        t-SNE, JMLR 9; Kobak and Berens (2019), The art of using t-SNE for single-cell
        transcriptomics, Nature Communications 10.
    """
    from sklearn.decomposition import PCA
    from sklearn.manifold import TSNE
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]  # not annotated

    given = np.asarray(vectors, dtype=np.float64)
    count = len(given)
    if count < FEWEST or len(np.unique(given, axis=0)) < FEWEST:
        angles = 2 * np.pi * np.arange(count) / max(1, count)
        return np.column_stack([np.cos(angles), np.sin(angles)])
    with threadpool_limits(1):
        axes = PCA(min(AXES, count - 1, given.shape[1]), random_state=seed).fit_transform(given)
        points = TSNE(
            init="pca", perplexity=min(30, (count - 1) / 3), random_state=seed, n_jobs=1
        ).fit_transform(axes)
    reach = np.abs(points - points.mean(axis=0)).max() or 1.0
    return np.asarray((points - points.mean(axis=0)) / reach, dtype=np.float64)


def draw_map(vectors: npt.ArrayLike, keys: list[str], *, seed: int = 0) -> pd.DataFrame:
    """Say where the passages of a run lie; of very many, a fixed part drawn by lot.

    It takes seconds and is computed before anything is written: on SQLite one writer keeps all
    others waiting.

    Args:
        vectors: Of the passages, (n, d), in the order of `keys`.
        keys: The passages.
        seed: Of the drawing.

    Returns:
        x and y, index: the passages drawn.
    """
    own = hashed(keys, seed=seed)
    chosen = np.argsort(uniform(own, 0), kind="stable")[:MOST]
    points = lay_out(np.asarray(vectors)[chosen], seed=seed)
    index = pd.Index([keys[row] for row in chosen.tolist()], name="passage")
    return pd.DataFrame(points, index=index, columns=["x", "y"])


def keep_map(places: pd.DataFrame, *, run_id: UUID, session: Session) -> None:
    """Write down where the passages of a run lie, as `draw_map` says it."""
    rows: list[dict[str, Any]] = [
        {"run_id": run_id, "passage_id": UUID(str(key)), "x": float(x), "y": float(y)}
        for key, x, y in places.itertuples()
    ]
    if rows:
        session.execute(insert(Place), rows)


def read_map(run_id: UUID, *, session: Session) -> pd.DataFrame:
    """Return where passages lie: x and y, index: their keys; those that are gone are missing."""
    rows = session.execute(
        rows_of(cast(col(Passage.id), String), col(Place.x), col(Place.y))
        .join(Passage, col(Passage.id) == col(Place.passage_id))
        .where(col(Place.run_id) == run_id)
    ).all()
    found = [(str(UUID(key)), x, y) for key, x, y in rows]
    return pd.DataFrame(found, columns=["passage", "x", "y"]).set_index("passage").sort_index()
