"""Answers that say nothing: "nothing today", "n/a", "不知道". They are set apart, not clustered."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path

PHRASES = Path(__file__).with_name("blanks.txt")
_MASKED = re.compile(r"\[[^\]]{1,40}\]")
_SENTENCE = re.compile(r"[.!?。！？…\n]+")
_CLAUSE = re.compile(r"[,;:，；：、—–]+")
_OPENING = re.compile(
    r"^(?:(?:hi|hey|yes|yeah|yep|ok|okay|no|nope|nah|oh|well|um|uh|so|and|but|i think|i believe|"
    r"i guess|thanks|great|perfect|sure|just|nothing) )+"
)
# What may stand in any of the phrases without making it say more: when, and how gladly.
_ASIDE = re.compile(
    r"\b(?:at the moment|at this (?:time|point)|right now|for now|so far|yet|today|just|really|"
    r"actually|particular|pretty|perfectly|totally|definitely|absolutely|very|"
    r"im moment|momentan|gerade|zurzeit|derzeit|bisher|bislang|jetzt|heute|eigentlich|"
    r"pour l(?:e moment| ?instant)|actuellement|aujourd ?hui|vraiment|"
    r"por ahora|de momento|por el momento|hoy|realmente|per ora|al momento|oggi|"
    r"por enquanto|no momento|agora|hoje)\b|目前|暂时|暫時|现在|現在|今天|真的"
)
_LONGEST = 160  # letters; whoever says nothing is brief
_BRIEF = 60  # a phrase and all that may stand in it
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
    return _says_nothing(shown) or all(
        _says_nothing(sentence) or all(map(_says_nothing, _pieces(_CLAUSE, sentence)))
        for sentence in _pieces(_SENTENCE, shown)
    )


def _pieces(mark: re.Pattern[str], text: str) -> list[str]:
    return [piece for piece in mark.split(text) if any(letter.isalpha() for letter in piece)]


def _says_nothing(clause: str) -> bool:
    plain = _plain(clause)
    bare = _OPENING.sub("", plain)
    if _is_phrase(plain) or _is_phrase(bare):
        return True
    return len(bare) <= _BRIEF and _is_phrase(" ".join(_ASIDE.sub(" ", bare).split()))


def _is_phrase(words: str) -> bool:
    return words in _phrases() or words.replace(" ", "") in _phrases()
