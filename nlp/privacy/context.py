"""Whether an ordinary word that is also somebody's name means the person here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from nlp.privacy import words

BEGINS = re.compile(r"(?:^|[.!?。！？…:：;\n\"“„«(（•*–—-])\s*[\"“„«'‘(\[]*\s*$")
ADJECTIVE = ("e", "er", "es", "en", "em")
WITHOUT_CAPITALS = frozenset({"zh", "ja", "ko", "th", "ar", "hi"})
"""Languages whose own script has no capitals: a capitalised foreign word there is meant so."""
NUMBER_BEHIND = re.compile(r"\s*\d")


@dataclass(frozen=True, slots=True)
class Token:
    """A run of letters of one script: folded, and where it lies in the folded text."""

    key: str
    start: int
    end: int


def is_person(text: str, tokens: Sequence[Token], first: int, last: int, *, language: str) -> bool:
    """Judge a capitalised ordinary word by its neighbours.

    Args:
        text: The folded text.
        tokens: Its tokens.
        first: Index of the word's first token.
        last: Index of its last token.
        language: Primary subtag of the text's language.

    Returns:
        True where a person is meant, as far as a few rules can tell: not behind an article, not a
        month, before a verb that wants a person, or capitalised where only names are.
    """
    key = "".join(token.key for token in tokens[first : last + 1])
    before = _neighbour(text, tokens, first, -1)
    after = _neighbour(text, tokens, last, 1)
    if key in words.function_words(language):
        return False
    described = before in words.determiners(language) or _is_described(
        text, tokens, first, language
    )
    place = key in words.PLACES and before in words.PLACES_BEFORE
    month = key in words.MONTHS and _is_month(text, tokens[last].end, before)
    if described or place or month:
        return False
    owner = text.startswith("'s", tokens[last].end)
    verb = _acts(key, after, language) or _acted(key, before)
    if owner or verb or before in words.PERSON_BEFORE:
        return True
    return _is_addressed(text, tokens, last) or _is_capital(text, tokens, first, last, language)


def _acts(key: str, after: str, language: str) -> bool:
    """Whether the word behind is a verb that wants a person."""
    if after in words.BE_VERBS:
        return key not in words.MASS
    return after in words.PERSON_VERBS or _is_past(after, language)


def _acted(key: str, before: str) -> bool:
    """Whether a verb that wants a person stands before the word: "Danach kam Ernst"."""
    acting = before in words.PERSON_VERBS and before not in words.BE_VERBS | words.HAVING
    return acting and key not in words.MASS


def _is_capital(text: str, tokens: Sequence[Token], first: int, last: int, language: str) -> bool:
    """Whether a capital letter means a name there."""
    key = "".join(token.key for token in tokens[first : last + 1])
    if key == key.upper():
        return False  # a script without capitals
    if language in WITHOUT_CAPITALS:
        return True
    if _initial(text, tokens[first]):
        question = text[tokens[last].end : tokens[last].end + 1] in {"?", "!"}
        return question and key not in words.MASS
    return not (language in {"de", "und", "mul"} and key in words.GERMAN_NOUNS)


def _is_past(word: str, language: str) -> bool:
    """Whether a word is a regular past tense, which a noun without an article rarely precedes."""
    ending = {"en": "ed", "de": "te"}.get(language)
    return ending is not None and len(word) > 4 and word.endswith(ending)


def _is_addressed(text: str, tokens: Sequence[Token], last: int) -> bool:
    """Whether somebody is spoken to: "Will, can you ..."."""
    if last + 1 >= len(tokens) or not text.startswith(",", tokens[last].end):
        return False
    return tokens[last + 1].key in words.VOCATIVE_AFTER


def _is_described(text: str, tokens: Sequence[Token], index: int, language: str) -> bool:
    """Whether an article and an adjective stand before a word: "der neue Koch"."""
    adjective = _neighbour(text, tokens, index, -1)
    if not adjective.endswith(ADJECTIVE) or adjective in words.PERSON_VERBS:
        return False
    return _neighbour(text, tokens, index - 1, -1) in words.determiners(language)


def _neighbour(text: str, tokens: Sequence[Token], index: int, step: int) -> str:
    """Return the token beside another one, if nothing but a space lies between them."""
    other = index + step
    if not 0 <= other < len(tokens):
        return ""
    left, right = sorted((index, other))
    between = text[tokens[left].end : tokens[right].start]
    return tokens[other].key if between.strip(" \t\u00a0\n'") == "" else ""


def _initial(text: str, token: Token) -> bool:
    """Whether a word begins a sentence, where every word is capitalised."""
    return bool(BEGINS.search(text[max(0, token.start - 12) : token.start]))


def _is_month(text: str, end: int, before: str) -> bool:
    """Whether the name of a month is used as one."""
    return before in words.MONTH_BEFORE or bool(NUMBER_BEHIND.match(text, end))
