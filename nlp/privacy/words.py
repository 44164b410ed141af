"""Words that decide whether something spelled like a name is one.

They are kept in `words.txt`, and folded when read (`nlp.privacy.folding`): lower case, no
accents, Simplified characters.
"""

from __future__ import annotations

from pathlib import Path

from nlp.privacy.folding import folded


def _read() -> dict[str, list[str]]:
    sections: dict[str, list[str]] = {}
    words: list[str] = []
    for line in Path(__file__).with_suffix(".txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            words = sections.setdefault(line.strip("[]"), [])
        elif not line.startswith("#"):
            words += [folded(word) for word in line.split()]
    return sections


_SECTIONS = _read()

# Titles in front of a name.
TITLES = frozenset(_SECTIONS["titles"])

# Titles that are also ordinary words when written small.
TITLES_ONLY_CAPITAL = frozenset(_SECTIONS["titles_only_capital"])

# Titles behind a name in alphabetic scripts.
TITLES_BEHIND = frozenset(_SECTIONS["titles_behind"])

# Titles behind a Chinese family name or given name.
HAN_TITLES = tuple(_SECTIONS["han_titles"])
HAN_GIVEN_TITLES = tuple(_SECTIONS["han_given_titles"])
JAPANESE_TITLES = tuple(_SECTIONS["japanese_titles"])
KOREAN_TITLES = tuple(_SECTIONS["korean_titles"])
THAI_TITLES = tuple(_SECTIONS["thai_titles"])

# Small words inside names that are never a name by themselves.
PARTICLES = frozenset(_SECTIONS["particles"])


def _by_language(section: str) -> dict[str, frozenset[str]]:
    """Gather the sections of one kind; texts of unknown language get the words of all."""
    found = {
        name.removeprefix(f"{section}_"): frozenset(listed)
        for name, listed in _SECTIONS.items()
        if name.startswith(f"{section}_")
    }
    everything: frozenset[str] = frozenset().union(*found.values())
    return found | {"und": everything, "mul": everything}


_FUNCTION_WORDS = _by_language("function_words")
_DETERMINERS = _by_language("determiners")

# Words so common in some language that a name spelled like them needs care.
FUNCTION_WORDS = _FUNCTION_WORDS["und"]
DETERMINERS = _DETERMINERS["und"]


def function_words(language: str) -> frozenset[str]:
    """Return the words that are far too common in a language to mean a person."""
    return _FUNCTION_WORDS.get(language, frozenset())


def determiners(language: str) -> frozenset[str]:
    """Return a language's articles and the like: what follows is a thing, not a person."""
    return _DETERMINERS.get(language, frozenset())


MONTH_BEFORE = frozenset(_SECTIONS["month_before"])
MONTHS = frozenset(_SECTIONS["months"])

# Third-person forms that take a person as their subject; they make "Will said" a person.
PERSON_VERBS = frozenset(_SECTIONS["person_verbs"])
BE_VERBS = frozenset(_SECTIONS["be_verbs"])

# Words right before which only a person is expected.
PERSON_BEFORE = frozenset(_SECTIONS["person_before"])

# Names that are also ordinary words of a language.
COMMON = frozenset((*_SECTIONS["common"], *_SECTIONS["german_nouns"], *_SECTIONS["places"]))

# Of these, the ones that mislead only when written small: capitalised they are names.
SOFT = frozenset(_SECTIONS["soft"])

# Of these, the ones that are German nouns and therefore capitalised anywhere.
GERMAN_NOUNS = frozenset(_SECTIONS["german_nouns"])

# Names that are places as well, and the words behind which they are.
PLACES = frozenset(_SECTIONS["places"])
PLACES_BEFORE = frozenset(_SECTIONS["places_before"])

# Of the ordinary words, the ones that can be the subject of "is" without an article.
MASS = frozenset(_SECTIONS["mass"])

# Verbs behind which a thing without an article is as likely as a person.
HAVING = frozenset(_SECTIONS["having"])

# Words that join two names, and words that follow somebody who is spoken to.
AND = frozenset(_SECTIONS["and"])
VOCATIVE_AFTER = frozenset(_SECTIONS["vocative_after"])

# Korean given names that are also ordinary words.
KOREAN_COMMON = frozenset(_SECTIONS["korean_common"])

# Names that look like another name with the German or Dutch genitive "s".
OTHER_NAMES = frozenset(_SECTIONS["other_names"])

# Second halves of hyphenated given names: Marie in "Anna-Marie" is not Marie.
HYPHENATED = frozenset(_SECTIONS["hyphenated"])
CHINESE_SURNAMES = frozenset("".join(_SECTIONS["chinese_surnames"]))
COMPOUND_SURNAMES = frozenset(_SECTIONS["compound_surnames"])
KOREAN_COMPOUND_SURNAMES = frozenset(_SECTIONS["korean_compound_surnames"])
# Readings that surnames have and other words written with the same character have not.
SURNAME_READINGS = {
    "曾": "zeng",
    "单": "shan",
    "解": "xie",
    "仇": "qiu",
    "区": "ou",
    "查": "zha",
    "任": "ren",
    "朴": "piao",
    "翟": "zhai",
    "盖": "ge",
    "乐": "yue",
    "万": "wan",
    "员": "yun",
    "种": "chong",
    "折": "she",
    "缪": "miao",
    "尉迟": "yu chi",
    "长孙": "zhang sun",
    "单于": "chan yu",
    "令狐": "ling hu",
    "澹台": "tan tai",
}
