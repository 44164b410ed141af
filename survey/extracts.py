"""Taking somebody's words out of what others noted: stretches repeated word for word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import takewhile

from sqlmodel import Session, col, select

from data.tables import Memo, Passage

GONE = "[…]"
"""What stands where an extract was."""
EAST_ASIAN = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]")
SHORTEST, SHORTEST_EAST_ASIAN = 20, 6
"""Code points from which on the same words in the same order are an extract, not chance."""


def without_extracts(text: str, originals: Iterable[str]) -> str:
    """Return a text with `[…]` for every stretch that stands in one of the originals.

    Args:
        text: What somebody noted.
        originals: Texts that are to be forgotten.

    Example:
        >>> without_extracts("They say: we slept on the floor.", ["And we slept on the floor!"])
        'They say: […].'
    """
    return _without(text, _beginnings(originals))


Beginnings = dict[str, list[tuple[str, int]]]
"""For each shortest extract the originals it stands in, and where."""


def _beginnings(originals: Iterable[str]) -> Beginnings:
    known: Beginnings = {}
    for original in set(originals):
        for place in range(len(original)):
            if beginning := _beginning(original, place):
                known.setdefault(beginning, []).append((original, place))
    return known


def _beginning(text: str, place: int) -> str:
    """Return the shortest extract that could begin at a place; empty where none can."""
    if text[place].isspace():
        return ""
    shortest = SHORTEST_EAST_ASIAN if EAST_ASIAN.match(text[place]) else SHORTEST
    beginning = text[place : place + shortest]
    return beginning if len(beginning) == shortest else ""


def _without(text: str, known: Beginnings) -> str:
    parts: list[str] = []
    place = 0
    while place < len(text):
        found = known.get(_beginning(text, place), ())
        length = max((_alike(text, place, *where) for where in found), default=0)
        if length:
            gone = text[place : place + length]
            parts += [GONE, gone[len(gone.rstrip()) :]]
        else:
            parts.append(text[place])
        place += length or 1
    return "".join(parts)


def _alike(text: str, place: int, original: str, start: int) -> int:
    """Return how many code points are the same from two places on."""
    pairs = zip(text[place:], original[start:], strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def forget_extracts(passages: Sequence[Passage], *, session: Session) -> None:
    """Take the words of passages out of the memos of their studies.

    Memos on the passages themselves go with them.
    """
    texts = [passage.masked for passage in passages if passage.masked.strip()]
    if not texts:
        return
    studies = {passage.study_id for passage in passages}
    memos = session.exec(select(Memo).where(col(Memo.study_id).in_(studies))).all()
    known = _beginnings(texts) if memos else {}
    for memo in memos:
        kept = _without(memo.text, known)
        if kept != memo.text:
            memo.text = kept
            memo.revision += 1
            session.add(memo)
    session.flush()
