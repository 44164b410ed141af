"""Texts of other programs as interviews: their speakers where they are marked, or one turn."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from data.tables import Interview, Person, Turn
from nlp.coding.masking import Shown
from nlp.coding.places import Place
from nlp.exchange.cases import DAY
from nlp.exchange.here import APART, LONGEST_NAME, SPOKEN, Here, Part
from nlp.exchange.model import Source

LABEL = re.compile(r"([^\n:]{1,60}): ")
MOST_SPEAKERS = 12
ROLES = {label: role for role, label in SPOKEN.items()}


@dataclass(frozen=True)
class NewText:
    """An interview that is not kept yet, and where the words of the source lie in it."""

    interview: Interview
    turns: Sequence[Turn]
    here: Here


def new_text(
    source: Source,
    *,
    study_id: UUID,
    key: UUID,
    name: str,
    people: Mapping[str, Person],
    speaker: str,
) -> NewText:
    """Make an interview of a text; its words stay as they are, so that every position does.

    Args:
        source: The text.
        study_id: The study it comes into.
        key: The interview's key.
        name: What it is called here.
        people: The people of the study by code: whoever is called so speaks.
        speaker: The code of the person whom the file says the text is of, or nothing.
    """
    spoken = _turns(source.text, people) or [(speaker, 0, source.text)]
    turns = [
        Turn(interview_id=key, position=number, speaker=label, text=words)
        for number, (label, _, words) in enumerate(spoken)
    ]
    speakers: dict[str, dict[str, str]] = {}
    for label, _, _ in spoken:
        if label in people:
            speakers[label] = {"person": str(people[label].id)}
        elif label in ROLES:
            speakers[label] = {"role": ROLES[label]}
    day = next((value.text for value in source.values if value.variable == DAY), "")
    parts = [
        Part(
            Place(turn_id=turn.id),
            people[label].id if label in people else None,
            begin,
            Shown(words, (), len(words), ""),
            Shown(words, (), len(words), ""),
        )
        for turn, (label, begin, words) in zip(turns, spoken, strict=True)
    ]
    fields: dict[str, Any] = {"day": dt.date.fromisoformat(day) if day else None}
    interview = Interview(
        id=key, study_id=study_id, key=name[:LONGEST_NAME], speakers=speakers, **fields
    )
    return NewText(interview, turns, Here(source.guid, name, source.text, parts))


def _turns(text: str, people: Mapping[str, Person]) -> list[tuple[str, int, str]]:
    """Return turns as speaker, where the words begin, and words; nothing where none are marked.

    A paragraph begins a turn if somebody stands before it who is known, or who speaks more than
    once, or if somebody stands before every paragraph; at least two must speak, or a word with a
    colon behind it would be taken for somebody.
    """
    blocks = text.split(APART)
    labels = [found[1] if (found := LABEL.match(block)) else "" for block in blocks]
    counts = Counter(label for label in labels if label)
    speak = {
        label for label, count in counts.items() if count > 1 or label in people or label in ROLES
    }
    if all(labels) and 1 < len(counts) <= MOST_SPEAKERS:
        speak = set(counts)
    if len(speak) < 2 or labels[0] not in speak:
        return []
    turns: list[tuple[str, int, str]] = []
    place = 0
    for block, label in zip(blocks, labels, strict=True):
        if label in speak:
            begin = place + len(label) + 2
            turns.append((label, begin, block[len(label) + 2 :]))
        else:
            speaker, begin, words = turns[-1]
            turns[-1] = (speaker, begin, words + APART + block)
        place += len(block) + len(APART)
    return turns
