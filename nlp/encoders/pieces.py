"""Cutting a text that is longer than a model can read."""

from __future__ import annotations

import re

# A place to cut after: the end of a sentence in any of the scripts, else white space.
_SENTENCE_END = re.compile(r"[.!?…。！？।؟]+[\"'”’»）」』]*\s*|\n+")
_SPACE = re.compile(r"\s+")


def cut(text: str, longest: int) -> list[str]:
    """Cut a text into pieces of at most `longest` bytes of UTF-8.

    It is cut after the last sentence that fits, else after the last word, else anywhere.

    Returns:
        At least one piece (an empty text is its own only piece), none with outer white space.
    """
    pieces = []
    while len(text.encode()) > longest:
        head = text.encode()[:longest].decode(errors="ignore")
        end = _last(_SENTENCE_END, head) or _last(_SPACE, head) or len(head) or 1
        pieces.append(text[:end].strip())
        text = text[end:].lstrip()
    pieces.append(text)
    return [piece for piece in pieces if piece] or [""]


def _last(pattern: re.Pattern[str], head: str) -> int:
    """Return where the last match in the second half of `head` ends, or 0."""
    ends = [match.end() for match in pattern.finditer(head, len(head) // 2)]
    return ends[-1] if ends else 0
