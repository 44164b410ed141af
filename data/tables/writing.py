"""What the authors of a chapter write themselves."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from data.tables.base import Table, moment, within


class ChapterText(Table, table=True):
    """A text of the authors: a paragraph of their own, or a fact that only they know.

    `key` says where it stands; it is kept when the chapter is made again. `revision` counts its
    changes, so that of two authors who change it at once the second is told.
    """

    __tablename__ = "chapter_text"
    __table_args__ = (UniqueConstraint("study_id", "key", "language"),)

    study_id: UUID = within("study")
    key: str = Field(max_length=120)
    language: str = Field(max_length=35)
    text: str
    revision: int = 1
    account_id: UUID | None = within("account", gone="SET NULL", optional=True)
    changed_at: datetime = moment()
