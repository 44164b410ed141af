"""Answers that say nothing: "nothing today", "n/a", "不知道". They are set apart, not clustered."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path

PHRASES = Path(__file__).with_name("blanks.txt")
_OUTSIDE = re.compile(r"[^\w]+", re.UNICODE)


@cache
def _phrases() -> frozenset[str]:
    lines = PHRASES.read_text(encoding="utf-8").splitlines()
    return frozenset(_plain(line) for line in lines if line.strip() and not line.startswith("#"))


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return _OUTSIDE.sub(" ", folded.replace("'", "").replace("’", "")).strip()


def is_blank(text: str) -> bool:
    """Say whether a passage has no letters, or is one of the ways to say nothing.

    Example:
        >>> is_blank("N/A."), is_blank("不知道。"), is_blank("Nothing works."), is_blank("🎬🎬")
        (True, True, False, True)
    """
    plain = _plain(re.sub(r"\[[^\]]{1,40}\]", " ", text))
    if not any(character.isalpha() for character in plain):
        return True
    return plain in _phrases() or plain.replace(" ", "") in _phrases()
