"""A planted difference: what themes say of it, and what blind codes make of that.

One language group writes more of two topics, by a known difference. Every sentence belongs to one
of 22 people, four of them in the group. Themes are named after the topic most of their passages
have, as a researcher names them who reads them; the estimate is what `nlp.compare` gives for the
share of the themes named after the two topics. Then 150 passages drawn at random are coded blindly
(here: by their true topic), and the difference is corrected by what these codes show.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pandas as pd

from bench.sib200 import FILES, Numbers, Sib, mixed
from nlp.compare import compare, corrected
from nlp.neutral import agreement
from nlp.themes import Themes, ThemeSettings, find_themes

TOPICS = 7
DIFFERENCE = 0.355
LANGUAGES = list(FILES)
CODED = 150
GROUP, OTHERS = 4, 18  # people

Cube = npt.NDArray[np.float32]  # (languages, sentences, d), treated
Found = Callable[[Numbers, int], Themes]


def plant(topics: Numbers, seed: int) -> tuple[Numbers, Numbers]:
    """Choose two topics, and a language for each sentence so that the difference is as planned."""
    draw = np.random.default_rng(seed)
    chosen = draw.choice(TOPICS, 2, replace=False)
    inside = draw.permutation(np.flatnonzero(np.isin(topics, chosen)))
    outside = draw.permutation(np.flatnonzero(~np.isin(topics, chosen)))
    size = len(topics) // len(FILES)
    share = len(inside) / len(topics) + DIFFERENCE * (1 - 1 / len(FILES))
    taken = round(size * share)
    members = np.concatenate([inside[:taken], outside[: size - taken]])
    own = seed % len(FILES)
    languages = (own + draw.integers(1, len(FILES), len(topics))) % len(FILES)
    languages[members] = own
    return chosen, languages


def by_themes(sib: Sib, cube: Cube, seeds: int) -> dict[str, float]:
    """Measure themes found in treated vectors: mixtures, and the planted difference."""
    count = len(sib.topics)
    places = np.arange(count)
    values: dict[str, list[float]] = {}

    def add(name: str, value: float) -> None:
        values.setdefault(name, []).append(value)

    for seed in range(seeds):
        languages = mixed(count, seed)
        found = _themes(sib, cube, languages, places, seed)
        themes: Numbers = np.asarray(found.assignments, dtype=np.int_)
        add("topic_ami", agreement(themes, sib.topics.astype(str).tolist()))
        add("language_ami", agreement(themes, languages.astype(str).tolist()))
        for name, value in _planted(sib, cube, seed).items():
            add(name, value)
    tags, sentences = np.repeat(np.arange(len(LANGUAGES)), count), np.tile(places, len(LANGUAGES))
    everything = np.asarray(_themes(sib, cube, tags, sentences, 0).assignments, dtype=np.int_)
    figures = {name: float(np.mean(numbers)) for name, numbers in values.items()}
    figures["topic_ami_sd"] = float(np.std(values["topic_ami"], ddof=1))
    figures["same_theme"] = _together(everything, count)
    pairs = [
        _two_languages(sib, cube, one, other) for other in range(len(cube)) for one in range(other)
    ]
    figures["same_theme_two_languages"] = float(np.mean(pairs))
    figures["same_theme_two_languages_lowest"] = min(pairs)
    for name in ("uncorrected", "estimate"):
        figures[f"planted_{name}_sd"] = float(np.std(values[f"planted_{name}"], ddof=1))
    for name, error in (
        ("uncorrected", "planted_uncorrected_relative_error"),
        ("estimate", "planted_relative_error"),
    ):
        figures[error] = abs(figures[f"planted_{name}"] - DIFFERENCE) / DIFFERENCE
    return figures


def _two_languages(sib: Sib, cube: Cube, one: int, other: int) -> float:
    """Return how often translations are in one theme of a study in two languages only."""
    count = len(sib.topics)
    tags, sentences = np.repeat([one, other], count), np.tile(np.arange(count), 2)
    found = _themes(sib, cube, tags, sentences, 0)
    return _together(np.asarray(found.assignments, dtype=np.int_), count)


def _themes(sib: Sib, cube: Cube, languages: Numbers, places: Numbers, seed: int) -> Themes:
    texts = [sib.texts[LANGUAGES[tag]][place] for tag, place in zip(languages, places, strict=True)]
    passages = pd.DataFrame({"text": texts, "language": [LANGUAGES[tag] for tag in languages]})
    passages["person"] = [f"P{place}" for place in range(len(passages))]
    return find_themes(passages, vectors=cube[languages, places], settings=ThemeSettings(seed=seed))


def _planted(sib: Sib, cube: Cube, seed: int) -> dict[str, float]:
    chosen, languages = plant(sib.topics, seed)
    found = _themes(sib, cube, languages, np.arange(len(sib.topics)), seed)
    own = seed % len(FILES)
    draw = np.random.default_rng([seed, 1])
    people = pd.Series(
        [
            f"G{draw.integers(GROUP)}" if language == own else f"O{draw.integers(OTHERS)}"
            for language in languages
        ]
    )
    shares = pd.DataFrame({"planted": _about(found, sib.topics, chosen)})
    groups = {person: person[0] for person in people.unique()}
    table = compare(shares.groupby(people).mean(), groups, threshold=3)
    coded = draw.choice(len(shares), CODED, replace=False)
    codes = pd.DataFrame({"planted": np.isin(sib.topics[coded], chosen)}, index=coded)
    row = corrected(table, shares, codes, people, groups).iloc[0]
    return {
        "planted_uncorrected": float(row["difference"]),
        "planted_estimate": float(row["corrected"]),
        "planted_interval_holds": float(
            row["corrected_low"] <= DIFFERENCE <= row["corrected_high"]
        ),
        "planted_uncorrected_interval_holds": float(row["low"] <= DIFFERENCE <= row["high"]),
    }


def _about(found: Themes, topics: Numbers, chosen: Numbers) -> npt.NDArray[np.float64]:
    """Return each passage's share in the themes named after the chosen topics."""
    themes: Numbers = np.asarray(found.assignments, dtype=np.int_)
    named = [
        theme
        for theme in range(found.quality.themes)
        if np.bincount(topics[themes == theme], minlength=TOPICS).argmax() in chosen
    ]
    about: npt.NDArray[np.float64] = found.shares[named].sum(axis=1).to_numpy(dtype=float)
    return about


def _together(assigned: Numbers, sentences: int) -> float:
    """Return how often a sentence and its translation are in one theme; languages in turn."""
    themes = assigned.reshape(-1, sentences)
    pairs = [
        (themes[one] == themes[other]) & (themes[one] >= 0)
        for one in range(len(themes))
        for other in range(one)
    ]
    return float(np.mean(pairs))
