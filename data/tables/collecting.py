"""What is asked, who answers it when, and what they answered."""

from __future__ import annotations

import datetime as dt
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from data.tables.base import Json, Table, json_list, json_object, later, moment, within


class Questionnaire(Table, table=True):
    """One immutable version of a questionnaire, with the file it was read from.

    `files` are those that came with it (lists of choices, pictures): their sha256 by name.
    """

    __tablename__ = "questionnaire"
    __table_args__ = (UniqueConstraint("study_id", "name", "version"),)

    study_id: UUID = within("study")
    name: str = Field(max_length=80)
    version: int = 1
    filename: str
    source: bytes
    sha256: str = Field(max_length=64)
    files: dict[str, str] = json_object()
    created_at: datetime = moment()


class Assignment(Table, table=True):
    """Who answers what, when: `schedule` is daily, days, once or open."""

    __tablename__ = "assignment"
    __table_args__ = (UniqueConstraint("study_id", "questionnaire"),)

    study_id: UUID = within("study")
    questionnaire: str = Field(max_length=80)
    position: int = 0
    schedule: str = Field(max_length=10)
    days: list[str] = json_list()
    opens: str = "00:00"
    closes: str = "24:00"
    late_days: int = 0
    minutes: int = 5
    roles: list[str] = json_list()
    decision_path: str = ""
    title: dict[str, str] = json_object()


class CalendarChange(Table, table=True):
    """What is different in the calendar of one person, of a team, or of everybody.

    `kind` is one of `survey.calendar.Change`; `days` how many it gives more, where it gives any.
    With `person_id` it is for that person, with `team_id` for who is in that team on the day.
    """

    __tablename__ = "calendar_change"

    study_id: UUID = within("study")
    person_id: UUID | None = within("person", optional=True)
    team_id: UUID | None = within("team", optional=True)
    kind: str = Field(max_length=10)
    first: dt.date
    last: dt.date
    days: int = 0
    reason: str = ""
    account_id: UUID | None = within("account", gone="SET NULL", optional=True)
    created_at: datetime = moment()


class Decision(Table, table=True):
    """A shot, a scene, a purchase: what takes, budget lines and entries may have in common."""

    __tablename__ = "decision"
    __table_args__ = (UniqueConstraint("study_id", "key"),)

    study_id: UUID = within("study")
    key: str = Field(max_length=200)
    label: str = ""
    created_at: datetime = moment()


class Response(Table, table=True):
    """A submitted questionnaire; its key is the instance id.

    `team_id` and `nationalities` are the person's at that time; `day` is the day on which the
    window opened in the person's own zone; `sha256` is of the canonical answers, so that the same
    instance sent twice is recognised. `corrected_at` is when its author last changed the answers:
    passages cut before that are cut anew.
    """

    __tablename__ = "response"

    study_id: UUID = within("study")
    questionnaire_id: UUID = within("questionnaire")
    person_id: UUID = within("person")
    team_id: UUID | None = within("team", gone="SET NULL", optional=True)
    decision_id: UUID | None = within("decision", gone="SET NULL", optional=True)
    nationalities: list[str] = json_list()
    day: dt.date = Field(index=True)
    language: str = "und"
    answers: dict[str, Any] = json_object()
    sha256: str = Field(max_length=64)
    source: str = "web"
    submitted_at: datetime = moment()
    corrected_at: datetime | None = later()


class ResponseRevision(Table, table=True):
    """What a correction changed from what to what, by whom and why.

    `before` and `after` hold the answers that changed by their path, None for blank; both hold None
    throughout where the old wording was `erased`.
    """

    __tablename__ = "response_revision"

    response_id: UUID = within("response")
    account_id: UUID | None = within("account", gone="SET NULL", optional=True)
    before: dict[str, Any] = json_object()
    after: dict[str, Any] = json_object()
    reason: str = ""
    erased: bool = False
    created_at: datetime = moment()


class Draft(Table, table=True):
    """The unsent answer to one question; readable by its author only."""

    __tablename__ = "draft"
    __table_args__ = (UniqueConstraint("account_id", "instance_id", "path"),)

    account_id: UUID = within("account")
    questionnaire_id: UUID = within("questionnaire")
    instance_id: UUID = Field(index=True)
    path: str = Field(max_length=500)
    value: Any = Field(default=None, sa_type=Json)
    revision: int = 1
    updated_at: datetime = moment()


class EntryFile(Table, table=True):
    """A file that answers a question of an entry, sent or not; the answer is its `name`."""

    __tablename__ = "entry_file"
    __table_args__ = (UniqueConstraint("instance_id", "name"),)

    account_id: UUID = within("account")
    attachment_id: UUID = within("attachment")
    instance_id: UUID
    path: str = Field(max_length=500)
    name: str = Field(max_length=200)
    created_at: datetime = moment()


class Consent(Table, table=True):
    """That a person agreed to a version of the consent text, and whether they withdrew."""

    __tablename__ = "consent"
    __table_args__ = (UniqueConstraint("person_id", "version"),)

    person_id: UUID = within("person")
    version: str = Field(max_length=40)
    language: str = ""
    given_at: datetime = moment()
    withdrawn_at: datetime | None = later()
