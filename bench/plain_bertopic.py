"""BERTopic as it comes, with given vectors: what our themes are compared with."""

from __future__ import annotations

import warnings
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Labels = npt.NDArray[np.intp]


def topics(texts: Sequence[str], vectors: npt.NDArray[np.float32], *, seed: int = 0) -> Labels:
    """Fit BERTopic with its default settings; only UMAP's seed is fixed, to be repeatable.

    Args:
        texts: The passages.
        vectors: Their vectors.
        seed: UMAP's.

    Returns:
        The topic of each passage, -1 for outliers.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from bertopic import BERTopic
        from umap import UMAP

        # The default's own numbers (bertopic 0.17), with a seed.
        reducer = UMAP(
            n_neighbors=15, n_components=5, min_dist=0.0, metric="cosine", random_state=seed
        )
        found, _ = BERTopic(umap_model=reducer).fit_transform(list(texts), vectors)
    return np.asarray(found, dtype=np.intp)
