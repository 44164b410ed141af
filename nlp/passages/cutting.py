"""Passages: stretches of a text that hold one analysable thought each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from nlp.languages import MIXED, PER_WORD, RUNS, UNKNOWN, detect
from nlp.passages.sentences import Span, safe, split

# In words, or what counts as one in scripts without spaces.
TINY = 4.0
SHORT = 6.0
ENOUGH = 22.0
MOST = 60.0
LONGEST = 90.0
# Characters that count as a word at least, whatever they are.
LONG_WORD = 25
PARAGRAPH = re.compile(r"\n[^\S\n]*\n|\r\n[^\S\n]*\r\n|\u2029")
PAUSE = re.compile(r"[;；:：،,，、—–]+[\"'”’»)\]）」』]*\s*|\s+")


@dataclass(frozen=True)
class Passage:
    """A stretch of a source text.

    Attributes:
        start: Where it begins, in code points.
        end: Where it ends, in code points, exclusive.
        text: The source text between the two.
        language: Its language as a BCP 47 tag; `und` unknown, `mul` mixed.
    """

    start: int
    end: int
    text: str
    language: str


def cut(text: str, *, languages: Iterable[str] = ()) -> list[Passage]:
    """Cut one turn or one answer into passages.

    Sentences are joined until a passage holds a thought that can be understood by itself, never
    across a blank line and never across a change of language; an endless sentence is divided at
    its pauses.

    Args:
        text: The source text.
        languages: Tags of the languages its author writes.

    Returns:
        Passages in order. They do not overlap, and between and around them lies nothing but white
        space, so that passages and gaps rebuild the text exactly.

    Example:
        >>> [passage.text for passage in cut("We waited. 灯光师一直在调整，最后大家都累了。")]
        ['We waited.', '灯光师一直在调整，最后大家都累了。']
    """
    known = likely(text, languages)
    return [
        passage
        for paragraph in paragraphs(text, sentences_of(text, known))
        for passage in join(text, paragraph, known)
    ]


def likely(text: str, languages: Iterable[str]) -> tuple[str, ...]:
    """List the languages to expect in a text: what it is in as a whole, then its author's."""
    known = tuple(languages)
    whole = detect(text[:1000], languages=known)
    return known if whole in {UNKNOWN, MIXED} else (whole, *known)


def sentences_of(text: str, languages: Sequence[str]) -> list[Span]:
    """Split a text into sentences of which none is longer than a passage may be."""
    return [
        piece
        for start, end in split(text, language=languages[0] if languages else UNKNOWN)
        for piece in _divide(text, start, end)
    ]


def paragraphs(text: str, sentences: Sequence[Span]) -> list[list[Span]]:
    """Group sentences between which there is no blank line."""
    groups: list[list[Span]] = []
    for span in sentences:
        if groups and not PARAGRAPH.search(text, groups[-1][-1][1], span[0]):
            groups[-1].append(span)
        else:
            groups.append([span])
    return groups


def join(
    text: str, sentences: Sequence[Span], languages: Sequence[str], *, whole: bool = False
) -> list[Passage]:
    """Join the sentences of a paragraph into passages and find the language of each.

    With `whole` they are one passage already and only its language is asked for.
    """
    if whole:
        start, end = sentences[0][0], sentences[-1][1]
        return [Passage(start, end, text[start:end], detect(text[start:end], languages=languages))]
    passages: list[Passage] = []
    for group in _group(text, sentences):
        start, end = group[0][0], group[-1][1]
        language = detect(text[start:end], languages=languages)
        tags = [detect(text[a:b], languages=languages) for a, b in group] if len(group) > 1 else []
        if len({tag for tag in tags if tag not in {UNKNOWN, MIXED}}) > 1:
            passages += _by_language(text, group, tags)
        else:
            passages.append(Passage(start, end, text[start:end], language))
    return passages


def words(text: str) -> float:
    """Measure a text in words, or what counts as one in scripts without spaces.

    Signs and endless words count by their length.
    """
    counted = sum(
        (run.end() - run.start()) / PER_WORD[run.lastgroup or ""]
        if run.lastgroup in PER_WORD
        else 1.0
        for run in RUNS.finditer(text)
    )
    return max(counted, len(text) / LONG_WORD)


def _group(text: str, sentences: Sequence[Span]) -> list[list[Span]]:
    """Join each short sentence to its neighbours until there is enough to understand.

    A few words go with the sentence before them in any case; over a line break nothing else does.
    """
    groups: list[list[Span]] = []
    sizes: list[float] = []
    for start, end in sentences:
        length = words(text[start:end])
        if groups and sizes[-1] + length <= MOST:
            tiny = min(length, sizes[-1]) < TINY
            short = min(length, sizes[-1]) < SHORT and sizes[-1] < ENOUGH
            if tiny or (short and "\n" not in text[groups[-1][-1][1] : start]):
                groups[-1].append((start, end))
                sizes[-1] += length
                continue
        groups.append([(start, end)])
        sizes.append(length)
    return groups


def _by_language(text: str, sentences: Sequence[Span], tags: Sequence[str]) -> list[Passage]:
    """Part neighbouring sentences where the language changes."""
    passages: list[Passage] = []
    for (start, end), tag in zip(sentences, tags, strict=True):
        last = passages[-1] if passages else None
        if last and (tag in {last.language, UNKNOWN} or last.language == UNKNOWN):
            kept = tag if last.language == UNKNOWN else last.language
            passages[-1] = Passage(last.start, end, text[last.start : end], kept)
        else:
            passages.append(Passage(start, end, text[start:end], tag))
    return passages


def _divide(text: str, start: int, end: int) -> list[Span]:
    """Divide a sentence that is longer than a passage may be, at its pauses where it has any."""
    length = end - start
    if length <= LONGEST or (length <= 12 * LONGEST and words(text[start:end]) <= LONGEST):
        return [(start, end)]
    spans: list[Span] = []
    begin = start
    while begin < end:
        finish = _pause(text, begin, end)
        piece = text[begin:finish].rstrip()
        if piece:
            spans.append((begin, begin + len(piece)))
        begin = finish
        while begin < end and text[begin].isspace():
            begin += 1
    return spans


def _pause(text: str, begin: int, end: int) -> int:
    """Find where a passage that begins here should end: the last pause before it grows too long."""
    limit = begin
    size = 0.0
    for run in RUNS.finditer(text, begin, min(end, begin + int(12 * MOST))):
        size += (
            (run.end() - run.start()) / PER_WORD[run.lastgroup or ""]
            if run.lastgroup in PER_WORD
            else 1.0
        )
        if size > MOST:
            spare = (size - MOST) * PER_WORD.get(run.lastgroup or "", 0.0)
            limit = max(run.start(), run.end() - int(spare)) if spare else run.start()
            break
    else:
        limit = min(end, begin + int(12 * MOST))
        if limit == end:
            return end
    breaks = [found for found in PAUSE.finditer(text, begin + 1, limit) if safe(text, found.end())]
    marks = [match.end() for match in breaks if not match.group().isspace()]
    late = begin + (limit - begin) // 3
    for places in (marks, [match.end() for match in breaks]):
        if places and places[-1] > late:
            return places[-1]
    limit = max(limit, begin + 1)
    while limit < end and not safe(text, limit):
        limit += 1
    return limit
