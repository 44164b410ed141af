"""Chinese names in Latin letters: readings of characters, and syllables of a spelling."""

from __future__ import annotations

from functools import cache, lru_cache

from nlp.privacy.folding import folded
from nlp.privacy.words import COMPOUND_SURNAMES, SURNAME_READINGS

_INITIALS = "b p m f d t n l g k h j q x zh ch sh r z c s y w"
_FINALS = (
    "a o e ai ei ao ou an en ang eng ong i ia ie iao iu ian in iang ing iong "
    "u ua uo uai ui uan un uang ue er v ve"
)
LONGEST = 6
MOST_READINGS = 8
# Spellings in use for syllables with ü, whose dots folding takes away.
WITH_DOTS = {"lu": ("lv", "lyu"), "nu": ("nv", "nyu"), "lue": ("lve",), "nue": ("nve",)}


@cache
def syllables() -> frozenset[str]:
    """Return the syllables of Mandarin without tones, ü as u or v."""
    from pypinyin.constants import PINYIN_DICT
    from pypinyin.contrib.tone_convert import to_normal

    known = {
        folded(to_normal(reading))
        for readings in PINYIN_DICT.values()
        for reading in readings.split(",")
    }
    shaped = {a + b for a in ("", *_INITIALS.split()) for b in _FINALS.split()}
    spelled = {spelling for variants in WITH_DOTS.values() for spelling in variants}
    return frozenset(known & shaped | spelled | {"lu", "nu", "lue", "nue"})


@lru_cache(maxsize=4096)
def cuts(word: str) -> frozenset[int]:
    """Return the places where a word may be parted so that all parts are syllables.

    Empty also for a word of one syllable; ask `is_pinyin` whether it is pinyin at all.
    """
    places: set[int] = set()
    for division in _divisions(word):
        place = 0
        for syllable in division[:-1]:
            place += len(syllable)
            places.add(place)
    return frozenset(places)


def is_pinyin(word: str) -> bool:
    """Whether a folded word can be read as Mandarin syllables."""
    return bool(_divisions(word))


@lru_cache(maxsize=4096)
def _divisions(word: str) -> tuple[tuple[str, ...], ...]:
    """Return all ways to part a word of at most four syllables."""
    if not 0 < len(word) <= 4 * LONGEST:
        return ()
    found: list[tuple[str, ...]] = [(word,)] if word in syllables() else []
    for place in range(1, min(LONGEST, len(word) - 1) + 1):
        if word[:place] in syllables():
            found += [(word[:place], *rest) for rest in _divisions(word[place:]) if len(rest) < 4]
    return tuple(found)


def split_name(name: str) -> tuple[str, str]:
    """Part a Chinese name in folded characters into family name and given name."""
    size = 2 if name[:2] in COMPOUND_SURNAMES and len(name) > 2 else 1
    return name[:size], name[size:]


@lru_cache(maxsize=4096)
def readings(characters: str, *, surname: bool = False) -> tuple[tuple[str, ...], ...]:
    """Return the readings of a few folded characters, each a tuple of syllables without tones."""
    from pypinyin import Style, pinyin

    if surname and characters in SURNAME_READINGS:
        return (tuple(SURNAME_READINGS[characters].split()),)
    columns = pinyin(characters, style=Style.NORMAL, heteronym=True, errors="ignore")
    if len(columns) != len(characters):
        return ()
    ways: list[tuple[str, ...]] = [()]
    for column in columns:
        plain = [folded(reading).replace("v", "u") for reading in column[: 1 if surname else 3]]
        dotted = ["v" in reading for reading in column]
        choices = [*plain]
        for choice, dots in zip(plain, dotted, strict=False):
            choices += WITH_DOTS.get(choice, ()) if dots else ()
        ways = [(*way, choice) for way in ways for choice in choices][:MOST_READINGS]
    return tuple(ways)
