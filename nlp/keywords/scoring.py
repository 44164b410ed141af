"""Which words set a theme apart from the others, within one language."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from nlp.keywords.words import SPACELESS, Word, primary

MOST = 10
PHRASE_BONUS = 1.25
_LONGEST_PHRASE = 3
_BOUND = 0.25  # NPMI from which neighbouring words are a phrase
_WIDE = 80  # candidates looked at for each theme

Item = tuple[str, ...]


@dataclass
class Bag:
    """The passages of one language as sets of words and phrases.

    Attributes:
        language: Its tag.
        members: For each passage its items: tuples of one to three keys.
        surfaces: How each item is written, with counts.
    """

    language: str
    members: list[frozenset[Item]] = field(default_factory=list)
    surfaces: dict[Item, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def add(self, words: Sequence[Word]) -> None:
        """Add a passage."""
        joint = "" if primary(self.language) in SPACELESS else " "
        items = set()
        for start, word in enumerate(words):
            if not word.key:
                continue
            for size in range(1, _LONGEST_PHRASE + 1):
                part = words[start : start + size]
                if len(part) < size or not part[-1].surface:
                    break
                if not part[-1].key:
                    # A little word may stand inside a phrase: point of view.
                    if size == 2 and joint:
                        continue
                    break
                item = tuple(piece.key or plain_little(piece) for piece in part)
                if len(set(item)) < len(item):
                    break
                items.add(item)
                self.surfaces[item][joint.join(piece.surface for piece in part)] += 1
        self.members.append(frozenset(items))

    def written(self, item: Item) -> str:
        """Return the usual writing of an item; small letters where they are not rare."""
        counts = self.surfaces[item]
        total = sum(counts.values())
        for surface, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])):
            if surface == surface.lower() and count >= 0.2 * total:
                return surface
        return min(counts, key=lambda surface: (-counts[surface], surface))


def plain_little(word: Word) -> str:
    """Mark a stop word inside a phrase, so that it is not taken for a word of its own."""
    return "_" + word.surface.lower()


def theme_words(
    bag: Bag,
    themes: Sequence[int],
    weights: Sequence[float],
    people: Sequence[str],
) -> dict[int, list[str]]:
    """Choose the keywords of every theme in one language.

    A class-based TF-IDF (Grootendorst 2022) in the form of a contrast: the share of the theme's
    passages that have the word, times the logarithm of how much more that is than in the passages
    of all other themes. Passages are counted by weight, and not occurrences, so that one person who
    repeats a word does not make it a keyword.

    Args:
        bag: The passages.
        themes: The theme of each passage, -1 for none.
        weights: How much each passage counts.
        people: Who wrote each passage.

    Returns:
        For each theme its keywords, best first.
    """
    inside: dict[int, Counter[Item]] = defaultdict(Counter)
    passages: dict[int, Counter[Item]] = defaultdict(Counter)
    total: Counter[Item] = Counter()
    size: Counter[int] = Counter()
    number: Counter[int] = Counter()
    voices: dict[int, set[str]] = defaultdict(set)
    for items, theme, weight, person in zip(bag.members, themes, weights, people, strict=True):
        size[theme] += weight  # type: ignore[assignment]  # weights are floats
        number[theme] += 1
        voices[theme].add(person)
        for item in items:
            inside[theme][item] += weight  # type: ignore[assignment]  # weights are floats
            passages[theme][item] += 1
            total[item] += weight  # type: ignore[assignment]  # weights are floats
    bound = _Binding(total, float(sum(size.values())))
    found = {}
    for theme in sorted(size):
        if theme < 0:
            continue
        rest = float(sum(size.values())) - size[theme]
        least = 1 if number[theme] < 6 else 2
        scores: dict[Item, float] = {}
        for item, weight in inside[theme].items():
            if passages[theme][item] < (least if len(item) == 1 else 2):
                continue
            if len(item) > 1 and bound(item) < _BOUND:
                continue
            here = (weight + 0.1) / (size[theme] + 0.5)
            there = (total[item] - weight + 0.25) / (rest + 2.5)
            if here > there:
                bonus = PHRASE_BONUS if len(item) > 1 else 1.0
                scores[item] = bonus * here * math.log(here / there)
        ranked = sorted(scores, key=lambda item: (-scores[item], item))[:_WIDE]
        if len(voices[theme]) > 2:
            ranked = _of_several(bag, themes, people, theme, ranked)
        most = min(MOST, 3 if number[theme] < 2 else 2 * number[theme])
        found[theme] = [bag.written(item) for item in choose(ranked, scores, inside[theme], most)]
    return found


class _Binding:
    """How much the words of a phrase belong together: NPMI over passages (Bouma 2009)."""

    def __init__(self, total: Counter[Item], passages: float) -> None:
        self._total = total
        self._passages = passages

    def __call__(self, item: Item) -> float:
        chance = 1.0
        for key in item:
            if not key.startswith("_"):
                chance *= max(self._total[(key,)], 1e-9) / self._passages
        joint = self._total[item] / self._passages
        if joint >= 1:
            return 1.0
        parts = sum(not key.startswith("_") for key in item)
        return math.log(joint / chance) / (-(parts - 1) * math.log(joint))


def _of_several(
    bag: Bag, themes: Sequence[int], people: Sequence[str], theme: int, ranked: list[Item]
) -> list[Item]:
    """Keep what at least two people say, where that leaves enough."""
    speakers: dict[Item, set[str]] = {item: set() for item in ranked}
    for items, own, person in zip(bag.members, themes, people, strict=True):
        if own == theme:
            for item in items & speakers.keys():
                speakers[item].add(person)
    shared = [item for item in ranked if len(speakers[item]) > 1]
    return shared if len(shared) >= 4 else shared + [i for i in ranked if len(speakers[i]) < 2]


def choose(
    ranked: list[Item], scores: dict[Item, float], inside: Counter[Item], most: int
) -> list[Item]:
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
            and inside[phrase] >= 0.5 * inside[item]
        ]
        best = max(longer, key=lambda phrase: (scores[phrase], phrase), default=item)
        taken.append(best)
        said |= {key for key in best if not key.startswith("_")}
    return taken
