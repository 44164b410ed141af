"""Timed pieces (captions, segments of a recogniser) and how they become turns.

Captions are cut to fit a screen, segments to fit a model: neither is a turn. Consecutive pieces
of one speaker become one turn, however long the pause, because a turn lasts until another speaks;
the time at which each piece began stays in `Turn.marks`. Where nobody is named a turn ends with
a sentence or at a pause of two seconds. Pieces of different speakers stay apart and in the order
of the file, also where they overlap in time.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from i18n import say
from survey.transcripts import limits
from survey.transcripts.model import Choice, Reading, TranscriptError, Turn
from survey.transcripts.timecodes import bounded

PAUSE = 2.0
LONGEST_UNNAMED = 2_000
"""Characters after which a turn of nobody ends, for recognisers that write no full stops."""

SEPARATE = "cues:separate"
_SENTENCE_ENDS = tuple('.?!。？！…؟”"»')


@dataclass(frozen=True, slots=True)
class Cue:
    """A piece of speech: its speaker, if known; seconds; the words."""

    speaker: str | None
    start: float | None
    end: float | None
    text: str


def read_cues(
    filename: str, cues: Iterable[Cue], convention: str, choice: str | None = None
) -> Reading:
    """Return cues as turns; with the choice `cues:separate`, one turn for each.

    Raises:
        TranscriptError: If nothing is said in them, or far too much.
    """
    if choice not in {None, SEPARATE}:
        raise TranscriptError(
            say("{file} cannot be read in the way “{choice}”.", file=filename, choice=choice)
        )
    spoken = [cue for cue in cues if cue.text]
    if not spoken:
        raise TranscriptError(say("{file} holds no text.", file=filename))
    if len(spoken) > limits.TURNS:
        raise TranscriptError(
            say("{file} has more than {count} turns.", file=filename, count=limits.TURNS)
        )
    groups = [[cue] for cue in spoken] if choice == SEPARATE else _groups(spoken)
    turns = tuple(_turn(group) for group in groups)
    label = say("Every caption or segment is a turn of its own.")
    choices = (Choice(SEPARATE, label),) if len(turns) < len(spoken) else ()
    return Reading(turns, convention, choices=choices)


def join(pieces: Sequence[str]) -> str:
    """Join pieces of running text, with a space where the script uses them."""
    text = ""
    for piece in pieces:
        text += (" " if text and not _unspaced(text[-1], piece[0]) else "") + piece
    return text


def in_milliseconds(cues: Sequence[Cue]) -> bool:
    """Tell times counted in milliseconds: whole numbers that would be ten seconds a character."""
    times = [(cue.start, cue.end) for cue in cues if cue.start is not None and cue.end is not None]
    if not times or len(times) < len(cues) // 2:
        return False
    spoken = sum(end - start for start, end in times)
    whole = all(start.is_integer() and end.is_integer() for start, end in times)
    return whole and spoken > 10 * sum(len(cue.text) for cue in cues)


def scaled(cues: Iterable[Cue]) -> list[Cue]:
    """Return cues with times in seconds of a possible recording, from milliseconds if need be."""
    found = list(cues)
    scale = 1000 if in_milliseconds(found) else 1
    return [
        Cue(
            cue.speaker,
            None if cue.start is None else bounded(cue.start / scale),
            None if cue.end is None else bounded(cue.end / scale),
            cue.text,
        )
        for cue in found
    ]


def _groups(cues: Sequence[Cue]) -> list[list[Cue]]:
    groups: list[list[Cue]] = []
    size = 0
    for cue in cues:
        if groups and _continues(groups[-1][-1], cue, size):
            groups[-1].append(cue)
            size += len(cue.text)
        else:
            groups.append([cue])
            size = len(cue.text)
    return groups


def _continues(before: Cue, cue: Cue, size: int) -> bool:
    if before.speaker != cue.speaker:
        return False
    if cue.speaker is not None:
        return True
    if before.text.endswith(_SENTENCE_ENDS) or size > LONGEST_UNNAMED:
        return False
    return before.end is None or cue.start is None or cue.start - before.end < PAUSE


def _turn(group: Sequence[Cue]) -> Turn:
    pieces: list[str] = []
    marks: list[tuple[int, float]] = []
    size = 0
    for cue in group:
        if pieces and not _unspaced(pieces[-1][-1], cue.text[0]):
            pieces.append(" ")
            size += 1
        if size and cue.start is not None:
            marks.append((size, cue.start))
        pieces.append(cue.text)
        size += len(cue.text)
    ends = [cue.end for cue in group if cue.end is not None]
    end = max(ends) if ends else None
    return Turn(group[0].speaker, group[0].start, end, "".join(pieces), tuple(marks))


def _unspaced(left: str, right: str) -> bool:
    """Tell whether two characters meet without a space: Chinese, Japanese, Thai, Lao, Khmer."""
    return _is_unspaced(left) and _is_unspaced(right)


def _is_unspaced(char: str) -> bool:
    point = ord(char)
    return (
        0x3001 <= point <= 0x30FF
        or 0x3400 <= point <= 0x9FFF
        or 0xF900 <= point <= 0xFAFF
        or 0xFF01 <= point <= 0xFF65
        or 0x20000 <= point <= 0x3FFFF
        or 0x0E00 <= point <= 0x0EFF
        or 0x1780 <= point <= 0x17FF
    )
