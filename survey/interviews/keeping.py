"""Keeping an interview: a transcript with its speakers and its original file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session, select

from data import files
from data.history import record
from data.tables import Interview, Turn
from i18n import canonical, say
from survey.interviews.refusal import InterviewError
from survey.interviews.speakers import check_people, labels_of
from survey.transcripts import Transcript


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

    Labels may stay unassigned; their turns are understood once somebody has said who they are.

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
        InterviewError: The key is taken, everybody is assigned and nobody is a person of the study,
            or somebody is none of its people.
    """
    taken = session.exec(
        select(Interview.id).where(Interview.study_id == study_id, Interview.key == key)
    ).first()
    if taken:
        raise InterviewError(
            say("There is already an interview called {key}. Give this one another name.", key=key)
        )
    assigned = all(label in speakers for label in labels_of(transcript))
    if assigned and not any("person" in who for who in speakers.values()):
        raise InterviewError(
            say(
                "Say which speaker is a person of the study, so that it is clear whose words count."
            )
        )
    check_people(speakers, study_id=study_id, session=session)
    interview = Interview(
        study_id=study_id,
        key=key,
        entered_by=account_id,
        day=day,
        place=place,
        interviewers=interviewers,
        languages=[canonical(tag) for tag in languages],
        speakers=dict(speakers),
        duration=max((turn.end or turn.start or 0.0 for turn in transcript.turns), default=0.0)
        or None,
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
