"""Who and when: what is known about a conversation besides its words, and what is missing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from sqlmodel import Session, select

from data import files
from data.history import record
from data.tables import Attachment, Interview, Turn, TurnRevision
from i18n import Message, canonical, say
from survey.interviews.following import settle
from survey.interviews.recordings import recording_of
from survey.interviews.refusal import InterviewError
from survey.interviews.speakers import check_people


@dataclass(frozen=True)
class Facts:
    """What is known about a conversation.

    Attributes:
        day: When it was held.
        place: Where.
        interviewers: Who asked.
        languages: In which languages, as BCP 47 tags.
        duration: How long, in seconds.
        guide: Which interview guide was used.
        relation: How the interviewer knows whom they asked.
        recording_agreed: Whether the recording was agreed to; None: nobody has said.
    """

    day: dt.date | None = None
    place: str = ""
    interviewers: str = ""
    languages: tuple[str, ...] = ()
    duration: float | None = None
    guide: str = ""
    relation: str = ""
    recording_agreed: bool | None = None


def known_of(interview: Interview) -> Facts:
    """Return what is known about a conversation."""
    return Facts(
        day=interview.day,
        place=interview.place,
        interviewers=interview.interviewers,
        languages=tuple(interview.languages),
        duration=interview.duration,
        guide=interview.guide,
        relation=interview.relation,
        recording_agreed=interview.recording_agreed,
    )


def change(
    interview: Interview, facts: Facts, *, session: Session, account_id: UUID | None
) -> list[str]:
    """Write down who and when, and return the names of the facts that changed."""
    values = asdict(facts) | {"languages": [canonical(tag) for tag in facts.languages]}
    changed = [name for name, value in values.items() if getattr(interview, name) != value]
    if not changed:
        return []
    interview.sqlmodel_update(values)
    session.add(interview)
    if "day" in changed:
        settle(interview, session=session)
    _record("interview.changed", interview, changed, session=session, account_id=account_id)
    return changed


def assign(
    interview: Interview,
    speakers: Mapping[str, Mapping[str, str]],
    *,
    session: Session,
    account_id: UUID | None,
) -> None:
    """Say who the labels are; labels left out are nobody yet.

    The passages of a turn become those of whoever now speaks it, or go where that is nobody of the
    study.

    Raises:
        InterviewError: Somebody is none of the study's people, or withdrew.
    """
    check_people(speakers, study_id=interview.study_id, session=session)
    wanted: dict[str, Any] = {label: dict(who) for label, who in speakers.items()}
    if wanted == interview.speakers:
        return
    interview.speakers = wanted
    session.add(interview)
    settle(interview, session=session)
    _record("interview.assigned", interview, ["speakers"], session=session, account_id=account_id)


def _record(
    action: str,
    interview: Interview,
    changed: list[str],
    *,
    session: Session,
    account_id: UUID | None,
) -> None:
    record(
        action,
        session=session,
        study_id=interview.study_id,
        account_id=account_id,
        subject="interview",
        subject_id=interview.id,
        changed=changed,
    )


def rename(interview: Interview, key: str, *, session: Session, account_id: UUID | None) -> None:
    """Call a conversation something else.

    Raises:
        InterviewError: Another one has that name.
    """
    key = key.strip()[:200]
    if not key or key == interview.key:
        return
    taken = session.exec(
        select(Interview.id).where(Interview.study_id == interview.study_id, Interview.key == key)
    ).first()
    if taken:
        raise InterviewError(
            say("There is already an interview called {key}. Give this one another name.", key=key)
        )
    interview.key = key
    session.add(interview)
    _record("interview.changed", interview, ["key"], session=session, account_id=account_id)


def missing(interview: Interview, labels: Sequence[str]) -> list[Message]:
    """List what the interviewer still has to say about a conversation, the weightiest first.

    Args:
        interview: The conversation.
        labels: The labels of its turns.
    """
    tasks: list[Message] = []
    unknown = [label for label in labels if label not in interview.speakers]
    if unknown:
        named = ", ".join(label for label in unknown if label)
        tasks.append(
            say("Say who is who: {labels}", labels=named) if named else say("Say who speaks")
        )
    if interview.day is None:
        tasks.append(say("Say when it was"))
    if not interview.interviewers:
        tasks.append(say("Say who asked the questions"))
    if not interview.languages:
        tasks.append(say("Say in which language it was"))
    if not interview.relation:
        tasks.append(say("Say how you know the person you interviewed"))
    if interview.recording_agreed is None:
        tasks.append(say("Say whether they agreed to the recording"))
    return tasks


def still_readable(interview: Interview, *, session: Session) -> bool:
    """Whether the original file or the recording still holds words that somebody had removed."""
    removed = session.exec(
        select(TurnRevision.id)
        .join(Turn)
        .where(Turn.interview_id == interview.id, TurnRevision.action == "removed")
    ).first()
    if removed is None:
        return False
    return interview.original_id is not None or bool(recording_of(interview, session=session))


def forget_original(interview: Interview, *, session: Session, account_id: UUID | None) -> None:
    """Delete the file an interview was read from."""
    original = session.get(Attachment, interview.original_id) if interview.original_id else None
    if original is None:
        return
    interview.original_id = None
    session.add(interview)
    session.flush()
    files.remove(original, session=session)
    _record("interview.original_deleted", interview, [], session=session, account_id=account_id)
