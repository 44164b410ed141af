"""Applying: a call for applications, those who apply, and those who choose among them.

A call is a study of its own (`Study.kind` is call) beside the study it is for, so that drafts,
files, consent and withdrawal are those of any study; what only a call has is here.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from data.tables.base import Table, json_list, json_object, later, moment, within


class Call(Table, table=True):
    """What a call for applications says beyond a study; its days are those of its study.

    `open` is whether the public door takes anybody. With `blind` reviewers see no names and nothing
    that the form marks as identifying. `criteria` are what applications are judged by: key, text by
    language, weight, and the highest score `most`. `letters` are the coordinators' own wordings by
    kind and language; what is missing is as it ships.
    """

    __tablename__ = "call"

    study_id: UUID = Field(foreign_key="study.id", ondelete="CASCADE", unique=True)
    open: bool = False
    blind: bool = True
    criteria: list[dict[str, Any]] = json_list()
    letters: dict[str, Any] = json_object()
    created_at: datetime = moment()


class Application(Table, table=True):
    """One application: a person of the call, and how it stands.

    `address_hash` is a keyed hash of the normalised e-mail address: one application an address.
    `link` is what the private link is made of; another value closes the link before. `state` is
    one of `survey.applying.states.State`. `team_id` and `role` are where the board puts somebody in
    the study, `participant_id` who they became there.
    """

    __tablename__ = "application"
    __table_args__ = (UniqueConstraint("study_id", "address_hash"),)

    study_id: UUID = within("study")
    person_id: UUID = Field(foreign_key="person.id", ondelete="CASCADE", unique=True)
    address_hash: str = Field(max_length=64)
    link: UUID = Field(default_factory=uuid4)
    state: str = Field(default="draft", max_length=12, index=True)
    confirmed_at: datetime | None = later()
    sent_at: datetime | None = later()
    answered_at: datetime | None = later()
    team_id: UUID | None = within("team", gone="SET NULL", optional=True)
    role: str = ""
    participant_id: UUID | None = within("person", gone="SET NULL", optional=True)
    created_at: datetime = moment()


class Review(Table, table=True):
    """What one reviewer thinks of one application: scores by criterion, and a comment.

    `updated_at` is when the comment was last written.
    """

    __tablename__ = "review"
    __table_args__ = (UniqueConstraint("application_id", "account_id"),)

    application_id: UUID = within("application")
    account_id: UUID = within("account")
    scores: dict[str, int] = json_object()
    comment: str = ""
    updated_at: datetime = moment()
    finished_at: datetime | None = later()


class Conflict(Table, table=True):
    """That a reviewer must not judge an application: they know the person."""

    __tablename__ = "conflict"
    __table_args__ = (UniqueConstraint("application_id", "account_id"),)

    application_id: UUID = within("application")
    account_id: UUID = within("account")
    created_at: datetime = moment()


class Letter(Table, table=True):
    """One letter to one applicant; it is claimed before it is sent, like a reminder.

    `kind` is link, receipt or answer; of each kind and `number` there is one. `subject` and `text`
    are those of an answer as a coordinator left them, with places for the name and the link.
    `status`, `tries`, `runner` and `problem` are those of `Reminder`.
    """

    __tablename__ = "letter"
    __table_args__ = (UniqueConstraint("application_id", "kind", "number"),)

    application_id: UUID = within("application")
    kind: str = Field(max_length=10)
    number: int = 1
    what: str = Field(default="", max_length=12)
    language: str = ""
    subject: str = ""
    text: str = ""
    account_id: UUID | None = within("account", gone="SET NULL", optional=True)
    status: str = Field(default="waiting", max_length=10, index=True)
    until: datetime = moment()
    next_at: datetime = moment()
    tries: int = 0
    runner: UUID | None = None
    problem: str = ""
    created_at: datetime = moment()
    changed_at: datetime = moment()
    sent_at: datetime | None = later()
