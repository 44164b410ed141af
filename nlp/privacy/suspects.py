"""What looks like a name and was not masked, for a person to decide."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from nlp.privacy import words
from nlp.privacy.folding import folded
from nlp.privacy.masking import Masked, Span, mask

SUSPECT = "suspect"
# Words that are capitalised only because they begin a sentence.
OPENING = words.DETERMINERS | words.PERSON_BEFORE | words.PLACES_BEFORE | {"then", "dann", "puis"}
_WORD = r"[^\W\d_]+(?:['’-][^\W\d_]+)*"
CAPITALISED = re.compile(
    rf"(?<![\w'’]){_WORD}(?:[ \u00a0](?:(?:van|von|de|der|den|da|di|del|la|el) )*{_WORD})*"
)
WORDS = re.compile(_WORD)
SPEECH = re.compile(r"\s(?:sagte|sagt|meinte|meint|fragte|fragt|erzählte|antwortete)\b")
CHINESE = re.compile(r"[\u3400-\u9fff]{2,}")
HONORED = re.compile(
    r"(?P<japanese>[\u4e00-\u9fff々]{1,4}|[ァ-ヺー]{2,8})(?=さん|くん|ちゃん|氏|監督|様)"
    r"|(?P<korean>(?<![가-힣])[가-힣]{2,4})(?=\s?(?:씨|감독님|선생님|작가님|대표님|배우님))"
    r"|(?<=คุณ)(?P<thai>[\u0e01-\u0e2e\u0e40-\u0e44][\u0e01-\u0e4e]{1,14})"
    r"|(?<=السيد )(?P<mister>[\u0620-\u064a]{3,})|(?<=السيدة )(?P<madam>[\u0620-\u064a]{3,})"
    r"|(?<=श्री )(?P<shri>[\u0900-\u097f]{2,})|(?P<ji>[\u0900-\u097f]{2,})(?= जी)"
)


def suspects(text: str, language: str, names: Mapping[str, Iterable[str]]) -> list[Span]:
    """List what looks like the name of somebody and stays in the masked text.

    It is a list to review: it leans to finding too much.

    Args:
        text: What somebody said or wrote.
        language: BCP 47 tag of the text.
        names: The known names, as for `nlp.privacy.mask`.

    Returns:
        Spans in order, of the kind `suspect`, with their places in the original and in the masked
        text.
    """
    masked = mask(text, names=names, language=language)
    found: list[tuple[int, int]] = []
    for start, end in sorted(_candidates(masked.text, language.split("-", maxsplit=1)[0])):
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


def _candidates(text: str, language: str) -> Iterator[tuple[int, int]]:
    """Yield what looks like a name in any script."""
    for run in CAPITALISED.finditer(text):
        yield from _capitalised(text, run.start(), run.end(), language)
    for match in HONORED.finditer(text):
        yield match.start(), match.end()
    if language in {"zh", "und", "mul"} and CHINESE.search(text):
        yield from _chinese(text)


def _capitalised(text: str, start: int, end: int, language: str) -> Iterator[tuple[int, int]]:
    """Yield runs of capitalised words that are names by their company."""
    run: list[re.Match[str]] = []
    for word in [*WORDS.finditer(text, start, end), None]:
        if word and word.group()[0].isupper() and folded(word.group()) not in words.FUNCTION_WORDS:
            run.append(word)
            continue
        particle = word and run and folded(word.group()) in words.PARTICLES
        if run and not particle:
            yield from _run(text, run, language)
            run = []


def _run(text: str, run: list[re.Match[str]], language: str) -> Iterator[tuple[int, int]]:
    """Judge neighbouring capitalised words."""
    titles = 0
    while titles < len(run) and folded(run[titles].group()) in words.TITLES:
        titles += 1
    name = run[titles:]
    if not name:
        return
    start, end = name[0].start(), name[-1].end()
    before = re.search(rf"({_WORD})\.?\s$", text[max(0, start - 24) : start])
    previous = folded(before.group(1)) if before else ""
    titled = titles > 0 or previous in words.TITLES - words.TITLES_ONLY_CAPITAL
    if len(name) > 1 and not titled and _begins(text, start) and folded(name[0].group()) in OPENING:
        name = name[1:]
        start = name[0].start()
    ordinary = all(folded(word.group()) in words.COMMON for word in name)
    if titled or (len(name) > 1 and not ordinary) or _acts(text, start, end, previous, language):
        yield start, end


def _acts(text: str, start: int, end: int, previous: str, language: str) -> bool:
    """Whether a single capitalised word is said to do what persons do."""
    if language == "de":
        return bool(SPEECH.match(text, end)) and previous not in words.DETERMINERS
    if previous in words.DETERMINERS or folded(text[start:end]) in words.COMMON | words.MONTHS:
        return False
    after = re.match(rf"\s({_WORD})", text[end : end + 24])
    following = folded(after.group(1)) if after else ""
    if following in words.PERSON_VERBS - words.BE_VERBS or previous in words.PERSON_BEFORE:
        return True
    return text[end : end + 2] in {"'s", "’s"} and not _begins(text, start)


def _begins(text: str, start: int) -> bool:
    """Whether a place begins a sentence."""
    return not text[:start].strip() or bool(
        re.search(r"[.!?:\n]\W*$", text[max(0, start - 4) : start])
    )


def _chinese(text: str) -> Iterator[tuple[int, int]]:
    """Yield what jieba's tagger takes for the name of a Chinese person."""
    import jieba
    import jieba.posseg

    jieba.setLogLevel(60)
    place = 0
    for word, flag in jieba.posseg.cut(text):
        surname = (
            folded(word[:1]) in words.CHINESE_SURNAMES
            or folded(word[:2]) in words.COMPOUND_SURNAMES
        )
        if flag.startswith("nr") and 2 <= len(word) <= 4 and surname and CHINESE.fullmatch(word):
            yield place, place + len(word)
        place += len(word)
