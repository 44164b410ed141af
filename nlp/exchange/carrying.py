"""Where a stretch of one text lies in another that is nearly the same.

Programs change texts a little: they drop the space at an end, or write line ends anew; and a text
may have been corrected here since it left. Stretches in what is the same in both follow; of the
others only those whose words stand once in the other text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from difflib import SequenceMatcher

PIECE = re.compile(r"[^\n。！？!?.…]*[\n。！？!?.…]+|[^\n。！？!?.…]+")
WORD = re.compile(r"[^\W\u0e00-\u0eff\u2e80-\u9fff\U00020000-\U0003ffff]+|.", re.DOTALL)
"""Words, and each character of writing without spaces between words."""
SHORT = 4_000
"""Characters of two texts together that are compared word by word, not sentence by sentence."""
FEWEST_ALIKE = 8
"""Characters of the shortest stretch between changes that is taken for the same."""
FEWEST = 6
"""Characters of words that are looked for; fewer stand everywhere."""
ALIKE = 0.5
"""The share of a text that is in another, from which on both are taken for the same."""
MOST_PIECES = 20_000


@dataclass(frozen=True)
class _Run:
    """What is the same in both: where it begins in each, and how long it is."""

    old: int
    new: int
    length: int


class Carrying:
    """The way from one text to another."""

    def __init__(self, old: str, new: str) -> None:
        self._old, self._new = old, new
        self._runs = _runs(old, new)

    @property
    def share(self) -> float:
        """How much of the first text is in the second, 0 to 1."""
        return sum(run.length for run in self._runs) / len(self._old) if self._old else 0.0

    def carry(self, start: int, end: int) -> tuple[int, int] | None:
        """Return where a stretch of the first text lies in the second; None where nowhere."""
        begins = [run.old for run in self._runs]
        at = bisect_right(begins, start) - 1
        if at >= 0:
            run = self._runs[at]
            if end <= run.old + run.length:
                return start - run.old + run.new, end - run.old + run.new
        words = self._old[start:end].strip()
        if len(words) < FEWEST or self._new.count(words) != 1:
            return None
        found = self._new.index(words)
        return found, found + len(words)


def _runs(old: str, new: str) -> list[_Run]:
    if old == new:
        return [_Run(0, 0, len(old))]
    spaces = len(old) - len(old.lstrip()), len(new) - len(new.lstrip())
    if old.strip() == new.strip():
        return [_Run(spaces[0], spaces[1], len(old.strip()))]
    pattern = WORD if len(old) + len(new) <= SHORT else PIECE
    before, after = pattern.findall(old), pattern.findall(new)
    if len(before) + len(after) > MOST_PIECES:
        return []
    old_begins, new_begins = _begins(before), _begins(after)
    runs = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for one, other, count in matcher.get_matching_blocks():
        length = old_begins[one + count] - old_begins[one]
        if length >= FEWEST_ALIKE:
            runs.append(_Run(old_begins[one], new_begins[other], length))
    return runs


def _begins(pieces: list[str]) -> list[int]:
    found = [0]
    for piece in pieces:
        found.append(found[-1] + len(piece))
    return found
