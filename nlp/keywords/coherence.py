"""How well keywords hold together, and how different those of different themes are."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import combinations

import numpy as np
import numpy.typing as npt

from nlp.keywords.bags import Bag

_WORDS = 8


def coherence(bag: Bag, lists: Sequence[Sequence[str]]) -> float | None:
    """Mean NPMI of the keyword pairs of each list over the passages of one language (Bouma 2009).

    Returns:
        From -1 (never together) over 0 (chance) to 1 (always together); None without pairs.
    """
    written = {bag.written(item): item for item in bag.surfaces}
    chosen = [[written[word] for word in words[:_WORDS] if word in written] for words in lists]
    wanted = frozenset(item for items in chosen for item in items)
    single: Counter[tuple[str, ...]] = Counter()
    joint: Counter[frozenset[tuple[str, ...]]] = Counter()
    for members in bag.members:
        present = sorted(members & wanted)
        single.update(present)
        joint.update(frozenset(pair) for pair in combinations(present, 2))
    total = len(bag.members)
    values = [
        _npmi(joint[frozenset(pair)] / total, single[pair[0]] / total, single[pair[1]] / total)
        for items in chosen
        for pair in combinations(sorted(set(items)), 2)
    ]
    return sum(values) / len(values) if values else None


def _npmi(joint: float, one: float, other: float) -> float:
    if joint <= 0:
        return -1.0
    return 1.0 if joint >= 1 else math.log(joint / (one * other)) / -math.log(joint)


def diversity(keywords: Mapping[int, Mapping[str, Sequence[str]]]) -> float | None:
    """Share of keywords that belong to one theme only; None without keywords."""
    counts = Counter(
        (tag, word.casefold())
        for by_language in keywords.values()
        for tag, words in by_language.items()
        for word in words
    )
    total = sum(counts.values())
    return sum(count == 1 for count in counts.values()) / total if total else None


def clarity(bag: Bag, inside: npt.NDArray[np.bool_], keywords: Sequence[str]) -> float:
    """Say how well keywords tell the passages of a theme from the others of the language.

    Args:
        bag: All passages.
        inside: Which of them are in the theme.
        keywords: The theme's.

    Returns:
        The share of its passages that have a keyword, less the share of the others: 0 for a theme
        whose words are everybody's, 1 for one that has words of its own. For a theme that holds
        all passages, the share that has a keyword.
    """
    written = {bag.written(item): item for item in bag.surfaces}
    wanted = frozenset(written[word] for word in keywords)
    has = np.array([bool(wanted & members) for members in bag.members], dtype=bool)
    here = float(has[inside].mean()) if inside.any() else 0.0
    there = float(has[~inside].mean()) if (~inside).any() else 0.0
    return here - there
