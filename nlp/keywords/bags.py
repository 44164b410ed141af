"""The passages of one language as sets of words and phrases."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from nlp.keywords.words import SPACELESS, Word, primary

_LONGEST_PHRASE = 3
# Little words that may stand inside a phrase: point of view, prise de vue, toma de decisiones.
_LINKS = frozenset({"of", "de", "du", "del", "di", "da", "do", "von", "van"})

# Languages whose nouns have capitals: one at the opening of a passage may be a noun's own.
_CAPITALS = frozenset({"de"})

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
                    if size == 2 and part[-1].surface.lower() in _LINKS:
                        continue
                    break
                item = tuple(piece.key or plain_little(piece) for piece in part)
                if len(set(item)) < len(item):
                    break
                items.add(item)
                surface = joint.join(piece.surface for piece in part)
                opens = (start == 0 or not words[start - 1].surface) and surface[1:].islower()
                if opens and primary(self.language) not in _CAPITALS:
                    # The capital is the sentence's: it tells how an item is written only where
                    # nothing else does, and then the item is written without it.
                    self.surfaces[item][surface.lower()] += 0
                else:
                    self.surfaces[item][surface] += 1
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
