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
    "interpreter" | "other"}`; turns of roles are context and stay out of the themes.
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
