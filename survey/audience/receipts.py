"""The code on a receipt, with which a visitor can delete what they answered."""

from __future__ import annotations

import hmac
import re
import secrets
from hashlib import sha256
from uuid import UUID

from sqlmodel import Session, select

from data.tables import Person, Visit
from i18n import Refusal, say
from settings import settings
from survey.withdrawal import withdraw

LETTERS = "abcdefghjkmnpqrstuvwxyz"
LENGTH = 12
"""Its last letters cannot be guessed by asking a server."""
WRITTEN = re.compile(rf"[{LETTERS}]{{{LENGTH}}}")


class ReceiptError(Refusal):
    """No answer belongs to this code."""


def new_code() -> str:
    """Return the code of a new receipt."""
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def read_code(text: str) -> str | None:
    """Return a code as it is kept, however it was typed; None where it cannot be one.

    Example:
        >>> read_code("ABCD-efgh jkmn"), read_code("abc")
        ('abcdefghjkmn', None)
    """
    plain = re.sub(r"[\s\-–·.]", "", text).lower()
    return plain if WRITTEN.fullmatch(plain) else None


def spell(code: str) -> str:
    """Write a code so that it can be copied by hand.

    Example:
        >>> spell("abcdefghjkmn")
        'abcd-efgh-jkmn'
    """
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def fingerprint(purpose: str, text: str) -> str:
    """Return what is kept instead of a code or a device, worth nothing without the server's key."""
    secret = settings().secret_key.encode()
    return hmac.new(secret, f"public/{purpose}/{text}".encode(), sha256).hexdigest()


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
