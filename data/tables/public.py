"""Questionnaires that are open to everybody: their addresses, who answered, what a wall shows."""

from __future__ import annotations

import datetime as dt
from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from data.tables.base import Table, json_list, json_object, later, moment, within


class Audience(Table, table=True):
    """What the public answers beside a study; `visitors` is how many were given a code so far."""

    __tablename__ = "audience"
    __table_args__ = (UniqueConstraint("study_id"),)

    study_id: UUID = within("study")
    visitors: int = 0
    created_at: datetime = moment()


class PublicLink(Table, table=True):
    """An address under which a questionnaire of an audience is open to everybody.

    `kind` is link or kiosk. Answers are taken from the day `opens` to the day `closes`, both
    included, on the study's clock, until `closed_at`, and at most `most` where that is not 0.
    `naming` is none, optional or required; `many` lets one device answer again; `prefilled` names
    the questions that the address may answer; with `wall` there is a wall display. `title` is what
    visitors read above the questions, by language.
    """

    __tablename__ = "public_link"
    __table_args__ = (UniqueConstraint("slug"),)

    study_id: UUID = within("study")
    account_id: UUID | None = within("account", gone="SET NULL", optional=True)
    questionnaire: str = Field(max_length=80)
    slug: str = Field(max_length=12)
    kind: str = Field(default="link", max_length=10)
    opens: dt.date
    closes: dt.date
    many: bool = False
    naming: str = Field(default="none", max_length=10)
    title: dict[str, str] = json_object()
    languages: list[str] = json_list()
    prefilled: list[str] = json_list()
    most: int = 0
    wall: bool = False
    closed_at: datetime | None = later()
    created_at: datetime = moment()


class Visit(Table, table=True):
    """That a visitor answered through a link.

    `device` and `receipt` are keyed hashes: of the device it was answered on, empty for kiosks, and
    of the code with which the visitor can delete the answer.
    """

    __tablename__ = "visit"
    __table_args__ = (
        UniqueConstraint("person_id"),
        UniqueConstraint("receipt"),
        Index("ix_visit_link_id_device", "link_id", "device"),
    )

    study_id: UUID = within("study")
    link_id: UUID = within("public_link")
    person_id: UUID = within("person")
    device: str = Field(default="", max_length=64)
    receipt: str = Field(max_length=64)
    created_at: datetime = moment()


class WallText(Table, table=True):
    """That words of the public may be shown on a wall, or not: an answer, or the title of a theme.

    The words stand where they stand; `text_hash` is the sha256 of those that were decided about, so
    that others in their place are not shown. `path` is the question, or the language of a title.
    """

    __tablename__ = "wall_text"
    __table_args__ = (
        UniqueConstraint("response_id", "path"),
        UniqueConstraint("theme_id", "path"),
    )

    study_id: UUID = within("study")
    response_id: UUID | None = within("response", optional=True)
    theme_id: UUID | None = within("theme", optional=True)
    account_id: UUID | None = within("account", gone="SET NULL", optional=True)
    path: str = Field(max_length=500)
    text_hash: str = Field(max_length=64)
    shown: bool = False
    decided_at: datetime = moment()
