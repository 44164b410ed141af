"""Interviews, their turns, and the files people brought."""

from __future__ import annotations

import datetime as dt
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from data.tables.base import Table, json_list, json_object, moment, within


class Attachment(Table, table=True):
    """A stored file, named by what is in it."""

    __tablename__ = "attachment"

    study_id: UUID = within("study")
    sha256: str = Field(max_length=64, index=True)
    filename: str
    media_type: str
    size: int
    created_at: datetime = moment()


class Interview(Table, table=True):
    """A conversation; `speakers` says for each label who it is.

    A speaker is `{"person": id}` for a person of the study, or `{"role": "interviewer" |
    "interpreter" | "other"}`; turns of roles are context and stay out of the themes, and so do
    those of labels that nobody has assigned yet.

    `relation` is how the interviewer knows whom they asked, `duration` is in seconds, and
    `recording_agreed` tells whether the recording was agreed to; None until somebody says so.
    """

    __tablename__ = "interview"
    __table_args__ = (UniqueConstraint("study_id", "key"),)

    study_id: UUID = within("study")
    key: str = Field(max_length=200)
    original_id: UUID | None = within("attachment", gone="SET NULL", optional=True)
    entered_by: UUID | None = within("account", gone="SET NULL", optional=True)
    decision_id: UUID | None = within("decision", gone="SET NULL", optional=True)
    day: dt.date | None = None
    place: str = ""
    interviewers: str = ""
    languages: list[str] = json_list()
    speakers: dict[str, Any] = json_object()
    recording_agreed: bool | None = None
    duration: float | None = None
    guide: str = ""
    relation: str = ""
    created_at: datetime = moment()


class Turn(Table, table=True):
    """What one speaker said until the next one spoke; times in seconds."""

    __tablename__ = "turn"
    __table_args__ = (UniqueConstraint("interview_id", "position"),)

    interview_id: UUID = within("interview")
    position: int
    speaker: str = ""
    start: float | None = None
    end: float | None = None
    text: str


class Recording(Table, table=True):
    """The sound or film of an interview; one each."""

    __tablename__ = "recording"
    __table_args__ = (UniqueConstraint("interview_id"),)

    interview_id: UUID = within("interview")
    attachment_id: UUID = within("attachment")
    created_at: datetime = moment()


class TurnRevision(Table, table=True):
    """What a turn was before it was changed, by whom and why.

    `action` is corrected, replaced, relabelled, split, merged or removed; `before` and `after` hold
    what changed of speaker, start, end and text. The words of a removed turn are in neither.
    """

    __tablename__ = "turn_revision"

    turn_id: UUID = within("turn")
    account_id: UUID | None = within("account", gone="SET NULL", optional=True)
    action: str = Field(max_length=20)
    before: dict[str, Any] = json_object()
    after: dict[str, Any] = json_object()
    reason: str = ""
    created_at: datetime = moment()


class MaskDecision(Table, table=True):
    """What somebody decided about a spelling: whose name it is, or that it is nobody's.

    `kind` is person (masked as `person_id`), name (masked as somebody) or none (never masked).
    """

    __tablename__ = "mask_decision"
    __table_args__ = (UniqueConstraint("study_id", "spelling"),)

    study_id: UUID = within("study")
    spelling: str = Field(max_length=200)
    kind: str = Field(max_length=10)
    person_id: UUID | None = within("person", optional=True)
    account_id: UUID | None = within("account", gone="SET NULL", optional=True)
    created_at: datetime = moment()
