"""The rounds in which a worker sends letters to applicants, soon after somebody asked for one."""

from __future__ import annotations

from email.message import EmailMessage
from functools import partial
from uuid import UUID

from data.database import open_session
from data.tables import Letter
from data.tables.base import now
from jobs.reminders import ledger
from jobs.reminders.post import Post
from jobs.reminders.rounds import Rounds, deliver
from settings import settings
from survey.applying.letter import compose
from survey.applying.starting import tidy

LETTER_SECONDS = 3.0
"""Somebody sits before the door and waits for theirs."""
AT_ONCE = 20


class LetterRounds(Rounds):
    """Goes round like those of reminders, oftener: sends letters, removes what nobody opened."""

    def __init__(self, *, seconds: float = LETTER_SECONDS) -> None:
        super().__init__(seconds=seconds, name="letters")

    def round(self) -> None:
        """Go round once."""
        ledger.settle(now(), Letter)
        with open_session() as session:
            if tidy(session=session):
                session.commit()
        if settings().smtp_host:
            with Post() as post:
                self._deliver(post)

    def _deliver(self, post: Post) -> None:
        """Send what waits, each letter at most once a round."""
        tried: set[UUID] = set()
        while not self.is_ending():
            with open_session() as session:
                keys = ledger.waiting(session=session, limit=AT_ONCE, tried=tried, table=Letter)
            if not keys:
                return
            for key in keys:
                tried.add(key)
                if self.is_ending():
                    return
                letter = ledger.claim(key, Letter)
                if letter and not deliver(letter, post, partial(_written, letter)):
                    return


def _written(letter: Letter) -> EmailMessage | None:
    """Write a letter as things stand now; None where there is nobody to write to any more."""
    with open_session() as session:
        written = compose(letter, session=session)
        session.commit()  # a closed link was replaced
    return written
