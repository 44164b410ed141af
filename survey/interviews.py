"""Interviews: keeping a transcript with its speakers, and reading it again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, func, select

from data import files
from data.history import record
from data.tables import Interview, Person, Turn
from i18n import Refusal, canonical, say
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

ROLES = ("interviewer", "interpreter", "other")


class InterviewError(Refusal):
    """The interview cannot be kept as it is."""


def labels_of(transcript: Transcript) -> list[str]:
    """Return the speaker labels in the order in which they first speak; blank for unlabelled."""
    return list(dict.fromkeys(turn.speaker or "" for turn in transcript.turns))


def suggest_speakers(labels: Sequence[str], people: Sequence[Person]) -> dict[str, dict[str, str]]:
    """Guess who each label is: by a word for interviewer, by a code, by a name.

    What cannot be guessed is left out, for the interviewer to say.
    """
    found: dict[str, dict[str, str]] = {}
    for label in labels:
        plain = label.strip().casefold()
        if plain in INTERVIEWERS:
            found[label] = {"role": "interviewer"}
            continue
        for person in people:
            spellings = {person.code, person.name, *person.nicknames}
            if plain and plain in {spelling.casefold() for spelling in spellings}:
                found[label] = {"person": str(person.id)}
    return found


def keep(
    *,
    session: Session,
    study_id: UUID,
    key: str,
    transcript: Transcript,
    speakers: dict[str, dict[str, str]],
    original: tuple[str, bytes] | None = None,
    day: dt.date | None = None,
    place: str = "",
    interviewers: str = "",
    languages: Sequence[str] = (),
    account_id: UUID | None = None,
) -> Interview:
    """Keep an interview with its turns and its original file.

    Args:
        session: The caller's transaction.
        study_id: The study.
        key: What the interview is called; one of a kind in the study.
        transcript: What was read.
        speakers: For each label, the person or the role (see `data.tables.Interview`).
        original: Name and content of the file it was read from.
        day: When it was held.
        place: Where.
        interviewers: Who asked.
        languages: In which languages.
        account_id: Who enters it.

    Raises:
        InterviewError: The key is taken, or nobody who speaks is a person of the study.
    """
    taken = session.exec(
        select(Interview.id).where(Interview.study_id == study_id, Interview.key == key)
    ).first()
    if taken:
        raise InterviewError(
            say("There is already an interview called {key}. Give this one another name.", key=key)
        )
    if not any("person" in who for who in speakers.values()):
        raise InterviewError(
            say(
                "Say which speaker is a person of the study, so that it is clear whose words count."
            )
        )
    interview = Interview(
        study_id=study_id,
        key=key,
        entered_by=account_id,
        day=day,
        place=place,
        interviewers=interviewers,
        languages=[canonical(tag) for tag in languages],
        speakers=dict(speakers),
    )
    if original:
        name, content = original
        attachment = files.keep(session=session, study_id=study_id, filename=name, content=content)
        session.flush()
        interview.original_id = attachment.id
    session.add(interview)
    session.flush()
    session.add_all(
        Turn(
            interview_id=interview.id,
            position=position,
            speaker=turn.speaker or "",
            start=turn.start,
            end=turn.end,
            text=turn.text,
        )
        for position, turn in enumerate(transcript.turns)
    )
    record(
        "interview.kept",
        session=session,
        study_id=study_id,
        account_id=account_id,
        subject="interview",
        subject_id=interview.id,
        turns=len(transcript.turns),
    )
    return interview


def interviews_of(*, session: Session, study_id: UUID) -> list[tuple[Interview, int]]:
    """Return the interviews of a study, newest first, with their number of turns."""
    found = session.exec(
        select(Interview, func.count(col(Turn.id)))
        .outerjoin(Turn, col(Turn.interview_id) == col(Interview.id))
        .where(Interview.study_id == study_id)
        .group_by(col(Interview.id))
        .order_by(col(Interview.created_at).desc())
    ).all()
    return [(interview, count) for interview, count in found]


def turns_of(*, session: Session, interview_id: UUID) -> list[Turn]:
    """Return the turns of an interview in the order they were spoken."""
    return list(
        session.exec(
            select(Turn).where(Turn.interview_id == interview_id).order_by(col(Turn.position))
        ).all()
    )


def who(interview: Interview, label: str) -> dict[str, Any]:
    """Return who a label is: a person, a role, or unknown (empty)."""
    found = interview.speakers.get(label, {})
    return dict(found)
