"""Keeping passages, and what people marked in them, when their source is corrected."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Sequence
from difflib import SequenceMatcher
from typing import Protocol, TypeVar

from nlp.passages.cutting import Passage, join, likely, paragraphs, sentences_of
from nlp.passages.sentences import Span

Identity_co = TypeVar("Identity_co", bound=Hashable, covariant=True)
Key = TypeVar("Key", bound=Hashable)


class Stretch(Protocol):
    """Anything that knows where it lies in a text."""

    @property
    def start(self) -> int:
        """Where it begins, in code points."""

    @property
    def end(self) -> int:
        """Where it ends, in code points, exclusive."""


class Known(Stretch, Protocol[Identity_co]):
    """A stretch that has an identity."""

    @property
    def id(self) -> Identity_co:
        """Its identity."""


def align(
    old: Sequence[Known[Key]], old_text: str, new_text: str, new: Sequence[Stretch]
) -> dict[int, Key]:
    """Say which passages of a corrected text are passages it had before.

    Unchanged passages are found by sequence difference (Python's `SequenceMatcher`) over the
    passages' texts; one that only moved is recognised too where its text is unambiguous.

    Args:
        old: The passages before the correction, in order.
        old_text: The text they lie in.
        new_text: The corrected text.
        new: The passages after the correction, in order.

    Returns:
        The old identity of each unchanged new passage, by its index in `new`.
    """
    before = [old_text[passage.start : passage.end] for passage in old]
    after = [new_text[passage.start : passage.end] for passage in new]
    kept = {theirs: old[ours].id for ours, theirs in _same(before, after)}
    used = {ours for ours, _ in _same(before, after)}
    homeless: dict[str, list[int]] = defaultdict(list)
    strangers: dict[str, list[int]] = defaultdict(list)
    for index, text in enumerate(before):
        if index not in used:
            homeless[text].append(index)
    for index, text in enumerate(after):
        if index not in kept:
            strangers[text].append(index)
    for text, places in strangers.items():
        if len(places) == 1 and len(homeless.get(text, ())) == 1:
            kept[places[0]] = old[homeless[text][0]].id
    return kept


def recut(
    old: Sequence[Stretch], old_text: str, new_text: str, *, languages: Sequence[str] = ()
) -> list[Passage]:
    """Cut a corrected text again, leaving passages whose sentences did not change as they were.

    Args:
        old: The passages before the correction, in order.
        old_text: The text they lie in.
        new_text: The corrected text.
        languages: Tags of the languages its author writes.

    Returns:
        Passages of the corrected text, as `nlp.passages.cut` gives them.
    """
    known = likely(new_text, languages)
    sentences = sentences_of(new_text, known)
    earlier = sentences_of(old_text, likely(old_text, languages))
    same = dict(
        _same(
            [old_text[start:end] for start, end in earlier],
            [new_text[start:end] for start, end in sentences],
        )
    )
    starts = {start: index for index, (start, _) in enumerate(earlier)}
    ends = {end: index for index, (_, end) in enumerate(earlier)}
    runs: list[tuple[int, int]] = []
    for passage in old:
        first, last = starts.get(passage.start), ends.get(passage.end)
        if first is None or last is None or any(i not in same for i in range(first, last + 1)):
            continue
        if same[last] - same[first] == last - first:
            runs.append((same[first], same[last] + 1))
    return _around(new_text, sentences, runs, known)


def _around(
    text: str, sentences: Sequence[Span], runs: Sequence[tuple[int, int]], languages: Sequence[str]
) -> list[Passage]:
    """Cut what lies between runs of sentences that are passages already."""
    passages: list[Passage] = []
    place = 0
    for first, last in (*runs, (len(sentences), len(sentences))):
        for paragraph in paragraphs(text, sentences[place:first]):
            passages += join(text, paragraph, languages)
        if first < last:
            passages += join(text, sentences[first:last], languages, whole=True)
        place = last
    return passages


def _same(before: Sequence[str], after: Sequence[str]) -> list[tuple[int, int]]:
    """Pair equal items of two sequences in order."""
    limit = min(len(before), len(after))
    head = 0
    while head < limit and before[head] == after[head]:
        head += 1
    tail = 0
    while tail < limit - head and before[-1 - tail] == after[-1 - tail]:
        tail += 1
    middle = SequenceMatcher(
        None, before[head : len(before) - tail], after[head : len(after) - tail], autojunk=False
    )
    pairs = [(index, index) for index in range(head)]
    for ours, theirs, length in middle.get_matching_blocks():
        pairs += [(head + ours + step, head + theirs + step) for step in range(length)]
    pairs += [(len(before) - tail + step, len(after) - tail + step) for step in range(tail)]
    return pairs
