"""Who is here. Every screen asks this first, on every run."""

from __future__ import annotations

from contextlib import suppress
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

import streamlit as st
from sqlalchemy.exc import OperationalError
from sqlmodel import col, select

from data.database import open_session
from data.tables import Person, Study
from data.tables.base import now
from pages.words import t
from survey import calendar, devices, entering
from survey.entering import Identity
from survey.own_studies import elsewhere

_announced: ContextVar[Here | None] = ContextVar("announced", default=None)
"""Whom the shell found in this run, until the screen asks."""


@dataclass(frozen=True)
class Here:
    """Who is at this screen: the identity with its study and, for participants, its person.

    `elsewhere` is whether the account has a part in another study too.
    """

    identity: Identity
    study: Study
    person: Person | None
    elsewhere: bool = False

    @property
    def zone(self) -> ZoneInfo:
        """The zone whose wall clock counts for this person."""
        own = self.person.time_zone if self.person else ""
        return ZoneInfo(own or self.study.time_zone)

    @property
    def today(self) -> date:
        """The date on this person's wall."""
        return calendar.today(self.zone, now())

    @property
    def author(self) -> Person:
        """The person whose words are written here."""
        assert self.person is not None  # noqa: S101 - participants' screens require the role
        return self.person


def identity() -> Identity | None:
    """Read the cookie and the database: a revoked device is out on its next run."""
    cookie = st.context.cookies.get(entering.COOKIE)
    with open_session() as session:
        return entering.identify(session=session, cookie=cookie)


def withdrew() -> UUID | None:
    """Return the account of the person who withdrew and whose device this was."""
    with open_session() as session:
        return entering.withdrawn_account(
            session=session, cookie=st.context.cookies.get(entering.COOKIE)
        )


def seen(found: Here) -> None:
    """Note now and then that a device is in use; whoever looks at their devices is told when."""
    last = found.identity.seen_at
    if last is not None and now() - last < devices.SEEN_EVERY:
        return
    with suppress(OperationalError), open_session() as session:  # a busy database has better to do
        devices.see(found.identity.sign_in_id, session=session)
        session.commit()


def here() -> Here | None:
    """Return who is at this screen, with study and person."""
    found = identity()
    if found is None:
        return None
    with open_session() as session:
        row = session.exec(
            select(Study, Person, elsewhere(found))
            .outerjoin(Person, col(Person.id) == found.person_id)
            .where(Study.id == found.study_id)
        ).first()
    if row is None:  # deleted a moment ago
        return None
    study, person, others = row
    return Here(found, study, person, others)


def announce() -> Here | None:
    """Return who is here, and keep it for the screen that this very run draws."""
    found = here()
    _announced.set(found)
    return found


def require_role(*roles: str) -> Here:
    """Return who is here if they have one of the roles; otherwise show nothing but a way out."""
    found = _announced.get() or here()
    _announced.set(None)  # used up: another run asks again
    if found is None or not found.identity.roles & set(roles):
        st.title(t("This page is not open to you"))
        st.write(t("Please come in through your personal link."))
        st.stop()
    return found
