"""Words that are no names: learned from the texts themselves, and from what every language needs.

Nobody can list all words. But a word that is also written small, or stands behind an article, in
the texts that are looked through, in our reference corpus or among a language's stop words, is
hardly somebody's name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from nlp.keywords.stopwords import stopwords
from nlp.privacy import words
from nlp.privacy.folding import folded

REFERENCE = Path(__file__).parents[1] / "reference"
LETTERS = r"[^\W\d_]+(?:[’'-][^\W\d_]+)*"
WORD = re.compile(LETTERS)
BEHIND = re.compile(rf"(?<!\w)(?=({LETTERS}) (?:([a-zäöüß]+) )?((?=[A-ZÄÖÜ]){LETTERS}))")
ADJECTIVE = re.compile(r".{2,}(?:e|en|er|es|em)")
NOUNS_CAPITALISED = frozenset({"de"})
"""Languages that write nouns with a capital letter."""
# Endings that make nouns of other words in German; no family name of two syllables has them.
MADE_NOUN = re.compile(
    r".{4,}(?:ung|ungen|heit|heiten|keit|keiten|schaft|schaften|tion|tionen|tät)"
)
MIXED = frozenset({"und", "mul", ""})


class Ordinary:
    """What is an ordinary word in some texts.

    Args:
        texts: Each text with the BCP 47 tag of its language; the more of a study they are, the
            more is known.
    """

    def __init__(self, texts: Iterable[tuple[str, str]] = ()) -> None:
        self._small: set[str] = set()
        self._nouns: set[str] = set()
        for text, language in texts:
            small, nouns = _learn(text, language.split("-", maxsplit=1)[0])
            self._small |= small
            self._nouns |= nouns

    def is_ordinary(self, word: str, language: str) -> bool:
        """Whether a capitalised word is written small elsewhere, or is a noun that never is.

        Args:
            word: As it is written.
            language: Primary subtag of its text's language.
        """
        plain = folded(word)
        small, nouns = _of_language(language)
        # "Peut-être", but not "Seo-jun" and "Jean-Luc".
        parts = plain.split("-") if word[1:].islower() else []
        if any(each in small or each in self._small for each in (plain, *parts)):
            return True
        if language not in NOUNS_CAPITALISED | MIXED:
            return False
        return plain in nouns or plain in self._nouns or bool(MADE_NOUN.fullmatch(plain))


def _learn(text: str, language: str) -> tuple[set[str], set[str]]:
    """Return the words of a text that are written small, and those behind an article, folded."""
    small = {folded(word) for word in WORD.findall(text) if word[0].islower()}
    if language not in NOUNS_CAPITALISED | MIXED:
        return small, set()
    articles = words.determiners("de")
    nouns = set()
    for match in BEHIND.finditer(text):
        article, adjective, noun = match.groups()
        described = adjective is None or ADJECTIVE.fullmatch(folded(adjective))
        if described and folded(article) in articles:
            nouns.add(folded(noun))
    return small, nouns


@cache
def _of_language(language: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the words known to be written small in a language, and its known nouns, folded."""
    small: set[str] = set()
    nouns: set[str] = set()
    for path in sorted(REFERENCE.glob("*.txt")):
        tag = path.stem.split("-", maxsplit=1)[0]
        if language not in MIXED and tag != language:
            continue
        learned = _learn(path.read_text(encoding="utf-8"), tag)
        small |= learned[0] | {folded(word) for word in stopwords(tag)}
        nouns |= learned[1]
    return frozenset(small), frozenset(nouns)
