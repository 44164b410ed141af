"""Which words set a theme apart from the others, within one language."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from nlp.keywords.bags import Bag, Item

MOST = 10
PHRASE_BONUS = 1.25
_BOUND = 0.25  # NPMI from which neighbouring words are a phrase
_WIDE = 80  # candidates looked at for each theme
_RARE = 0.015  # share of a theme's passages below which a word is not about the theme
# Words that only one passage has fill a list up to so many.
_FEW = 3
_PRIOR = 5.0  # passages' worth of belief that a word is as frequent here as anywhere


@dataclass
class Counts:
    """How many passages of one theme have each item.

    Attributes:
        weights: By weight.
        passages: By number.
        size: Weight of all passages of the theme.
        number: Number of them.
        voices: Who wrote them.
        speakers: For each item, who wrote it.
    """

    weights: defaultdict[Item, float] = field(default_factory=lambda: defaultdict(float))
    passages: Counter[Item] = field(default_factory=Counter)
    size: float = 0.0
    number: int = 0
    voices: set[str] = field(default_factory=set)
    speakers: defaultdict[Item, set[str]] = field(default_factory=lambda: defaultdict(set))

    def add(self, items: frozenset[Item], weight: float, person: str) -> None:
        """Count a passage."""
        self.size += weight
        self.number += 1
        self.voices.add(person)
        for item in items:
            self.weights[item] += weight
            self.passages[item] += 1
            self.speakers[item].add(person)


def theme_words(
    bag: Bag,
    themes: Sequence[int],
    weights: Sequence[float],
    people: Sequence[str],
) -> dict[int, list[str]]:
    """Choose the keywords of every theme in one language.

    A class-based TF-IDF (Grootendorst 2022) in the form of a contrast: the share of the theme's
    passages that have the word, times the logarithm of how much more that is than in the passages
    of all other themes; both shares are drawn towards the share in all passages, so that a rare
    word needs more than one chance meeting. Passages are counted, by weight, and not occurrences:
    one person who repeats a word does not make it a keyword.

    Args:
        bag: The passages.
        themes: The theme of each passage, -1 for none.
        weights: How much each passage counts.
        people: Who wrote each passage.

    Returns:
        For each theme its keywords, best first.
    """
    inside: defaultdict[int, Counts] = defaultdict(Counts)
    everywhere = Counts()
    for items, theme, weight, person in zip(bag.members, themes, weights, people, strict=True):
        inside[theme].add(items, weight, person)
        everywhere.add(items, weight, person)
    found = {}
    for theme, own in sorted(inside.items()):
        if theme >= 0:
            scores = _scores(own, everywhere)
            ranked = [item for _, item in sorted((-score, item) for item, score in scores.items())]
            if len(own.voices) > 2:
                ranked = _of_several(own, ranked[:_WIDE])
            often = [item for item in ranked if own.passages[item] > 1]
            best = choose(often, scores, own, MOST)
            if len(best) < _FEW:
                best = choose([*best, *ranked], scores, own, _FEW)
            found[theme] = [bag.written(item) for item in best]
    return found


def _scores(own: Counts, everywhere: Counts) -> dict[Item, float]:
    least = math.ceil(_RARE * own.number)
    prior = min(_PRIOR, own.size / 4)
    rest = everywhere.size - own.size
    found = {}
    for item, weight in own.weights.items():
        if own.passages[item] < (least if len(item) == 1 else max(2, least)):
            continue
        if len(item) > 1 and _binding(item, everywhere) < _BOUND:
            continue
        usual = prior * (everywhere.weights[item] + 0.5) / (everywhere.size + 1)
        here = (weight + usual) / (own.size + prior)
        there = (everywhere.weights[item] - weight + usual) / (rest + prior)
        if here > there:
            bonus = PHRASE_BONUS if len(item) > 1 else 1.0
            found[item] = bonus * here * math.log(here / there)
        elif rest <= 0:  # a single theme: its words are told apart from nothing
            found[item] = here
    return found


def _binding(item: Item, everywhere: Counts) -> float:
    """Return how much the words of a phrase belong together: NPMI over passages (Bouma 2009)."""
    parts = [key for key in item if not key.startswith("_")]
    joint = everywhere.weights[item] / everywhere.size
    if joint >= 1:
        return 1.0
    chance = math.prod(everywhere.weights[(key,)] / everywhere.size for key in parts)
    return math.log(joint / chance) / (-(len(parts) - 1) * math.log(joint))


def _of_several(own: Counts, ranked: list[Item]) -> list[Item]:
    """Keep what at least two people say; the others come last where that leaves few."""
    shared = [item for item in ranked if len(own.speakers[item]) > 1]
    return shared if len(shared) >= 4 else shared + [i for i in ranked if i not in set(shared)]


def choose(ranked: list[Item], scores: dict[Item, float], own: Counts, most: int) -> list[Item]:
    """Take the best items, none saying again what another one says.

    A phrase stands for a word where at least half of the word's passages have the phrase.
    """
    taken: list[Item] = []
    said: set[str] = set()
    for item in ranked:
        if len(taken) >= most:
            break
        if said & set(item):
            continue
        longer = [
            phrase
            for phrase in ranked
            if len(phrase) > len(item)
            and set(item) <= set(phrase)
            and not said & set(phrase)
            and own.weights[phrase] >= 0.5 * own.weights[item]
        ]
        best = max(longer, key=lambda phrase: (scores[phrase], phrase), default=item)
        taken.append(best)
        said |= {key for key in best if not key.startswith("_")}
    return taken
