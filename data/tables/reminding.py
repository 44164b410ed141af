"""How people want to be reminded, and what became of every reminder."""

from __future__ import annotations

import datetime as dt
from datetime import datetime
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from data.tables.base import Table, later, moment, within


class Reminding(Table, table=True):
    """How one person wants to be reminded; what is None is as the study has it.

    `at` is a time on the person's own clock. `feed` is what the address of their calendar is made
    of: another value closes the address before, None closes it for good.
    """

    __tablename__ = "reminding"
    __table_args__ = (UniqueConstraint("person_id"),)

    person_id: UUID = within("person")
    wanted: bool | None = None
    at: str | None = Field(default=None, max_length=5)
    feed: UUID | None = None


class Reminder(Table, table=True):
    """One reminder to one person for one day of theirs: there is never a second one.

    Its key follows from kind, person and day, and its Message-ID from its key. It is `waiting`
    until a worker (`runner`) has `claimed` it, `sending` from just before its text is handed over;
    then `sent`, `unknown` where nobody can say whether it was taken, `refused` by the mail server,
    `missed` when it no longer made sense after `until`, or `needless` once nothing was due.
    `problem` is the kind of the last failure, without an address.
    """

    __tablename__ = "reminder"
    __table_args__ = (UniqueConstraint("kind", "person_id", "due"),)

    study_id: UUID = within("study")
    person_id: UUID = within("person")
    kind: str = Field(max_length=20)
    due: dt.date
    status: str = Field(default="waiting", max_length=10, index=True)
    language: str = ""
    until: datetime = moment()
    next_at: datetime = moment()
    tries: int = 0
    runner: UUID | None = None
    problem: str = ""
    changed_at: datetime = moment()
    sent_at: datetime | None = later()
