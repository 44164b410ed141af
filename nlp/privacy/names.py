"""Finding known names in a text: forms are looked up, and what stands around them decides."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from nlp.privacy import segmentation, words
from nlp.privacy.characters import (
    HAN,
    HANGUL,
    HIRAGANA,
    KATAKANA,
    THAI,
    THAI_SHORT,
    Stretch,
    is_unspaced,
    readings,
    stretches,
)
from nlp.privacy.folding import Folded
from nlp.privacy.forms import ALIAS, LETTERS, Form, alphabetic, is_team
from nlp.privacy.reading import Hit, Reading

KOREAN_AFTER = re.compile(
    r"(?:이?(?:가|는|를|랑|야|의|도|만|나|네|고|라고|라는|란)?|은|을|과|와|에|에게|에게서|께|께서|께서는|한테|한테서|"
    r"보다|처럼|까지|부터|으로|로|아|씨|님|군|양|이에요|예요|입니다|이었다|였다|이었어요|하고|이나|조차|마저){0,4}"
    r"(?![\uac00-\ud7a3])"
)
# What stands behind a Korean given name only if it is one.
KOREAN_PERSON = re.compile(
    r"\s?(?:씨|님|선배|감독|언니|오빠|누나|형)|이(?:가|는|랑|도|를|의)|[아야](?![\uac00-\ud7a3])"
)
HIRAGANA_AFTER = re.compile(
    r"(?:は|が|を|に|と|も|の|へ|で|や|さん|ちゃん|くん|さま|から|より|って|だ|です)|(?![\u3041-\u309f])"
)
# A short Thai name needs a beginning and, behind it, an end or one of these words.
THAI_AFTER = re.compile(
    r"(?![\u0e01-\u0e4e])|พูด|บอก|มา|ไป|เป็น|ว่า|คิด|ถาม|ก็|และ|กับ|ได้|จะ|ไม่|ที่|ของ|ชอบ|ทำ|ตอบ|อยู่|ยัง|เอง"
)
THAI_JOINED = re.compile(r"[\u0e30-\u0e3a\u0e45\u0e47-\u0e4e]")
THAI_LEADING = re.compile(r"[\u0e40-\u0e44]$")


class Names:
    """All forms of the known names, ready to be looked up."""

    def __init__(self, names: Mapping[str, Sequence[str]]) -> None:
        """Derive the forms of every spelling of every code."""
        self._forms: dict[str, list[Form]] = defaultdict(list)
        self._prefixes: set[str] = set()
        self._stretches: dict[str, list[Stretch]] = defaultdict(list)
        self._sizes: dict[str, list[int]] = {}
        for code, spellings in names.items():
            for spelling in spellings:
                self._learn(code, unicodedata.normalize("NFC", spelling))
        for text in self._stretches:
            self._sizes.setdefault(text[0], []).append(len(text))
        self._sizes = {first: sorted(set(sizes))[::-1] for first, sizes in self._sizes.items()}
        firsts = "".join(map(re.escape, self._sizes))
        self._firsts = re.compile(f"[{firsts}]") if firsts else None

    def _learn(self, code: str, spelling: str) -> None:
        """Add the forms of one spelling, which may hold others in brackets or behind a slash."""
        team = is_team(code)
        for piece in re.split(r"[/;；|]", spelling):
            for name in (ALIAS.sub(" ", piece), *ALIAS.findall(piece)):
                if is_unspaced(name):
                    for stretch in stretches(code, name, team=team):
                        self._stretches[stretch.text].append(stretch)
                    found: Iterator[Form] = iter(()) if team else readings(code, name)
                else:
                    found = alphabetic(code, name, team=team)
                for form in found:
                    self._add(form)

    def _add(self, form: Form) -> None:
        """Keep a form, and the beginnings from which it may go on."""
        if form in self._forms[form.key]:
            return
        self._forms[form.key].append(form)
        self._prefixes.update(form.key[:cut] for cut in form.cuts)

    def find(self, text: str, fold: Folded, language: str) -> list[Hit]:
        """Find the names in a text.

        Args:
            text: The text.
            fold: The same text folded.
            language: Primary subtag of its language.

        Returns:
            Hits in order, without overlaps, by places in the original text.
        """
        hits = [*self._in_characters(fold), *Reading(self, text, fold, language).hits()]
        hits.sort(key=lambda hit: (hit.start, -hit.end))
        kept: list[Hit] = []
        for hit in hits:
            if not kept or hit.start >= kept[-1].end:
                kept.append(hit)
        return kept

    def forms(self, key: str) -> list[Form]:
        """Return the forms that are written with these letters."""
        return self._forms.get(key, [])

    def goes_on(self, key: str) -> bool:
        """Whether a form may go on behind these letters."""
        return key in self._prefixes

    def _in_characters(self, fold: Folded) -> Iterator[Hit]:
        """Find names in scripts without spaces, the longest at each place."""
        if self._firsts is None:
            return
        text, place = fold.text, 0
        while first := self._firsts.search(text, place):
            place = first.start()
            for size in self._sizes[first.group()]:
                name = text[place : place + size]
                found = self._stretches.get(name) if len(name) == size else None
                if not found or not _bounded(text, place, place + size):
                    continue
                if any(way.sure for way in found) or _stands(text, place, place + size, found):
                    least = min(way.derived for way in found)
                    codes = frozenset(way.code for way in found if way.derived == least)
                    yield Hit(fold.origin(place), fold.end(place + size), codes)
                    place += size
                    break
            else:
                place += 1


def _bounded(text: str, start: int, end: int) -> bool:
    """Whether a name in characters is not cut out of a longer word of its script."""
    before, after = text[max(0, start - 1) : start], text[end : end + 1]
    first, last = text[start], text[end - 1]
    for script in (KATAKANA, LETTERS):
        if (script.match(first) and script.match(before)) or (
            script.match(last) and script.match(after)
        ):
            return False
    if HANGUL.match(first) and HANGUL.match(before):
        return False
    if HANGUL.match(last) and not KOREAN_AFTER.match(text, end):
        return False
    if THAI.match(last) and THAI_JOINED.match(after):
        return False
    return not (THAI.match(first) and THAI_LEADING.search(before))


def _stands(text: str, start: int, end: int, ways: Sequence[Stretch]) -> bool:
    """Whether a partial name in characters is a word of its own where it stands."""
    name = text[start:end]
    if HAN.match(name):
        made = all(way.made for way in ways)
        strict = all(way.strict for way in ways)
        return segmentation.fits(text, start, end, made=made, strict=strict)
    if THAI.fullmatch(name) and len(name) <= THAI_SHORT:
        return not THAI.match(text[max(0, start - 1) : start]) and bool(THAI_AFTER.match(text, end))
    if name in words.KOREAN_COMMON:
        return bool(KOREAN_PERSON.match(text, end))
    if HIRAGANA.fullmatch(name):
        return not HIRAGANA.match(text[max(0, start - 1) : start]) and bool(
            HIRAGANA_AFTER.match(text, end)
        )
    return True


@lru_cache(maxsize=16)
def compiled(names: tuple[tuple[str, tuple[str, ...]], ...]) -> Names:
    """Return the compiled names; the last few mappings are kept."""
    return Names(dict(names))
