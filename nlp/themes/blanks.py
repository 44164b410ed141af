"""Answers that say nothing: "nothing today", "n/a", "不知道". They are set apart, not clustered."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path

PHRASES = Path(__file__).with_name("blanks.txt")
_MASKED = re.compile(r"\[[^\]]{1,40}\]")
_CLAUSE = re.compile(r"[.,;:!?。，；：！？、…—–\n]+")
_OPENING = re.compile(
    r"^(?:(?:hi|hey|yes|yeah|yep|ok|okay|no|nope|nah|oh|well|um|uh|so|and|but|i think|i believe|"
    r"i guess|thanks|great|perfect|sure|just|nothing) )+"
)
_LONGEST = 160  # letters; whoever says nothing is brief
_OUTSIDE = re.compile(r"[^\w]+", re.UNICODE)


@cache
def _phrases() -> frozenset[str]:
    lines = PHRASES.read_text(encoding="utf-8").splitlines()
    return frozenset(_plain(line) for line in lines if line.strip() and not line.startswith("#"))


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return _OUTSIDE.sub(" ", folded.replace("'", "").replace("’", "")).strip()


def is_blank(text: str) -> bool:
    """Say whether a passage has no letters, or says nothing in every one of its clauses.

    Example:
        >>> is_blank("N/A."), is_blank("不知道。"), is_blank("Nothing works."), is_blank("🎬🎬")
        (True, True, False, True)
        >>> is_blank("Sounds good, I don't have any questions!")
        True
    """
    shown = _MASKED.sub(" ", text)
    if len(shown) > _LONGEST or not any(character.isalpha() for character in shown):
        return not any(character.isalpha() for character in shown)
    return _says_nothing(shown) or all(map(_says_nothing, _clauses(shown)))


def _clauses(text: str) -> list[str]:
    pieces = _CLAUSE.split(text)
    return [piece for piece in pieces if any(character.isalpha() for character in piece)]


def _says_nothing(clause: str) -> bool:
    plain = _plain(clause)
    bare = _OPENING.sub("", plain)
    return any(
        words in _phrases() or words.replace(" ", "") in _phrases() for words in (plain, bare)
    )
