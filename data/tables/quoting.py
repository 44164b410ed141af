"""What is quoted: chosen words, their translations, what their author released, and memos."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from data.tables.base import Table, json_object, later, moment, within


class Quotation(Table, table=True):
    """Words somebody chose to quote: a stretch of a passage.

    `start` and `end` are code points in the passage's masked text, `text_hash` is the sha256 of
    what lies between them. The words themselves stand in the passage alone, so that a quotation
    never says what its author corrected: without its passage, or where the stretch reads
    differently by now, it is outdated. `revision` counts the changes, so that of two people who
    change it at once the second is told.
    """

    __tablename__ = "quotation"
    __table_args__ = (UniqueConstraint("passage_id", "start", "end"),)

    study_id: UUID = within("study")
    person_id: UUID = within("person")
    passage_id: UUID | None = within("passage", gone="SET NULL", optional=True)
    account_id: UUID | None = within("account", gone="SET NULL", optional=True)
    start: int
    end: int
    text_hash: str = Field(max_length=64)
    revision: int = 1
    created_at: datetime = moment()


class QuotationTranslation(Table, table=True):
    """A quotation in another language; it goes with the passage it translates.

    `translator` is a person's name or, with `machine`, that of a programme; `checker` is who
    compared it with the original, empty as long as nobody did.
    """

    __tablename__ = "quotation_translation"
    __table_args__ = (UniqueConstraint("quotation_id", "language"),)

    quotation_id: UUID = within("quotation")
    passage_id: UUID = within("passage")
    account_id: UUID | None = within("account", gone="SET NULL", optional=True)
    language: str = Field(max_length=35)
    text: str
    translator: str = Field(max_length=200)
    machine: bool = False
    checker: str = Field(default="", max_length=200)
    checked_at: datetime | None = later()
    created_at: datetime = moment()


class QuotationRelease(Table, table=True):
    """That the person quoted was asked, what exactly they were shown, and what they chose.

    `shown` holds the sha256 of the wording, of each translation by language, and of the
    surroundings: what reads differently by now was not released. `choice` is named, unattributed or
    refused; empty means that there is no reply, and no reply means not printed. `name` is how a
    person wants to be named. `channel` says how the reply came where somebody else wrote it down.
    """

    __tablename__ = "quotation_release"
    __table_args__ = (UniqueConstraint("quotation_id"),)

    quotation_id: UUID = within("quotation")
    account_id: UUID | None = within("account", gone="SET NULL", optional=True)
    shown: dict[str, Any] = json_object()
    choice: str = Field(default="", max_length=20)
    name: str = Field(default="", max_length=200)
    channel: str = Field(default="", max_length=20)
    reminders: int = 0
    sent_at: datetime = moment()
    chosen_at: datetime | None = later()
    reminded_at: datetime | None = later()
    printed_at: datetime | None = later()


class Memo(Table, table=True):
    """What a researcher noted about a theme of a run, or about a passage."""

    __tablename__ = "memo"

    study_id: UUID = within("study")
    run_id: UUID | None = within("theme_run", optional=True)
    passage_id: UUID | None = within("passage", optional=True)
    account_id: UUID | None = within("account", gone="SET NULL", optional=True)
    theme: int | None = None
    text: str
    revision: int = 1
    created_at: datetime = moment()
    changed_at: datetime = moment()
