"""Where stretches of a text lie in its corrected version.

A stretch is still there where none of its words changed. Texts are compared sentence by sentence
first and, between sentences that stayed, word by word: a correction of one word of a sentence
leaves what is marked elsewhere in it alone.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache

PIECE = re.compile(r"[^\n。！？!?.…]*[\n。！？!?.…]*")
"""Roughly a sentence: where a text is compared with what it was. Not where it is cut."""
EACH = r"\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff\u0e00-\u0eff\u3040-\u30ff"
"""Scripts without spaces, of which each letter counts by itself."""
MOST_PAIRS = 4_000_000
"""Beyond so many pairs of words a text counts as rewritten: nobody may wait for the difference."""

Span = tuple[int, int]


@dataclass(frozen=True)
class Stretch:
    """A piece of a text: from `start` to `end`, in code points."""

    start: int
    end: int
    text: str


def pieces(text: str) -> list[Stretch]:
    """Divide a text into pieces of about a sentence, without the white space between them."""
    found = []
    for match in PIECE.finditer(text):
        words = match.group().strip()
        if words:
            start = match.start() + match.group().index(words)
            found.append(Stretch(start, start + len(words), words))
    return found


@dataclass(frozen=True)
class Anchored:
    """Where a stretch now lies; where it is `lost`, what stands there instead."""

    start: int
    end: int
    lost: bool


@dataclass(frozen=True)
class _Same:
    """A stretch that both texts have: where it lies in the old one, and how far it moved."""

    start: int
    end: int
    shift: int


def anchored(spans: Sequence[Span], old: str, new: str) -> list[Anchored]:
    """Find stretches of a text in its new version.

    Args:
        spans: Start and end of each stretch in the old text, in code points.
        old: The text before.
        new: The text after.

    Example:
        >>> anchored([(0, 5), (6, 11)], "We is tired.", "We are tired.")
        [Anchored(start=0, end=6, lost=True), Anchored(start=7, end=12, lost=False)]
    """
    same = _same(old, new)
    starts = [each.start for each in same]
    return [_placed(span, same, starts, new) for span in spans]


def _placed(span: Span, same: Sequence[_Same], starts: Sequence[int], new: str) -> Anchored:
    """Place one stretch: within a stretch that stayed, or between those around it."""
    start, end = span
    first = bisect_right(starts, start) - 1
    if first >= 0 and end <= same[first].end:
        return Anchored(start + same[first].shift, end + same[first].shift, lost=False)
    begin = _before(start, same, first)
    finish = max(begin, _behind(end, same, bisect_right(starts, end) - 1, len(new)))
    words = new[begin:finish]
    begin += len(words) - len(words.lstrip())
    return Anchored(begin, begin + len(words.strip()), lost=True)


def _before(place: int, same: Sequence[_Same], at: int) -> int:
    """Return where a place lies, or the end of what stayed before it."""
    if at < 0:
        return 0
    return min(place, same[at].end) + same[at].shift


def _behind(place: int, same: Sequence[_Same], at: int, end: int) -> int:
    """Return where a place lies, or the start of what stayed behind it."""
    if at >= 0 and place <= same[at].end:
        return place + same[at].shift
    if at + 1 < len(same):
        return same[at + 1].start + same[at + 1].shift
    return end


def _same(old: str, new: str) -> list[_Same]:
    """Return the stretches that both texts have, in order."""
    before, after = pieces(old), pieces(new)
    pairs: list[tuple[Stretch, Stretch]] = []
    place_before = place_after = 0
    for ours, theirs, length in [*equal_runs(before, after), (len(before), len(after), 0)]:
        pairs += _words(before[place_before:ours], after[place_after:theirs])
        pairs += list(
            zip(before[ours : ours + length], after[theirs : theirs + length], strict=True)
        )
        place_before, place_after = ours + length, theirs + length
    return _joined(pairs, old, new)


def _words(before: Sequence[Stretch], after: Sequence[Stretch]) -> list[tuple[Stretch, Stretch]]:
    """Pair the words of sentences that changed."""
    ours, theirs = _cut(before), _cut(after)
    if len(ours) * len(theirs) > MOST_PAIRS:
        return []
    return [
        (ours[first + step], theirs[second + step])
        for first, second, length in equal_runs(ours, theirs)
        for step in range(length)
    ]


def _cut(sentences: Sequence[Stretch]) -> list[Stretch]:
    return [
        Stretch(sentence.start + match.start(), sentence.start + match.end(), match.group())
        for sentence in sentences
        for match in _word().finditer(sentence.text)
    ]


@cache
def _word() -> re.Pattern[str]:
    """Match words of scripts with spaces, letters of others, marks.

    It is made when it is needed: a server that starts need not wait for it.
    """
    return re.compile(rf"[{EACH}]|[^\W{EACH}]+|[^\w\s]")


def equal_runs(before: Sequence[Stretch], after: Sequence[Stretch]) -> list[tuple[int, int, int]]:
    """Return runs of equal pieces in order: first of the old, first of the new, how many."""
    limit = min(len(before), len(after))
    head = 0
    while head < limit and before[head].text == after[head].text:
        head += 1
    tail = 0
    while tail < limit - head and before[-1 - tail].text == after[-1 - tail].text:
        tail += 1
    middle = SequenceMatcher(
        None,
        [piece.text for piece in before[head : len(before) - tail]],
        [piece.text for piece in after[head : len(after) - tail]],
        autojunk=False,
    ).get_matching_blocks()
    return [
        (0, 0, head),
        *((head + ours, head + theirs, length) for ours, theirs, length in middle if length),
        (len(before) - tail, len(after) - tail, tail),
    ]


def _joined(pairs: Sequence[tuple[Stretch, Stretch]], old: str, new: str) -> list[_Same]:
    """Join neighbouring pieces between which nothing changed."""
    joined: list[_Same] = []
    for ours, theirs in pairs:
        shift = theirs.start - ours.start
        last = joined[-1] if joined else None
        if (
            last
            and last.shift == shift
            and old[last.end : ours.start] == new[last.end + shift : theirs.start]
        ):
            joined[-1] = _Same(last.start, ours.end, shift)
        else:
            joined.append(_Same(ours.start, ours.end, shift))
    return joined
