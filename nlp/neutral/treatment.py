"""Taking the language out of vectors, with a treatment fitted on the reference corpus only.

The method (docs/methods/neutral.md): each language loses the mean of its reference sentences
(Libovicky, Rosa and Fraser 2020, https://arxiv.org/abs/2004.05160), then directions in which
translations of one sentence differ are made shorter: within-class covariance normalisation
(Hatch, Kajarekar and Stolcke 2006, Interspeech), a class being one sentence in all languages.
Nothing of it depends on the study's texts, so no difference between groups can be fitted away.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from nlp.encoders.encoder import Encoder, Vectors, unit
from nlp.encoders.parallel import one_thread
from nlp.neutral.encoded import Encoded, encoded_reference
from nlp.neutral.reference import reference

# Weight of the identity beside the estimated covariance, in units of its mean eigenvalue. Chosen
# by retrieval of held-out reference sentences, which is flat between 1 and 10.
SHRINKAGE = 3.0
# An encoder understands a language if this share of its reference sentences lies nearest to their
# own translations; the others tell nothing about how translations differ.
UNDERSTOOD = 0.5
BLOCK = 8192  # rows treated at once, so that 100,000 passages need little memory

Numbers = npt.NDArray[np.float64]

_fitted: dict[str, Treatment] = {}


@dataclass(frozen=True)
class Treatment:
    """What is done to the vectors of one encoder.

    Attributes:
        means: For each language of the corpus the mean of its sentences, (d,).
        common: The mean of the means of the languages the encoder understands; it stands in where
            a text has no language of the corpus.
        scaling: Symmetric matrix (d, d) that shortens the directions of translation.
        recognised: For each language, the share of its sentences that lie nearest to their own
            translations: how well the encoder understands it.
    """

    means: Mapping[str, Numbers]
    common: Numbers
    scaling: Numbers
    recognised: Mapping[str, float]

    def apply(self, vectors: Vectors, served_by: Sequence[str | None]) -> Vectors:
        """Treat vectors (n, d) whose texts are served by these languages of the corpus."""
        place: dict[str | None, int] = {tag: number for number, tag in enumerate(self.means)}
        place[None] = len(place)
        table = np.stack([*self.means.values(), self.common]).astype(np.float32)
        scaling = self.scaling.astype(np.float32)
        rows = np.array([place[tag] for tag in served_by], dtype=np.intp)
        treated = np.empty(vectors.shape, dtype=np.float32)
        with one_thread():
            for start in range(0, len(rows), BLOCK):
                block = slice(start, start + BLOCK)
                treated[block] = unit((vectors[block] - table[rows[block]]) @ scaling)
        return treated


def neutralise(vectors: Vectors, languages: Sequence[str], *, encoder: Encoder) -> Vectors:
    """Take the language out of vectors.

    A text whose language is not in the corpus, or is mixed or unknown (`mul`, `und`), loses the
    mean over all languages instead of its own: it is comparable, but not neutral. `coverage`
    reports such texts.

    Args:
        vectors: Unit rows (n, d) from `encoder`.
        languages: The BCP 47 tag of each text.
        encoder: What made the vectors; the treatment is fitted for it once.

    Returns:
        Unit rows (n, d). They are comparable with each other only, not with raw vectors.

    Raises:
        ValueError: The numbers of vectors and languages differ.
    """
    if len(vectors) != len(languages):
        raise ValueError(f"{len(vectors)} vectors, but {len(languages)} languages")
    if not len(vectors):
        return np.asarray(vectors, dtype=np.float32)
    corpus = reference()
    served = {language: corpus.serving(language) for language in set(languages)}
    return treatment(encoder).apply(vectors, [served[language] for language in languages])


def treatment(encoder: Encoder) -> Treatment:
    """Return the treatment for the vectors of an encoder, fitted once a process."""
    encoded = encoded_reference(encoder)
    if encoded.key not in _fitted:
        with one_thread():
            _fitted[encoded.key] = fit(encoded)
    return _fitted[encoded.key]


def fit(
    encoded: Encoded, sentences: Sequence[int] | None = None, *, shrinkage: float = SHRINKAGE
) -> Treatment:
    """Fit a treatment.

    Args:
        encoded: The corpus in the encoder's vectors.
        sentences: Which sentences to use (for held-out checks); None: all.
        shrinkage: Weight of the identity; others than ours are what it was chosen among.
    """
    vectors = encoded.vectors.astype(np.float64)
    if sentences is not None:
        vectors = vectors[:, list(sentences)]
    means = vectors.mean(axis=1)
    centred = vectors - means[:, None]
    recognised = _recognised(centred)
    known = recognised >= UNDERSTOOD
    if known.sum() < 2:
        known[:] = True
    return Treatment(
        means=dict(zip(encoded.languages, means, strict=True)),
        common=means[known].mean(axis=0),
        scaling=_scaling(centred[known], shrinkage),
        recognised=dict(zip(encoded.languages, recognised.tolist(), strict=True)),
    )


def _recognised(centred: Numbers) -> Numbers:
    """Return for each language how often a sentence is nearest to the mean of its translations."""
    total = centred.sum(axis=0)
    rates = []
    for own in centred:
        others = unit(total - own)
        rates.append(np.mean(np.argmax(own @ others.T, axis=1) == np.arange(len(own))))
    return np.array(rates)


def _scaling(centred: Numbers, shrinkage: float) -> Numbers:
    """Return (C + shrinkage)^(-1/2), C being the covariance of translations of one sentence."""
    languages, sentences, dim = centred.shape
    apart = (centred - centred.mean(axis=0)).reshape(-1, dim)
    covariance = apart.T @ apart / (sentences * max(languages - 1, 1))
    typical = np.trace(covariance) / dim
    if typical < 1e-12:  # translations do not differ at all
        return np.eye(dim)
    values, directions = np.linalg.eigh(covariance / typical + shrinkage * np.eye(dim))
    scaling: Numbers = (directions / np.sqrt(values)) @ directions.T
    return scaling
