"""A study, its teams, its people and the consent they are asked for."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from data.tables.base import Table, json_list, json_object, later, moment, within


class Study(Table, table=True):
    """One study; everything else belongs to one.

    `texts` holds title, description and contact by language; `design` what the study folder says
    beyond that: research questions and events. `remind_at` is the time on everybody's own clock at
    which people are reminded who chose none; blank: only those are reminded who asked for it.

    `kind` is study, call (the applications to another study) or audience (what the public answers
    beside it); the last two belong to the study `parent_id` names and are kept apart from it like
    any other. Since `closed_at` a study is read and no longer written.
    """

    __tablename__ = "study"

    slug: str = Field(unique=True, max_length=80)
    kind: str = Field(default="study", max_length=10)
    parent_id: UUID | None = Field(default=None, index=True)
    closed_at: datetime | None = later()
    invented: bool = False
    languages: list[str] = json_list()
    start: date
    end: date
    time_zone: str
    threshold: int = 3
    remind_at: str = Field(default="20:00", max_length=5)
    texts: dict[str, Any] = json_object()
    design: dict[str, Any] = json_object()
    created_at: datetime = moment()


class Team(Table, table=True):
    """A group of people who work together; `name` is by language."""

    __tablename__ = "team"
    __table_args__ = (UniqueConstraint("study_id", "code"),)

    study_id: UUID = within("study")
    code: str = Field(max_length=40)
    name: dict[str, str] = json_object()


class Person(Table, table=True):
    """Someone who takes part, known by a code.

    `name`, `nicknames` and `email` are for coordinators alone; every read of them is an audit
    event. `nationalities` and `languages` are ordered, comparisons use the first nationality.
    `left_on` is the first day on which nothing is asked any more of somebody who stopped taking
    part without withdrawing, `left_reason` why.
    """

    __tablename__ = "person"
    __table_args__ = (UniqueConstraint("study_id", "code"),)

    study_id: UUID = within("study")
    team_id: UUID | None = within("team", gone="SET NULL", optional=True)
    code: str = Field(max_length=40)
    role: str = ""
    nationalities: list[str] = json_list()
    languages: list[str] = json_list()
    time_zone: str = ""
    name: str = ""
    nicknames: list[str] = json_list()
    email: str = ""
    left_on: date | None = None
    left_reason: str = ""
    withdrawn_at: datetime | None = later()
    created_at: datetime = moment()


class TeamStay(Table, table=True):
    """From which day on a person is in a team; with `team_id` None in none.

    There are rows only for people who changed teams during the study, the first of them from its
    first day on.
    """

    __tablename__ = "team_stay"
    __table_args__ = (UniqueConstraint("person_id", "since"),)

    person_id: UUID = within("person")
    team_id: UUID | None = within("team", gone="SET NULL", optional=True)
    since: date
    created_at: datetime = moment()


class ConsentText(Table, table=True):
    """What people are asked to agree to: one version, its text by language."""

    __tablename__ = "consent_text"
    __table_args__ = (UniqueConstraint("study_id", "version"),)

    study_id: UUID = within("study")
    version: str = Field(max_length=40)
    texts: dict[str, str] = json_object()
    created_at: datetime = moment()
