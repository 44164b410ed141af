"""What looks like a name and was not masked, for a person to decide."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from nlp.privacy import words
from nlp.privacy.folding import folded
from nlp.privacy.masking import Masked, Span, mask
from nlp.privacy.ordinary import LETTERS, NOUNS_CAPITALISED, WORD, Ordinary
from nlp.privacy.strangers import CHINESE, strangers

SUSPECT = "suspect"
JOINING = frozenset({"and", "und", "y", "e", "i", "et", "en", "и"})
CAPITALISED = re.compile(
    rf"(?<![\w'’]){LETTERS}(?:[ \u00a0](?:(?:van|von|de|der|den|da|di|del|la|el) )*{LETTERS})*"
)
SPEECH = re.compile(
    r"\s(?:sagte|sagt|meinte|meint|fragte|fragt|erzählte|antwortete|dachte|sprach|rief|lachte)\b"
)
ELIDED = re.compile(r"(?:[dljmnstc]|qu)['’](?=\w)", re.IGNORECASE)
CONTRACTED = re.compile(r"['’](?:m|s|ve|ll|re|d|t)$", re.IGNORECASE)
AUXILIARY = words.HAVING | {"a", "ha"}
# One character in front of a title that makes another title of it, in Japanese.
PREFIXES = frozenset("助副総総元前新同各両名客奥")
HONORED = re.compile(
    r"(?P<japanese>[\u4e00-\u9fff々]{1,4}|[ァ-ヺー]{2,8})(?=さん|くん|ちゃん|氏|監督|様)"
    r"|(?P<korean>(?<![가-힣])[가-힣]{2,4})(?=\s?(?:씨|감독님|선생님|작가님|대표님|배우님))"
    r"|(?<=คุณ)(?P<thai>[\u0e01-\u0e2e\u0e40-\u0e44][\u0e01-\u0e4e]{1,14})"
    r"|(?<=السيد )(?P<mister>[\u0620-\u064a]{3,})|(?<=السيدة )(?P<madam>[\u0620-\u064a]{3,})"
    r"|(?<=श्री )(?P<shri>[\u0900-\u097f]{2,})|(?P<ji>[\u0900-\u097f]{2,})(?= जी)"
)


def suspects(
    text: str,
    language: str,
    names: Mapping[str, Iterable[str]],
    *,
    ordinary: Ordinary | None = None,
) -> list[Span]:
    """List what looks like the name of somebody and stays in the masked text.

    Args:
        text: What somebody said or wrote.
        language: BCP 47 tag of the text.
        names: The known names, as for `nlp.privacy.mask`.
        ordinary: What is known of the words of the texts around it; of this one alone by default.

    Returns:
        Spans in order, of the kind `suspect`, with their places in the original and in the masked
        text.
    """
    masked = mask(text, names=names, language=language)
    looking = _Looking(
        masked.text,
        language.split("-", maxsplit=1)[0],
        ordinary or Ordinary([(masked.text, language)]),
    )
    found: list[tuple[int, int]] = []
    for start, end in sorted(looking.candidates()):
        covered = any(span.masked_start < end and start < span.masked_end for span in masked.spans)
        if not covered and (not found or start >= found[-1][1]):
            found.append((start, end))
    return [_span(masked, start, end) for start, end in found]


def _span(masked: Masked, start: int, end: int) -> Span:
    """Find the place in the original of a stretch of the masked text."""
    shift = 0
    for span in masked.spans:
        if span.masked_end <= start:
            shift = span.end - span.masked_end
    return Span(start + shift, end + shift, start, end, SUSPECT, None)


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of a text, without an article glued to it ("l’") and without "’s"."""

    start: int
    end: int
    text: str

    @property
    def plain(self) -> str:
        return folded(self.text)


def _word(match: re.Match[str]) -> _Word:
    start, end = match.span()
    glued = ELIDED.match(match.group())
    start += glued.end() if glued else 0
    tail = CONTRACTED.search(match.group())
    end -= len(tail.group()) if tail and match.start() + tail.start() > start else 0
    return _Word(start, end, match.string[start:end])


@dataclass(frozen=True, slots=True)
class _Looking:
    """One masked text that is looked through.

    Attributes:
        text: The text.
        language: Primary subtag of its language.
        ordinary: What is known of its words.
    """

    text: str
    language: str
    ordinary: Ordinary

    def candidates(self) -> Iterator[tuple[int, int]]:
        """Yield what looks like a name in any script."""
        for run in CAPITALISED.finditer(self.text):
            yield from self._capitalised(run.start(), run.end())
        for match in HONORED.finditer(self.text):
            if match.group() not in PREFIXES and not self._is_ordinary(match.group()):
                yield match.start(), match.end()
        if self.language in {"zh", "und", "mul"} and CHINESE.search(self.text):
            yield from strangers(self.text)

    def _is_ordinary(self, word: str) -> bool:
        return self.ordinary.is_ordinary(word, self.language)

    def _capitalised(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield runs of capitalised words that are names by their company."""
        run: list[_Word] = []
        particles = words.PARTICLES - JOINING
        if self.language in NOUNS_CAPITALISED:
            particles -= words.determiners(self.language)
        for match in [*WORD.finditer(self.text, start, end), None]:
            word = _word(match) if match else None
            if word and word.text[0].isupper() and word.plain not in words.FUNCTION_WORDS:
                run.append(word)
                continue
            if run and not (word and word.plain in particles):
                yield from self._run(run)
                run = []

    def _run(self, run: list[_Word]) -> Iterator[tuple[int, int]]:
        """Judge neighbouring capitalised words."""
        titles = 0
        while titles < len(run) and run[titles].plain in words.TITLES:
            titles += 1
        name = run[titles:]
        if not name:
            return
        before = re.search(
            rf"({LETTERS})\.?\s$", self.text[max(0, name[0].start - 24) : name[0].start]
        )
        previous = folded(before.group(1)) if before else ""
        small = previous in words.TITLES_ONLY_CAPITAL and before is not None and before[1].islower()
        if titles or (previous in words.TITLES and not small):
            yield name[0].start, name[-1].end
            return
        while name and (_is_acronym(name[-1].text) or (len(name) > 1 and self._opens(name[0]))):
            if _is_acronym(name[-1].text):
                name = name[:-1]
            else:
                previous = name[0].plain
                name = name[1:]
        if not name or self._is_no_name(name):
            return
        if len(name) > 1 or self._acts(name[0], previous):
            yield name[0].start, name[-1].end

    def _opens(self, word: _Word) -> bool:
        """Whether a word has its capital only because it begins a sentence, or is an acronym."""
        return _is_acronym(word.text) or (self._begins(word.start) and self._is_ordinary(word.text))

    def _is_no_name(self, name: list[_Word]) -> bool:
        """Whether capitalised words are ordinary ones."""
        if self.language in NOUNS_CAPITALISED:
            return self._is_ordinary(name[0].text)
        return all(word.plain in words.COMMON or self._is_ordinary(word.text) for word in name)

    def _acts(self, word: _Word, previous: str) -> bool:
        """Whether a single capitalised word is said to do what persons do."""
        if self.language in NOUNS_CAPITALISED:
            return bool(SPEECH.match(self.text, word.end)) and previous not in words.DETERMINERS
        if previous in words.DETERMINERS or word.plain in words.COMMON | words.MONTHS:
            return False
        after = re.match(rf"\s({LETTERS})(?:\s({LETTERS}))?", self.text[word.end : word.end + 40])
        following, then = (folded(each or "") for each in after.groups()) if after else ("", "")
        if then in words.PERSON_VERBS and following in AUXILIARY:
            following = then  # "a dit", "ha detto"
        if following in words.PERSON_VERBS - words.BE_VERBS or previous in words.PERSON_BEFORE:
            return True
        owns = self.text[word.end : word.end + 2] in {"'s", "’s"}
        return owns and not self._begins(word.start)

    def _begins(self, start: int) -> bool:
        """Whether a place begins a sentence."""
        return not self.text[:start].strip() or bool(
            re.search(r"[.!?:\n]\W*$", self.text[max(0, start - 4) : start])
        )


def _is_acronym(word: str) -> bool:
    """Whether a word is short and written in capitals alone."""
    return word.isupper() and len(word) <= 3
