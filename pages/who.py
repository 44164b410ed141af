"""Who is here. Every screen asks this first, on every run."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

import streamlit as st
from sqlalchemy.exc import OperationalError

from data.database import open_session
from data.tables import Person, Study
from data.tables.base import now
from pages.words import t
from survey import calendar, devices, entering
from survey.entering import Identity


@dataclass(frozen=True)
class Here:
    """Who is at this screen: the identity with its study and, for participants, its person."""

    identity: Identity
    study: Study
    person: Person | None

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


def withdrew() -> bool:
    """Tell whether this device was that of a person who withdrew."""
    with open_session() as session:
        return entering.was_withdrawn(
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
        study = session.get_one(Study, found.study_id)
        person = session.get(Person, found.person_id) if found.person_id else None
    return Here(found, study, person)


def require_role(*roles: str) -> Here:
    """Return who is here if they have one of the roles; otherwise show nothing but a way out."""
    found = here()
    if found is None or not found.identity.roles & set(roles):
        st.title(t("This page is not open to you"))
        st.write(t("Please come in through your personal link."))
        st.stop()
    return found
