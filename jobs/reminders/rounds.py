"""The rounds in which a worker reminds people: who is due is written down, then letters are sent.

Any number of workers may go round at the same time; `jobs.reminders.ledger` sees to it that nobody
gets two.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from email.message import EmailMessage
from functools import partial
from uuid import UUID

from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session, col, select

from data.database import open_session
from data.incidents import note
from data.tables import Account, Letter, Membership, Person, Reminder, Study
from data.tables.base import now
from jobs.reminders import ledger
from jobs.reminders.post import ClosedError, LaterError, Post, RefusedError, UnknownError
from settings import settings
from survey.reminding.choices import choice_of, own_choice
from survey.reminding.letter import compose
from survey.reminding.planning import Planned, due_of, planned

log = logging.getLogger(__name__)

ROUND_SECONDS = 20.0
LOOK_AGAIN = timedelta(minutes=10)
"""After so long somebody of whom nothing was due at their hour is looked at again."""


class Rounds:
    """Goes round until told to stop; begins nothing new after that."""

    def __init__(self, *, seconds: float = ROUND_SECONDS, name: str = "reminders") -> None:
        self._seconds = seconds
        self._ending = threading.Event()
        self._nothing_due: dict[UUID, datetime] = {}
        self._thread = threading.Thread(target=self._go, name=name, daemon=True)

    def start(self) -> None:
        """Begin to go round, in the background."""
        self._thread.start()

    def stop(self, *, timeout: float = 5.0) -> None:
        """Finish the letter at hand and end; what takes longer than `timeout` is left behind."""
        self._ending.set()
        with suppress(RuntimeError):  # it never began
            self._thread.join(timeout=timeout)

    def is_ending(self) -> bool:
        """Tell whether it is to begin nothing new."""
        return self._ending.is_set()

    def _go(self) -> None:
        while not self._ending.is_set():
            try:
                self.round()
            except Exception as error:
                # A database that is away for a while must not end the reminders for good.
                note(log, "a round of reminders failed", error)
            self._ending.wait(self._seconds)

    def round(self) -> None:
        """Go round once."""
        ledger.settle(now())
        if not settings().smtp_host:
            return
        ledger.write_down(self._planned())
        with Post() as post:
            self._deliver(post)

    def _planned(self) -> list[Planned]:
        moment = now()
        self._nothing_due = {
            person_id: at for person_id, at in self._nothing_due.items() if at > moment - LOOK_AGAIN
        }
        found: list[Planned] = []
        with open_session() as session:
            for study in session.exec(select(Study)).all():
                for each in planned(
                    session=session, study=study, now=moment, skip=self._nothing_due
                ):
                    if isinstance(each, Planned):
                        found.append(each)
                    else:
                        self._nothing_due[each] = moment
        return found

    def _deliver(self, post: Post) -> None:
        """Send what waits, each reminder at most once a round."""
        tried: set[UUID] = set()
        while not self._ending.is_set():
            with open_session() as session:
                keys = ledger.waiting(session=session, limit=20, tried=tried)
            if not keys:
                return
            for key in keys:
                tried.add(key)
                if self._ending.is_set():
                    return
                reminder = ledger.claim(key, Reminder)
                if reminder and not deliver(reminder, post, partial(_letter, reminder)):
                    return


def deliver(
    reminder: Reminder | Letter, post: Post, write: Callable[[], EmailMessage | None]
) -> bool:
    """Send what was claimed if it is still wanted; say whether the server can be used on.

    Args:
        reminder: What was claimed.
        post: The way to the mail server.
        write: Writes it as things stand now; None where there is no need any more.
    """
    try:
        letter = write()
        if letter is None:
            ledger.needless(reminder)
            return True
        if post.send(letter, hand_over=lambda: ledger.hand_over(reminder)):
            ledger.sent(reminder)
    except ClosedError as error:
        ledger.put_back(reminder, str(error), counted=False)
        log.warning("the mail server cannot be used now: %s", error)
        return False
    except LaterError as error:
        ledger.put_back(reminder, str(error))
    except RefusedError as error:
        ledger.refused(reminder, str(error))
    except UnknownError as error:
        ledger.lost(reminder, str(error))
    except SQLAlchemyError:
        raise
    except Exception as error:
        # One letter that cannot be written must not keep the others from theirs.
        note(log, "a reminder could not be written", error)
        ledger.refused(reminder, type(error).__name__, expected=("claimed",))
    return True


def _letter(reminder: Reminder) -> EmailMessage | None:
    """Write the letter of a reminder as things stand now; None where there is no need any more."""
    with open_session() as session:
        person = session.get(Person, reminder.person_id)
        account = _account_of(reminder.person_id, session=session)
        if person is None or person.withdrawn_at or not person.email or account is None:
            return None
        study = session.get_one(Study, reminder.study_id)
        own = own_choice(session=session, person_id=person.id)
        if not choice_of(study, own).wanted:
            return None
        due = due_of(session=session, study=study, person=person, account_id=account.id, now=now())
        if not due:
            return None
        return compose(
            reminder_id=reminder.id,
            person=person,
            study=study,
            due=due,
            language=reminder.language,
        )


def _account_of(person_id: UUID, *, session: Session) -> Account | None:
    return session.exec(
        select(Account)
        .join(Membership, col(Membership.account_id) == col(Account.id))
        .where(Membership.person_id == person_id, col(Account.disabled).is_(False))
    ).first()
