"""Search by meaning: passages that say something like a sentence, in whatever language."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.search_index import SearchIndex
from nlp.encoders import BUNDLED, Vectors, load
from nlp.encoders.parallel import one_thread
from nlp.neutral import neutralise
from nlp.searching.corpus import Corpus

BLOCK = 2048
"""Rows multiplied at once, so that 100,000 passages need little memory."""
MOST = 100
"""Passages returned at most."""
FARTHEST = 0.1
"""Cosine below which a passage has as good as nothing to do with what is searched for."""


def meaning_of(text: str) -> Vectors:
    """Return the vector (d,) of what is searched for.

    Its language is not asked: a few words do not tell it. What all languages have in common is
    taken away instead, which on the reference corpus finds translations just as well.
    """
    encoder = load(BUNDLED)
    vector: Vectors = neutralise(encoder.encode([text]), ["und"], encoder=encoder)[0]
    return vector


def like_text(text: str, corpus: Corpus, *, within: pd.Index | None = None) -> list[str]:
    """Return the passages that mean something like a text, the most similar first.

    Args:
        text: A word, a question, a sentence in any language.
        corpus: The study's passages.
        within: Only these; all by default.
    """
    return _nearest(meaning_of(text), corpus, within=within) if text.strip() else []


def like_passage(key: str, corpus: Corpus, *, within: pd.Index | None = None) -> list[str]:
    """Return the passages that mean something like another, without itself."""
    if corpus.index is None or key not in corpus.passages.index:
        return []
    row = corpus.rows[corpus.passages.index.get_loc(key)]
    if row < 0:
        return []
    vector = corpus.index.vectors[row] * corpus.index.scales[row]
    return [
        found
        for found in _nearest(vector.astype(np.float32), corpus, within=within, most=MOST + 1)
        if found != key
    ]


def _nearest(
    vector: Vectors, corpus: Corpus, *, within: pd.Index | None, most: int = MOST
) -> list[str]:
    if corpus.index is None:
        return []
    places = (
        np.arange(len(corpus.rows)) if within is None else corpus.passages.index.get_indexer(within)
    )
    places = places[corpus.rows[places] >= 0]
    likeness = _products(corpus.index, vector)[corpus.rows[places]]
    near = likeness >= FARTHEST
    places, likeness = places[near], likeness[near]
    # The whole order is only needed of those that are shown.
    if len(places) > most:
        first = np.argpartition(-likeness, most)[:most]
        places, likeness = places[first], likeness[first]
    order = np.argsort(-likeness, kind="stable")
    return [str(key) for key in corpus.passages.index[places[order]]]


def _products(index: SearchIndex, vector: Vectors) -> npt.NDArray[np.float32]:
    """Return the cosine of every row with a unit vector."""
    products = np.empty(len(index.scales), dtype=np.float32)
    with one_thread():
        for start in range(0, len(products), BLOCK):
            block = slice(start, start + BLOCK)
            products[block] = index.vectors[block].astype(np.float32) @ vector
    scaled: npt.NDArray[np.float32] = products * index.scales
    return scaled


def warm() -> None:
    """Load what a search needs, so that the first one need not wait for it."""
    meaning_of(".")
