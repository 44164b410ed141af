"""The forms of names in scripts that write no spaces, or glue particles to names.

Chinese and Japanese names in characters, Korean, kana and Thai names. Forms are folded: Simplified
characters throughout.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nlp.privacy import pinyin, words
from nlp.privacy.folding import folded
from nlp.privacy.forms import Form, Part, Strength, person

HAN = re.compile(r"[\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
HANGUL = re.compile(r"[\uac00-\ud7a3]+")
KATAKANA = re.compile(r"[\u30a1-\u30ff]+")
HIRAGANA = re.compile(r"[\u3041-\u309f]+")
HAN_AND_KANA = re.compile(r"([\u3005\u3400-\u9fff]+)([\u3041-\u30ff]{2,})")
THAI = re.compile(r"[\u0e01-\u0e4e]+")
# Shorter Thai names are easily parts of other words.
THAI_SHORT = 4
TEAM_TAILS = ("队", "组", "チーム", "팀", "조")
SEPARATORS = re.compile(r"[\s·=＝,，、]+")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A name as a stretch of characters.

    Attributes:
        text: The folded characters.
        code: Whose name it is.
        sure: Whether it is the name wherever it stands. Otherwise it must not be part of other
            words, and where it is a word itself the words around it decide.
        derived: Whether it is a guess at how the person may be called ("小王"), which gives way to
            a name that somebody else really bears.
        made: Whether it was put together with a title or the like, so that it is rarer than a name.
        strict: Whether any other word at its end speaks against it ("马总" in "马总是").
    """

    text: str
    code: str
    sure: bool
    derived: bool = False
    strict: bool = False
    made: bool = False


def is_unspaced(spelling: str) -> bool:
    """Whether a spelling is in one of the scripts of this module."""
    return any(script.search(spelling) for script in (HAN, HANGUL, KATAKANA, HIRAGANA, THAI))


def stretches(code: str, spelling: str, *, team: bool) -> Iterator[Stretch]:
    """Make the forms of a name in characters."""
    parts = _parts(folded(spelling).strip())
    whole = "".join(parts)
    if len(whole) < 2 and not team:
        return
    sure = len(whole) > (THAI_SHORT if THAI.match(whole) else 2)
    for joint in ("", " ", "·", "=") if len(parts) > 1 else ("",):
        yield Stretch(joint.join(parts), code, sure=sure)
    if team:
        for tail in TEAM_TAILS:
            yield Stretch(whole + tail, code, sure=len(whole) > 1)
    else:
        yield from _partial(code, parts, whole)


def _parts(name: str) -> list[str]:
    """Part a name where its spelling does, or where characters give way to kana."""
    parts = [part for part in SEPARATORS.split(name) if part]
    halves = HAN_AND_KANA.fullmatch(name)
    return list(halves.groups()) if halves else parts


def _partial(code: str, parts: list[str], whole: str) -> Iterator[Stretch]:
    """Make the forms in which less than the whole name is said, by its script."""
    if HAN.fullmatch(whole):
        yield from _han(code, parts, whole)
    elif HANGUL.fullmatch(whole):
        yield from _korean(code, parts, whole)
    elif THAI.fullmatch(whole):
        yield from _thai(code, parts)
    elif len(parts) > 1:
        for part in parts:
            yield from _part(code, part)


def readings(code: str, spelling: str) -> Iterator[Form]:
    """Make the pinyin forms of a Chinese name in characters, without tones."""
    whole = "".join(SEPARATORS.split(folded(spelling)))
    family, given = pinyin.split_name(whole)
    if not HAN.fullmatch(whole) or not 2 <= len(whole) <= 2 + len(family):
        return
    families = [_syllables(way) for way in pinyin.readings(family, surname=True)]
    givens = [_syllables(way) for way in pinyin.readings(given)]
    if families and givens:
        yield from person(code, [families, givens])


def _syllables(way: tuple[str, ...]) -> Part:
    """Write syllables as a part that may be parted between them."""
    key = "".join(way)
    places = frozenset(len("".join(way[:count])) for count in range(1, len(way)))
    alone = Strength.STRONG if len(way) > 1 and len(key) > 4 else Strength.TITLED
    return Part(key, places, accents=True, chinese=True, alone=alone)


def _han(code: str, parts: list[str], whole: str) -> Iterator[Stretch]:
    """Make the forms of a Chinese or Japanese name in characters."""
    family, given = pinyin.split_name(whole)
    chinese = len(family) == 2 or len(whole) <= 3
    if len(parts) == 2 and len(parts[0]) > 1:
        chinese = chinese and parts[0] == family
        if not chinese:
            family, given = parts
    elif not chinese and len(whole) == 4:
        family, given = whole[:2], whole[2:]
    if chinese:
        yield from _chinese(code, family, given)
        if len(whole) == 3:
            yield from _japanese_titles(code, whole[:2])
        yield from _japanese_titles(code, family)
        return
    for part in (family, given):
        if len(part) > 1:
            yield Stretch(part, code, sure=False)
        yield from _japanese_titles(code, part)
    if len(parts) == 1 and len(whole) == 3:
        yield from _japanese_titles(code, whole[:2])


def _chinese(code: str, family: str, given: str) -> Iterator[Stretch]:
    """Make the partial forms of a Chinese name: given name, and family name with a title."""
    for title in words.HAN_TITLES:
        yield Stretch(family + title, code, sure=False, strict=len(title) == 1, made=True)
    for prefix in "小老阿":
        yield Stretch(prefix + family, code, sure=False, derived=True, made=True)
    yield Stretch(f"{family} {given}", code, sure=True)
    if len(family) == 2:
        yield Stretch(family, code, sure=False)
    if len(given) > 1:
        yield Stretch(given, code, sure=False)
    else:
        for title in words.HAN_GIVEN_TITLES:
            yield Stretch(given + title, code, sure=False, strict=len(title) == 1, made=True)
        for prefix in "小阿老":
            yield Stretch(prefix + given, code, sure=False, derived=True, made=True)


def _japanese_titles(code: str, name: str) -> Iterator[Stretch]:
    """Put the Japanese titles behind a name."""
    for title in words.JAPANESE_TITLES:
        if not HAN.fullmatch(title) or len(name) > 1:
            yield Stretch(name + title, code, sure=False, made=True)


def _korean(code: str, parts: list[str], whole: str) -> Iterator[Stretch]:
    """Make the forms of a Korean name: given name, and family name with a title."""
    if len(parts) == 2:
        family, given = parts
    else:
        size = 2 if whole[:2] in words.KOREAN_COMPOUND_SURNAMES and len(whole) > 3 else 1
        family, given = whole[:size], whole[size:]
    if len(whole) <= 2 and len(parts) == 1:
        return
    yield Stretch(f"{family} {given}", code, sure=False)
    if len(given) > 1:
        yield Stretch(given, code, sure=False)
    for title in words.KOREAN_TITLES:
        for name in (family, given) if len(given) == 1 else (family,):
            yield Stretch(name + title, code, sure=False)
            yield Stretch(f"{name} {title}", code, sure=False)


def _thai(code: str, parts: list[str]) -> Iterator[Stretch]:
    """Make the forms of a Thai name: each part, short ones only behind a title."""
    for part in parts:
        if len(part) > 3:
            yield Stretch(part, code, sure=False)
        for title in words.THAI_TITLES:
            yield Stretch(title + part, code, sure=False)


def _part(code: str, part: str) -> Iterator[Stretch]:
    """Let a part of a kana name stand alone."""
    if len(part) > 1:
        yield Stretch(part, code, sure=False)
    yield from _japanese_titles(code, part)
