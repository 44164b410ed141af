"""Deleting what a visitor answered, for whoever has the code of its receipt."""

from __future__ import annotations

from uuid import UUID

from sqlmodel import Session, select

from data.tables import Person, Visit
from i18n import say
from survey.audience.receipts import ReceiptError, fingerprint, read_code
from survey.withdrawal import withdraw


def person_of(text: str, *, session: Session) -> tuple[Visit, Person]:
    """Return the visit that a receipt belongs to, and its visitor.

    Raises:
        ReceiptError: There is none, or it was deleted before.
    """
    code = read_code(text)
    visit = (
        code
        and session.exec(select(Visit).where(Visit.receipt == fingerprint("receipt", code))).first()
    )
    if not visit:
        raise ReceiptError(say("No answer belongs to this code. It may have been deleted before."))
    return visit, session.get_one(Person, visit.person_id)


def delete_answer(text: str, *, session: Session) -> UUID:
    """Delete what was answered, with everything made from it; the code is used up.

    Call `data.erasing.scrub` after the commit.

    Returns:
        The person it was the answer of.

    Raises:
        ReceiptError: No answer belongs to this code.
    """
    _, person = person_of(text, session=session)
    withdraw(session=session, person=person)
    return person.id
