"""Keywords and titles of themes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from i18n import INTERFACE_LANGUAGES
from nlp.keywords import Bag, clarity, coherence, theme_words, words
from nlp.themes.units import Indices, Units

# More passages of a language than this: keywords are counted on so many.
_COUNTED = 20_000
_TITLE_WORDS = 3
_JOINT = {"zh-Hans": "、", "zh-Hant": "、", "ja": "・"}


@dataclass(frozen=True)
class Wording:
    """Words of themes.

    Attributes:
        keywords: By theme and tag.
        coherence: Mean over languages, weighted by passages; None where it cannot be told.
        clarity: For each theme, mean over languages, weighted by passages.
    """

    keywords: dict[int, dict[str, list[str]]]
    coherence: float | None
    clarity: list[float]


def keywords(units: Units, themes: Indices, people: Sequence[str]) -> Wording:
    """Find keywords for every theme and language, and how well they hold together.

    Args:
        units: The different passages.
        themes: The theme of each.
        people: Who wrote each.

    Returns:
        Keywords by theme and tag, languages with most passages in the theme first, and how good
        they are.
    """
    found: dict[int, dict[str, list[str]]] = {
        theme: {} for theme in range(int(themes.max(initial=-1)) + 1)
    }
    sizes: dict[int, dict[str, int]] = defaultdict(dict)
    measured = []
    plain: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for tag in sorted(set(units.languages)):
        rows = np.flatnonzero([language == tag for language in units.languages])
        rows = np.sort(rows[np.argsort(units.keys[rows], kind="stable")[:_COUNTED]])
        bag = Bag(tag)
        for row in rows:
            bag.add(words(units.texts[row], tag))
        chosen = theme_words(
            bag,
            [int(theme) for theme in themes[rows]],
            units.weights[rows].tolist(),
            [people[row] for row in rows.tolist()],
        )
        for theme, best in chosen.items():
            found[theme][tag] = best
            sizes[theme][tag] = int((themes[rows] == theme).sum())
            plain[theme].append((clarity(bag, themes[rows] == theme, best), sizes[theme][tag]))
        value = coherence(bag, list(chosen.values())) if len(rows) >= 30 else None
        if value is not None:
            measured.append((value, len(rows)))
    ordered = {
        theme: {
            tag: by_tag[tag] for tag in sorted(by_tag, key=lambda tag: (-sizes[theme][tag], tag))
        }
        for theme, by_tag in found.items()
    }
    return Wording(
        keywords=ordered,
        coherence=_mean(measured),
        clarity=[_mean(plain[theme]) or 0.0 for theme in found],
    )


def _mean(values: Sequence[tuple[float, int]]) -> float | None:
    total = sum(count for _, count in values)
    return sum(value * count for value, count in values) / total if total else None


def titles(keywords: dict[int, dict[str, list[str]]]) -> dict[int, dict[str, str]]:
    """Suggest a title for each theme and interface language: its best keywords.

    In the interface language where the theme is written about in it, otherwise in the language most
    of it is written in. No two themes get the same first word where that can be avoided.
    """
    found: dict[int, dict[str, str]] = {}
    first: dict[str, set[str]] = defaultdict(set)
    for theme, by_tag in keywords.items():
        found[theme] = {}
        for wanted in INTERFACE_LANGUAGES:
            own = by_tag.get(wanted, [])
            tag = wanted if len(own) >= _TITLE_WORDS else next(iter(by_tag), wanted)
            best = sorted(by_tag.get(tag, []), key=lambda word: word in first[wanted])
            best = best[:_TITLE_WORDS]
            first[wanted].update(best[:1])
            found[theme][wanted] = _JOINT.get(tag, ", ").join(best)
    return found
