"""What stands above an interview: title, date, place, who was there."""

from __future__ import annotations

import re
from collections.abc import Sequence

from survey.transcripts.names import is_fact, is_role, tidy

_LABELLED = re.compile(r"\s{0,20}(?:\*\*)?([^:：\n]{1,60})[:：](?:\*\*)?\s*(.{0,120})$")
_SENTENCE_END = re.compile(r"[.?!؟。？！…]['\"”’»)）\]]?\s*$")
MOST_LINES = 40
LONGEST_LINE = 120


def end_of_facts(lines: Sequence[str]) -> int:
    """Return the index of the first line after the facts, 0 where the file states none.

    Facts are lines such as `Date: 3 May` or `地点：上海`. A line naming a role
    (`Interviewer: Anna`) belongs to them if it stands among them or ends their block, and says
    no sentence.
    """
    end = 0
    pending = False
    for at, line in enumerate(lines[:MOST_LINES]):
        if not line.strip():
            if end and (pending or end == at):
                end = at
                pending = False
            continue
        kind = _kind(line)
        if kind == "fact":
            end = at + 1
            pending = False
        elif kind == "words" or (at > 0 and end and not lines[at - 1].strip()):
            break
        else:
            pending = end > 0
    return end


def is_title(line: str) -> bool:
    """Tell whether a line above the first turn is a title, not something said."""
    return len(line) <= LONGEST_LINE and not _SENTENCE_END.search(line)


def _kind(line: str) -> str:
    """Return `fact`, `short` (a title, or a role with a name behind it) or `words`."""
    found = _LABELLED.match(line[: LONGEST_LINE * 2])
    label = tidy(found[1]) if found else ""
    if found and is_fact(label) and not (is_role(label) and _SENTENCE_END.search(found[2])):
        return "fact"
    if not is_title(line):
        return "words"
    return "short" if not found or is_role(label) else "words"
