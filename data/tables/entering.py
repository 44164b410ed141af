"""Who may come in: accounts, their roles, the ways in and the devices signed in."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from data.tables.base import Table, later, moment, within


class Account(Table, table=True):
    """Someone who can sign in; may have roles in several studies."""

    __tablename__ = "account"

    label: str = ""
    language: str = ""
    disabled: bool = False
    created_at: datetime = moment()


class Membership(Table, table=True):
    """A role of an account in a study; a participant's points to their person."""

    __tablename__ = "membership"
    __table_args__ = (UniqueConstraint("account_id", "study_id", "role"),)

    account_id: UUID = within("account")
    study_id: UUID = within("study")
    role: str = Field(max_length=20)
    person_id: UUID | None = within("person", optional=True)
    created_at: datetime = moment()


class Invite(Table, table=True):
    """A way in, known by the keyed hash of its token.

    A personal link (`once` is false) works until it is revoked; an invite code is used up by the
    first sign-in.
    """

    __tablename__ = "invite"

    membership_id: UUID = within("membership")
    token_hash: str = Field(unique=True, max_length=64)
    once: bool = False
    created_at: datetime = moment()
    used_at: datetime | None = later()
    revoked_at: datetime | None = later()


class SignIn(Table, table=True):
    """A signed-in device: the server's side of the cookie.

    `seen_at` is when it last asked for anything, to the hour; `knows_pin_at` when its person chose
    or typed their PIN on it.
    """

    __tablename__ = "sign_in"

    account_id: UUID = within("account")
    study_id: UUID = within("study")
    invite_id: UUID | None = within("invite", gone="SET NULL", optional=True)
    token_hash: str = Field(unique=True, max_length=64)
    device: str = ""
    created_at: datetime = moment()
    expires_at: datetime = moment()
    seen_at: datetime | None = later()
    knows_pin_at: datetime | None = later()
    revoked_at: datetime | None = later()


class Pin(Table, table=True):
    """What a person types on a new device to see there what they wrote before.

    `digest` is of argon2. `failures` counts wrong ones in a row; until `locked_until` none is
    looked at.
    """

    __tablename__ = "pin"

    person_id: UUID = Field(foreign_key="person.id", ondelete="CASCADE", unique=True)
    digest: str
    failures: int = 0
    locked_until: datetime | None = later()
    created_at: datetime = moment()
