"""What is being done for people, and what was done."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlmodel import Field, SQLModel

from data.tables.base import Table, json_object, later, moment, within


class Job(Table, table=True):
    """Work for the worker: the truth about it, whatever the queue says.

    `status` is queued, running, done, failed or stopped; `heartbeat_at` is written while it runs,
    `said` is a message (text and arguments) for the person who waits.
    """

    __tablename__ = "job"

    study_id: UUID | None = within("study", optional=True)
    account_id: UUID | None = within("account", gone="SET NULL", optional=True)
    kind: str = Field(max_length=40)
    arguments: dict[str, Any] = json_object()
    status: str = Field(default="queued", max_length=10, index=True)
    progress: float = 0.0
    said: dict[str, Any] = json_object()
    result: dict[str, Any] = json_object()
    runner: UUID | None = None
    created_at: datetime = moment()
    enqueued_at: datetime | None = later()
    started_at: datetime | None = later()
    heartbeat_at: datetime | None = later()
    finished_at: datetime | None = later()


class AuditEvent(SQLModel, table=True):
    """Who did what to what and when; without names, answers or foreign keys, it outlives them."""

    __tablename__ = "audit_event"

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    at: datetime = moment(index=True)
    study_id: UUID | None = Field(default=None, index=True)
    account_id: UUID | None = None
    action: str = Field(max_length=60)
    subject: str = Field(default="", max_length=40)
    subject_id: UUID | None = None
    details: dict[str, Any] = json_object()
