"""The words of a passage, as keywords need them: whole, comparable, without the little ones."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from nlp.keywords.chinese import cut_chinese
from nlp.keywords.east import cut_japanese, cut_korean, cut_thai
from nlp.keywords.scripts import KANA, runs
from nlp.keywords.stopwords import plain, stopwords

# Masked names such as [P07] or [team], and addresses, are no words.
_NO_WORDS = re.compile(r"\[[^\]\n]{1,40}\]|https?://\S+|www\.\S+|\S+@\S+\.\S+|[#@]\w+")
_ELIDED = re.compile(
    r"^(?:l|d|qu|j|c|n|s|m|t|jusqu|lorsqu|puisqu|dell|all|nell|sull|dall|coll|un|quest|quell)'"
    r"(?=\w{2})"
)
_POSSESSIVE = re.compile(r"'s?$")
# What English hangs on a pronoun: you'd, who'll, they've.
_HUNG_ON = re.compile(r"'(?:d|ll|ve|re|m)$")
# Numbers, and numbers with what they count, in Han characters: 两万, 六十条, 四十秒.
_QUANTITY = re.compile(
    r"[第约几数]?[〇零一二三四五六七八九十百千万亿两半兩萬億幾數]+[多余餘]?"
    r"(?:[条個个次天年月日点時时秒块元种位名张部遍镜场眼下些件句页人米岁度声段回分本枚台歳円番目条條點塊種張場頁歲聲]|"
    r"分钟|小时|分鐘|小時|分間|時間|个月|個月|万块|条里)*$"
)
# What is left of them where the cut falls behind the number: 三百|条里.
_COUNTED = re.compile(r"(?:[条个個次天遍页頁句段张張條]|分钟|分鐘|小时|小時|个月|個月)[里裡]")
_STEMMERS = {
    "ar": "arabic",
    "cs": "czech",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "fi": "finnish",
    "fr": "french",
    "hi": "hindi",
    "hu": "hungarian",
    "id": "indonesian",
    "it": "italian",
    "nl": "dutch",
    "no": "norwegian",
    "pl": "polish",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sv": "swedish",
    "tr": "turkish",
}
SPACELESS = frozenset({"zh", "ja", "th"})


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a passage.

    Attributes:
        key: What its inflections have in common; empty for a stop word or what is no word.
        surface: As it is written.
    """

    key: str
    surface: str


BREAK = Word("", "")


def primary(tag: str) -> str:
    """Return the language of a tag without script and region: `zh` of `zh-Hant`."""
    return tag.split("-", maxsplit=1)[0].lower()


def words(text: str, language: str) -> list[Word]:
    """Cut a passage into words.

    Stop words, numbers and single letters have an empty key; so has `BREAK`, which stands where a
    phrase may not go on: at punctuation, a masked name or an address.

    Args:
        text: The passage.
        language: Its BCP 47 tag. Stretches in another script are cut as that script wants it.
    """
    tag = primary(language)
    found: list[Word] = []
    japanese = tag == "ja" or (tag not in ("zh", "ko") and bool(KANA.search(text)))
    for kind, run in runs(_NO_WORDS.sub(" . ", unicodedata.normalize("NFC", text))):
        if kind == "other":
            found.append(BREAK)
        elif kind == "word":
            found.append(_spaced(run, tag))
        elif kind == "east":
            found.extend(_japanese(run) if japanese else _chinese(run))
        elif kind == "hangul":
            found.append(_keyed(cut_korean(run), run, "ko"))
        elif kind == "thai":
            found.extend(_keyed(word, word, "th") for word in cut_thai(run))
    return found


def _chinese(run: str) -> Iterator[Word]:
    for simple, written in cut_chinese(run):
        yield _keyed(simple, written, "zh")


def _japanese(run: str) -> Iterator[Word]:
    for word in cut_japanese(run):
        yield _keyed(word, word, "ja")


def _keyed(key: str, surface: str, language: str) -> Word:
    little = len(key) < 2 or _QUANTITY.match(key) or _COUNTED.fullmatch(key)
    return Word("" if little or key in stopwords(language) else key, surface)


@lru_cache(maxsize=100_000)
def _spaced(run: str, language: str) -> Word:
    word = plain(run)
    bare = _POSSESSIVE.sub("", word)
    cut = _ELIDED.sub("", bare) if language in ("fr", "it", "ca") else bare
    surface = run[len(run) - len(word) + len(bare) - len(cut) : len(run) - len(word) + len(bare)]
    if len(surface) != len(cut):  # a character changed its length when it was folded
        surface = run
    stop = stopwords(language) | stopwords("en") if language in SPACELESS else stopwords(language)
    letters = sum(character.isalpha() for character in cut)
    written = {word, cut, word.replace("'", ""), _HUNG_ON.sub("", word)}
    if letters < 2 or written & stop:
        return Word("", surface)
    key = _stemmer(language)(cut)
    return Word("" if key in stop else key, surface)


@cache
def _stemmer(language: str) -> Callable[[str], str]:
    name = _STEMMERS.get(language, "english" if language in SPACELESS else None)
    if name is None:
        return str
    import snowballstemmer  # type: ignore[import-untyped]  # it has no annotations

    stem: Callable[[str], str] = snowballstemmer.stemmer(name).stemWord
    return stem
