"""What is kept about reminding one person, and about the reminders of a study."""

from __future__ import annotations

import datetime as dt
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, delete, select

from data.tables import Person, Reminder, Reminding
from survey.reminding.choices import own_choice

SENDING_LASTS = timedelta(minutes=5)
"""After so long nobody waits for the mail server's word about a letter any more."""


def standing(reminder: Reminder, now: dt.datetime) -> str:
    """Return the status of a reminder; `unknown` also where no worker is left to say so."""
    silent = reminder.status == "sending" and reminder.changed_at < now - SENDING_LASTS
    return "unknown" if silent else reminder.status


def forget(*, session: Session, person_id: UUID) -> None:
    """Delete what a person chose, the address of their calendar and what was sent to them."""
    session.exec(delete(Reminder).where(col(Reminder.person_id) == person_id))
    session.exec(delete(Reminding).where(col(Reminding.person_id) == person_id))


def held(*, session: Session, person_id: UUID) -> dict[str, Any]:
    """Return what is held about reminding a person as plain data; moments are UTC."""
    own = own_choice(session=session, person_id=person_id)
    found = session.exec(
        select(Reminder).where(Reminder.person_id == person_id).order_by(col(Reminder.due))
    ).all()
    return {
        "wanted": own.wanted if own else None,
        "at": own.at if own else None,
        "calendar": bool(own and own.feed),
        "sent": [
            {
                "day": each.due.isoformat(),
                "what_became_of_it": each.status,
                "at": each.sent_at and each.sent_at.isoformat(),
            }
            for each in found
        ],
    }


def log_of(
    *, session: Session, study_id: UUID, since: dt.date | None = None
) -> list[tuple[Reminder, str]]:
    """Return the reminders of a study with the code of their person, newest first.

    Args:
        session: The caller's transaction.
        study_id: The study.
        since: Only those for this day of their person or a later one.
    """
    wanted = select(Reminder, Person.code).join(Person).where(Reminder.study_id == study_id)
    if since is not None:
        wanted = wanted.where(Reminder.due >= since)
    return list(session.exec(wanted.order_by(col(Reminder.due).desc(), col(Person.code))).all())
