"""Letters to applicants as rows: one of each kind and number, sent by a worker."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from sqlmodel import Session, func, select

from data.tables import Application, Letter
from data.tables.base import now
from settings import settings

WORTH = {"link": timedelta(days=1), "receipt": timedelta(days=7), "answer": timedelta(days=14)}
"""For so long it makes sense to try and send a letter."""


def can_post() -> bool:
    """Tell whether this installation sends letters at all."""
    return bool(settings().smtp_host)


def post(
    application: Application,
    kind: str,
    *,
    session: Session,
    language: str,
    what: str = "",
    subject: str = "",
    text: str = "",
    account_id: UUID | None = None,
) -> Letter:
    """Write a letter down to be sent; where none can be sent it waits and is shown as not sent.

    Args:
        application: To whom.
        kind: `link`, `receipt` or `answer`.
        session: The caller's transaction; it fails where somebody else writes the same letter.
        language: An interface language.
        what: Of an answer: the state it tells of.
        subject: Of an answer.
        text: Of an answer.
        account_id: Who answers.
    """
    before = session.exec(
        select(func.max(Letter.number)).where(
            Letter.application_id == application.id, Letter.kind == kind
        )
    ).one()
    moment = now()
    letter = Letter(
        application_id=application.id,
        kind=kind,
        number=(before or 0) + 1,
        what=what,
        language=language,
        subject=subject,
        text=text,
        account_id=account_id,
        until=moment + WORTH[kind],
        next_at=moment,
    )
    session.add(letter)
    session.flush()
    return letter


def letters_of(application: Application, *, session: Session) -> list[Letter]:
    """Return the letters to one applicant, in the order in which they were written."""
    return list(
        session.exec(
            select(Letter)
            .where(Letter.application_id == application.id)
            .order_by(Letter.created_at)  # type: ignore[arg-type] # a column
        ).all()
    )
