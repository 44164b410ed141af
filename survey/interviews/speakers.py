"""Who the labels of a transcript are: guessed from words and names, then said by a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlmodel import Session

from data.tables import Interview, Person
from i18n import say
from survey.interviews.refusal import InterviewError
from survey.transcripts import Transcript

INTERVIEWERS = frozenset(
    """
    interviewer interviewerin moderator moderatorin host i int q ai assistant question frage
    采访者 采访人 主持人 记者 访谈者 问 採訪者 主持 インタビュアー 聞き手 면접자 진행자
    enquêteur enquêtrice intervieweur intervieweuse entrevistador entrevistadora
    intervistatore intervistatrice интервьюер المحاور
    """.split()  # noqa: SIM905 - a list of words is read more easily so
)
"""Labels that mean the person who asks, in the languages people have brought."""

INTERPRETERS = frozenset(
    """
    interpreter translator dolmetscher dolmetscherin übersetzer übersetzerin
    翻译 译员 口译 翻譯 譯員 通訳 통역 통역사 interprète traducteur traductrice
    intérprete traductor traductora interprete traduttore traduttrice переводчик المترجم
    """.split()  # noqa: SIM905 - as above
)
"""Labels that mean the person who interprets."""

ROLES = ("interviewer", "interpreter", "other")


def labels_of(transcript: Transcript) -> list[str]:
    """Return the speaker labels in the order in which they first speak; blank for unlabelled."""
    return list(dict.fromkeys(turn.speaker or "" for turn in transcript.turns))


def suggest_speakers(labels: Sequence[str], people: Sequence[Person]) -> dict[str, dict[str, str]]:
    """Guess who each label is: by a word for a role, by a code, by a name.

    What cannot be guessed is left out, for the interviewer to say; nobody who withdrew is guessed.
    """
    found: dict[str, dict[str, str]] = {}
    for label in labels:
        plain = label.strip().casefold()
        if plain in INTERVIEWERS:
            found[label] = {"role": "interviewer"}
            continue
        if plain in INTERPRETERS:
            found[label] = {"role": "interpreter"}
            continue
        for person in people:
            if person.withdrawn_at is not None:
                continue
            spellings = {person.code, person.name, *person.nicknames}
            if plain and plain in {spelling.casefold() for spelling in spellings}:
                found[label] = {"person": str(person.id)}
    return found


def check_people(
    speakers: Mapping[str, Mapping[str, Any]], *, study_id: UUID, session: Session
) -> None:
    """Check that speakers said to be people of a study are in it.

    Raises:
        InterviewError: Somebody is not in it, or withdrew.
    """
    for label, found in speakers.items():
        if "person" not in found:
            continue
        person = session.get(Person, UUID(found["person"]))
        if person is None or person.study_id != study_id or person.withdrawn_at is not None:
            raise InterviewError(
                say("“{label}” cannot be kept as that person: they left the study.", label=label)
            )


def who(interview: Interview, label: str) -> dict[str, Any]:
    """Return who a label is: a person, a role, or unknown (empty)."""
    found = interview.speakers.get(label, {})
    return dict(found)
