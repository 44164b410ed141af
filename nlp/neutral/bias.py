"""How much language is left in vectors and in themes.

All figures about vectors come from reference sentences that were held out: the treatment that is
judged was fitted on the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from nlp.encoders.encoder import Encoder, Vectors
from nlp.encoders.parallel import one_thread
from nlp.neutral.encoded import encoded_reference
from nlp.neutral.reference import reference
from nlp.neutral.treatment import UNDERSTOOD, fit, treatment

FOLDS = 5
THEMES = 8  # the subjects of the corpus

Labels = npt.NDArray[np.int_]


@dataclass(frozen=True)
class LanguageBias:
    """Language bias of vectors.

    Attributes:
        same_nearest: Share of sentences whose nearest neighbour among the sentences of all
            languages is a translation of it. 1 is best (LAReQA, Roy et al. 2020, asks the same).
        same_theme: Share of pairs of translations that plain k-means puts together. 1 is best.
        theme_language: Agreement (AMI) of these clusters with the language. 0 is best.
        own_language: How much more often than by chance the nearest sentences have the same
            language. 1 is best; below 1, translations push sentences of the same language aside.
    """

    same_nearest: float
    same_theme: float
    theme_language: float
    own_language: float


@dataclass(frozen=True)
class Bias:
    """Language bias before and after the treatment, on held-out reference sentences."""

    before: LanguageBias
    after: LanguageBias
    languages: tuple[str, ...]


def bias(encoder: Encoder, languages: Iterable[str] | None = None) -> Bias | None:
    """Measure the language bias of an encoder, raw and after `neutralise`.

    Args:
        encoder: Whose vectors are judged.
        languages: Tags of the study; None: all of the corpus that the encoder understands.

    Returns:
        None where the corpus serves fewer than two of the languages: there is nothing to compare.
    """
    chosen = _served(encoder, languages)
    if len(chosen) < 2:
        return None
    raw, treated = held_out(encoder)
    with one_thread():
        before, after = _measure(raw[chosen]), _measure(treated[chosen])
    names = encoded_reference(encoder).languages
    return Bias(before=before, after=after, languages=tuple(names[place] for place in chosen))


def same_theme(
    assign: Callable[[Vectors], Sequence[int] | Labels],
    encoder: Encoder,
    languages: Iterable[str] | None = None,
    *,
    vectors: Vectors | None = None,
) -> float:
    """Return how often a run's own themes put two translations into the same theme.

    Args:
        assign: Gives the theme number of each treated vector (n, d).
        encoder: What the run used.
        languages: Tags of the study; None: all of the corpus that the encoder understands.
        vectors: The reference as `held_out` gives it; None: treated.

    Returns:
        Share of pairs of translations of one held-out reference sentence with the same number;
        nan where the corpus serves fewer than two of the languages.
    """
    chosen = _served(encoder, languages)
    if len(chosen) < 2:
        return float("nan")
    rows = (held_out(encoder)[1] if vectors is None else vectors)[chosen]
    labels = np.asarray(assign(rows.reshape(-1, rows.shape[-1])))
    return _pairs_together(labels.reshape(rows.shape[:2]))


def not_understood(encoder: Encoder, languages: Iterable[str]) -> list[str]:
    """Return the languages whose reference sentences the encoder does not recognise.

    Fewer than half of their sentences lie nearest to their own translations: what is found in texts
    of these languages says nothing, and another encoder is needed.
    """
    recognised = treatment(encoder).recognised
    return [
        language
        for language in languages
        for served_by in [reference().serving(language)]
        if served_by is not None and recognised[served_by] < UNDERSTOOD
    ]


def agreement(themes: Sequence[int] | Labels, languages: Sequence[str]) -> float:
    """Return the adjusted mutual information of themes and languages, unassigned texts left out.

    0: as by chance; 1: theme and language are the same. It describes the study's texts: where the
    people of one language write about other things, it is above 0 without any bias.
    """
    from sklearn.metrics import adjusted_mutual_info_score

    numbers = np.asarray(themes)
    assigned = numbers >= 0
    if not assigned.any():
        return 0.0
    tags = np.asarray(languages, dtype=str)
    return float(adjusted_mutual_info_score(tags[assigned], numbers[assigned]))


def held_out(encoder: Encoder) -> tuple[Vectors, Vectors]:
    """Return the encoded corpus raw and treated, (languages, sentences, d) each.

    Each sentence is treated by a treatment fitted on the other four fifths of the corpus.
    """
    encoded = encoded_reference(encoder)
    sentences = np.arange(encoded.vectors.shape[1])
    treated = np.empty_like(encoded.vectors)
    for fold in range(FOLDS):
        out = sentences % FOLDS == fold
        with one_thread():
            fitted = fit(encoded, sentences[~out].tolist())
        for place, language in enumerate(encoded.languages):
            rows = encoded.vectors[place, out]
            treated[place, out] = fitted.apply(rows, [language] * len(rows))
    return encoded.vectors, treated


def _served(encoder: Encoder, languages: Iterable[str] | None) -> list[int]:
    """Return the places in the encoded corpus of the languages that serve these."""
    tags = encoded_reference(encoder).languages
    if languages is None:
        recognised = treatment(encoder).recognised
        return [place for place, tag in enumerate(tags) if recognised[tag] >= UNDERSTOOD]
    serving = {reference().serving(language) for language in languages}
    return [place for place, tag in enumerate(tags) if tag in serving]


def _measure(vectors: Vectors) -> LanguageBias:
    from sklearn.cluster import KMeans
    from sklearn.metrics import adjusted_mutual_info_score

    languages, sentences, dim = vectors.shape
    rows = vectors.reshape(-1, dim)
    language = np.repeat(np.arange(languages), sentences)
    sentence = np.tile(np.arange(sentences), languages)
    close = rows @ rows.T
    np.fill_diagonal(close, -np.inf)
    nearest = np.argsort(-close, axis=1, kind="stable")[:, : max(languages - 1, 1)]
    by_chance = (sentences - 1) / (len(rows) - 1)
    clusters = KMeans(THEMES, n_init=10, random_state=0).fit_predict(rows)
    return LanguageBias(
        same_nearest=float(np.mean(sentence[nearest[:, 0]] == sentence)),
        same_theme=_pairs_together(clusters.reshape(languages, sentences)),
        theme_language=float(adjusted_mutual_info_score(language, clusters)),
        own_language=float(np.mean(language[nearest] == language[:, None]) / by_chance),
    )


def _pairs_together(labels: Labels) -> float:
    """Return the share of pairs of rows that agree, over all columns: (languages, sentences)."""
    equal = labels[:, None, :] == labels[None, :, :]
    first, second = np.triu_indices(len(labels), k=1)
    return float(equal[first, second].mean())
