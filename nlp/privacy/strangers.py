"""Chinese names that nobody told us: what jieba takes for one, weighed against other words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from nlp.privacy import words
from nlp.privacy.folding import fold
from nlp.privacy.segmentation import KNOWN, PERSON_AFTER, PERSON_BEFORE, fits, frequency

CHINESE = re.compile(r"[\u3400-\u9fff]{2,}")
LIKELY = 0.3
"""Of the words that begin with a family name, how many are names where it is usually one."""


def strangers(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of what looks like the name of a Chinese person.

    A word that jieba knows well, or that begins with a character that seldom is a family name, is
    one only where the words beside it say so.
    """
    plain = fold(text)
    for start, end in sorted({*_tagged(plain.text), *_titled(plain.text)}):
        yield plain.origin(start), plain.end(end)


def _tagged(text: str) -> Iterator[tuple[int, int]]:
    """Yield what jieba's tagger takes for a person."""
    import jieba
    import jieba.posseg

    jieba.setLogLevel(60)
    place, compound = 0, False
    for word, flag in jieba.posseg.cut(text):
        # A family name of two characters may have been cut off as a word of its own.
        begin = place - 2 if compound else place
        place += len(word)
        name = text[begin:place]
        named = flag.startswith("nr") or (compound and len(word) <= 2)
        compound = word in words.COMPOUND_SURNAMES
        if named and CHINESE.fullmatch(name) and _is_name(text, begin, place):
            yield begin, place


def _is_name(text: str, start: int, end: int) -> bool:
    """Whether characters that may be a name begin like one and are one where they stand."""
    name = text[start:end]
    compound = name[:2] in words.COMPOUND_SURNAMES
    if len(name) > 4 or not (compound or name[0] in words.CHINESE_SURNAMES):
        return False
    alone = frequency(name) < KNOWN and (compound or _share(name[0]) >= LIKELY)
    return (alone or _acts(text, start, end)) and fits(text, start, end, made=alone)


def _acts(text: str, start: int, end: int) -> bool:
    """Whether the words beside a place want a person there."""
    before = PERSON_BEFORE.search(text[max(0, start - 4) : start])
    return bool(before) or bool(PERSON_AFTER.match(text, end))


def _titled(text: str) -> Iterator[tuple[int, int]]:
    """Yield family names before a title of two characters: 王 of 王老师."""
    titles = "|".join(title for title in words.HAN_TITLES if len(title) == 2)
    for match in re.finditer(rf"[\u3400-\u9fff]{{1,3}}?(?=(?:{titles}))", text):
        name = match.group()
        surname = name[-1]
        alone = surname in words.CHINESE_SURNAMES and _share(surname) >= LIKELY
        end = match.end()
        if alone and fits(text, end - 1, end + 2, made=True):
            yield end - 1, end


@cache
def _share(character: str) -> float:
    """Return how much of what jieba's dictionary counts with a first character are names."""
    return _shares().get(character, 0.0)


@cache
def _shares() -> dict[str, float]:
    import jieba

    names: dict[str, int] = {}
    everything: dict[str, int] = {}
    with jieba.get_dict_file() as dictionary:
        for line in dictionary:
            word, count, tag = line.decode().split()
            if len(word) in {2, 3} and word[0] in words.CHINESE_SURNAMES:
                everything[word[0]] = everything.get(word[0], 0) + int(count)
                if tag.startswith("nr"):
                    names[word[0]] = names.get(word[0], 0) + int(count)
    return {first: count / everything[first] for first, count in names.items() if count}
