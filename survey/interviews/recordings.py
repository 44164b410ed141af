"""The recording of a conversation: sound or film, judged by what is in the file."""

from __future__ import annotations

from uuid import UUID

from sqlmodel import Session, select

from data import files
from data.history import record
from data.tables import Attachment, Interview, Recording
from i18n import say
from survey.file_types import media_type
from survey.interviews.refusal import InterviewError

ADDRESS = "recording"
"""Where the server lets recordings be heard: below this, by the key of the interview."""
ROLES = frozenset({"interviewer"})
"""Who may hear them: the voice of somebody is nothing that masking could hide."""
ENDINGS = ("mp3", "m4a", "wav", "ogg", "opus", "flac", "aac", "mp4", "webm", "mov")
MEGABYTES = 200
"""The largest recording: two hours of speech as MP3 or M4A are 60 to 120 megabytes."""


def attach(
    interview: Interview,
    filename: str,
    content: bytes,
    *,
    session: Session,
    account_id: UUID | None,
) -> Attachment:
    """Keep the recording of an interview; it takes the place of an earlier one.

    Raises:
        InterviewError: It is neither sound nor film, or too large.
    """
    kind = media_type(content)
    if kind.partition("/")[0] not in {"audio", "video"}:
        raise InterviewError(say("{file} is no recording that can be played here.", file=filename))
    if len(content) > MEGABYTES * 1024 * 1024:
        raise InterviewError(
            say("{file} is larger than {limit} MB.", file=filename, limit=MEGABYTES)
        )
    detach(interview, session=session, account_id=account_id)
    attachment = files.keep(
        session=session,
        study_id=interview.study_id,
        filename=filename,
        content=content,
        media_type=kind,
    )
    session.flush()
    session.add(Recording(interview_id=interview.id, attachment_id=attachment.id))
    _record("recording.attached", interview, session=session, account_id=account_id)
    return attachment


def recording_of(interview: Interview, *, session: Session) -> Attachment | None:
    """Return the recording of an interview."""
    return session.exec(
        select(Attachment).join(Recording).where(Recording.interview_id == interview.id)
    ).first()


def detach(interview: Interview, *, session: Session, account_id: UUID | None) -> None:
    """Delete the recording of an interview, if it has one."""
    recording = recording_of(interview, session=session)
    if recording is None:
        return
    row = session.exec(select(Recording).where(Recording.interview_id == interview.id)).one()
    session.delete(row)
    session.flush()
    files.remove(recording, session=session)
    _record("recording.deleted", interview, session=session, account_id=account_id)


def _record(
    action: str, interview: Interview, *, session: Session, account_id: UUID | None
) -> None:
    record(
        action,
        session=session,
        study_id=interview.study_id,
        account_id=account_id,
        subject="interview",
        subject_id=interview.id,
    )
