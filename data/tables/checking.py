"""Checking the computer: what people say of passages without seeing what it said."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from data.tables.base import Table, json_list, json_object, moment, within


class ThemeCheck(Table, table=True):
    """A check of one theme: people are asked of a sample of passages whether they are about it.

    `title` and `description` are what the coders read, by language, as they stood when it began.
    `seed` drew the sample.
    """

    __tablename__ = "theme_check"

    study_id: UUID = within("study")
    account_id: UUID | None = within("account", gone="SET NULL", optional=True)
    title: dict[str, str] = json_object()
    description: dict[str, str] = json_object()
    seed: int = 0
    created_at: datetime = moment()


class CheckedTheme(Table, table=True):
    """Which theme of a run a check is about; a newer run that continues the theme has its own row.

    `members` are the themes that were part of it then, itself among them: a theme that others went
    into since, or that came apart, is no longer the one that was checked.
    """

    __tablename__ = "checked_theme"
    __table_args__ = (UniqueConstraint("check_id", "run_id"),)

    check_id: UUID = within("theme_check")
    run_id: UUID = within("theme_run")
    number: int
    members: list[int] = json_list()
    carried: bool = False


class CheckQuestion(Table, table=True):
    """A passage that coders are asked about.

    `stratum` is where the computer had it when it was drawn: `in` the theme, `near` it (a share of
    it, but not the largest) or `far`. `weight` is how many passages of its stratum and language it
    stands for. `position` is its place in the order in which everybody is asked.
    """

    __tablename__ = "check_question"
    __table_args__ = (UniqueConstraint("check_id", "passage_id"),)

    check_id: UUID = within("theme_check")
    passage_id: UUID = within("passage")
    language: str = "und"
    stratum: str = Field(max_length=4)
    weight: float
    position: int


class CheckAnswer(Table, table=True):
    """What a coder said of a passage: `yes`, `no` or `unsure`; an answer taken back is no row."""

    __tablename__ = "check_answer"
    __table_args__ = (UniqueConstraint("question_id", "account_id"),)

    question_id: UUID = within("check_question")
    account_id: UUID = within("account")
    answer: str = Field(max_length=6)
    answered_at: datetime = moment()
