"""What the tests of reminders do and look at."""

from __future__ import annotations

from sqlmodel import Session, col, select

from data.database import open_session
from data.tables import Person, Reminder
from jobs.reminders.rounds import Rounds


def go_round(times: int = 1) -> None:
    for _ in range(times):
        Rounds().round()


def reminders() -> list[Reminder]:
    with open_session() as session:
        return list(session.exec(select(Reminder).order_by(col(Reminder.due))).all())


def statuses() -> list[str]:
    return [each.status for each in reminders()]


def person_of(session: Session) -> Person:
    return session.exec(select(Person).where(Person.code == "P01")).one()
