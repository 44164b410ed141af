"""What is understood: passages, their vectors, theme runs and themes."""

from __future__ import annotations

import datetime as dt
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from data.tables.base import Table, json_object, moment, within


class Passage(Table, table=True):
    """A stretch of a turn or of one answer: one thought.

    `start` and `end` are code points in the source's current text. `masked` is all that encoders,
    keywords, exports and researchers read; `text_hash` is its sha256.
    """

    __tablename__ = "passage"
    __table_args__ = (Index("ix_passage_response_id_path", "response_id", "path"),)

    study_id: UUID = within("study")
    person_id: UUID = within("person")
    turn_id: UUID | None = within("turn", optional=True)
    response_id: UUID | None = Field(
        default=None, foreign_key="response.id", ondelete="CASCADE", nullable=True
    )
    path: str = ""
    start: int
    end: int
    language: str = "und"
    masked: str
    text_hash: str = Field(max_length=64, index=True)
    day: dt.date | None = None
    created_at: datetime = moment()


class Embedding(SQLModel, table=True):
    """The vector of a masked text under an encoder: little-endian float32."""

    __tablename__ = "embedding"

    text_hash: str = Field(primary_key=True, max_length=64)
    encoder: str = Field(primary_key=True, max_length=200)
    vector: bytes


class ThemeRun(Table, table=True):
    """One computation of themes; `settings` and `quality` are its card."""

    __tablename__ = "theme_run"

    study_id: UUID = within("study")
    encoder: str
    settings: dict[str, Any] = json_object()
    quality: dict[str, Any] = json_object()
    created_at: datetime = moment()


class Theme(Table, table=True):
    """A theme of a run as the computer proposed it; what people decided is in `ThemeEdit`."""

    __tablename__ = "theme"

    run_id: UUID = within("theme_run")
    number: int
    titles: dict[str, str] = json_object()
    keywords: dict[str, list[str]] = json_object()
    measures: dict[str, Any] = json_object()


class PassageTheme(SQLModel, table=True):
    """How much of a passage belongs to a theme; `typical` orders those to read first."""

    __tablename__ = "passage_theme"

    passage_id: UUID = within("passage", key=True)
    theme_id: UUID = within("theme", key=True)
    weight: float
    main: bool = False
    typical: int | None = None


class Place(SQLModel, table=True):
    """Where a passage lies on the map of a run; passages of like meaning lie close together."""

    __tablename__ = "place"
    __table_args__ = (Index("ix_place_run_id", "run_id"),)

    passage_id: UUID = within("passage", key=True)
    run_id: UUID = within("theme_run", key=True)
    x: float
    y: float


class ThemeEdit(Table, table=True):
    """What a person decided about a run's themes; rows are only ever added.

    `position` counts the decisions of a run: of two that claim the same one, the second is refused.
    `action` is renamed, described, asked (which research questions it answers), merged (`theme`
    went into another), split, hidden, shown, moved (a passage) or undone (`after` names the
    position); `before` and `after` hold what changed.
    `carried` marks decisions that were taken over from the run before, with who made them and when.
    """

    __tablename__ = "theme_edit"
    __table_args__ = (UniqueConstraint("run_id", "position"),)

    run_id: UUID = within("theme_run")
    position: int
    account_id: UUID | None = within("account", gone="SET NULL", optional=True)
    action: str = Field(max_length=20)
    theme: int | None = None
    passage_id: UUID | None = within("passage", optional=True)
    before: dict[str, Any] = json_object()
    after: dict[str, Any] = json_object()
    carried: bool = False
    created_at: datetime = moment()
