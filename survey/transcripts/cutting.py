"""Cutting a text at its labels into turns, and finding the time codes left inside them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from survey.transcripts.detection import Hit
from survey.transcripts.heading import is_title
from survey.transcripts.model import Turn
from survey.transcripts.timecodes import CLOCK, STAMP, seconds, span

_ONLY_STAMP = re.compile(rf"\s{{0,40}}{STAMP}\s{{0,40}}$")
_INNER_STAMP = re.compile(rf"[ \t]?(?:\[\s?(?:{CLOCK})\s?\]|#(?:{CLOCK})#|<(?:{CLOCK})>)")
_MAYBE_STAMP = re.compile(r"[\[#<]\s?\d{1,3}[:：]\d")


Join = Callable[[Sequence[str]], str]
"""Makes one text of the lines of a turn."""


def cut(lines: Sequence[str], found: Sequence[Hit], join: Join) -> list[Turn]:
    """Return a turn for every label: the words behind it and below it, up to the next one.

    A label without words stays, as an empty turn; a sign that names nobody does not.
    """
    turns: list[Turn] = []
    pending = ""
    ends = [hit.line for hit in found[1:]] + [len(lines)]
    if found:
        _, pending = _without_last_stamp(list(lines[: found[0].line]))
    for hit, end in zip(found, ends, strict=True):
        block = [lines[hit.line][hit.offset :], *lines[hit.line + 1 : end]]
        stamp = hit.stamp or pending
        block, pending = _without_last_stamp(block)
        turn = _turn(hit.name, stamp, block, join)
        if turn is not None:
            turns.append(turn)
    return list(_with_starts(turns))


def before_first(lines: Sequence[str], end: int, join: Join) -> tuple[str, Turn | None]:
    """Return the heading above the first label, or the turn of nobody that stands there."""
    above, _ = _without_last_stamp(list(lines[:end]))
    text = "\n".join(above).strip()
    if not text or all(is_title(line) for line in above):
        return text, None
    return "", _turn(None, "", above, join)


def whole(lines: Sequence[str], join: Join) -> list[Turn]:
    """Return a text without speakers as one turn."""
    turn = _turn(None, "", lines, join)
    return [turn] if turn else []


def paragraphs(lines: Sequence[str], join: Join) -> list[Turn]:
    """Return a text without speakers as one turn for each paragraph."""
    blank = [-1, *(at for at, line in enumerate(lines) if not line.strip()), len(lines)]
    blocks = (lines[begin + 1 : end] for begin, end in pairwise(blank))
    return [turn for block in blocks if (turn := _turn(None, "", block, join))]


def _turn(name: str | None, stamp: str, block: Sequence[str], join: Join) -> Turn | None:
    text = join(block).strip()
    start, end = span(stamp) if stamp else (None, None)
    marks: tuple[tuple[int, float], ...] = ()
    if _MAYBE_STAMP.search(text):
        text, marks = _lift_stamps(text)
    if not text and name is None:
        return None
    if marks and marks[0][0] == 0:
        start = marks[0][1] if start is None else start
        marks = marks[1:]
    if marks and marks[-1][0] == len(text):
        end = marks[-1][1] if end is None else end
        marks = marks[:-1]
    return Turn(name, start, end, text, marks)


def _without_last_stamp(block: list[str]) -> tuple[list[str], str]:
    """Take a time code that has the last line to itself: it belongs to the label below."""
    at = len(block) - 1
    while at > 0 and not block[at].strip():
        at -= 1
    if at >= 0 and len(block[at]) < 100 and _ONLY_STAMP.match(block[at]):
        return block[:at], block[at].strip()
    return block, ""


def _lift_stamps(text: str) -> tuple[str, tuple[tuple[int, float], ...]]:
    """Take time codes in square brackets or hashes out of the text and note where they were."""
    pieces: list[str] = []
    marks: list[tuple[int, float]] = []
    size = begin = 0
    for found in _INNER_STAMP.finditer(text):
        piece = text[begin : found.start()]
        if not size:  # nothing said yet: the space behind a time code goes too
            piece = piece.lstrip()
        pieces.append(piece)
        size += len(piece)
        begin = found.end()
        moment = seconds(found[0])
        if moment is not None:
            marks.append((size, moment))
    pieces.append(text[begin:] if size else text[begin:].lstrip())
    lifted = "".join(pieces).rstrip()
    return lifted, tuple((min(at, len(lifted)), moment) for at, moment in marks)


def _with_starts(turns: Sequence[Turn]) -> Iterator[Turn]:
    """Where time codes close the turns (f4), a turn begins when the one before it ended."""
    closing = bool(turns) and all(turn.start is None for turn in turns)
    previous: float | None = 0.0
    for turn in turns:
        if closing and turn.end is not None and previous is not None and previous <= turn.end:
            yield Turn(turn.speaker, previous, turn.end, turn.text, turn.marks)
        else:
            yield turn
        previous = turn.end
