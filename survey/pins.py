"""Who sees past entries on which device: the PIN of a person.

A personal link may come into other hands. Whoever opens it can write, but what was written before
is seen only on a device that is known to be the person's: where they chose their PIN or typed it
since. Who has no PIN yet sees it on the first device of each link; on every further one the PIN
has to be chosen elsewhere first, or a new link to be asked for.

Drafts of an entry not yet sent are continued on every device: without them nothing could be written
there that does not overwrite what was begun.
"""

from __future__ import annotations

import hmac
import unicodedata
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from itertools import pairwise
from math import ceil
from uuid import UUID

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from argon2.profiles import RFC_9106_LOW_MEMORY
from sqlmodel import Session, col, delete, select, update

from data.history import record
from data.tables import Membership, Person, Pin, SignIn, Study
from data.tables.base import now
from i18n import Message, Refusal, say
from settings import settings
from survey.entering import Identity

SHORTEST, LONGEST = 4, 12
FREE_TRIES = 5
"""So many wrong ones in a row are free; then every further one costs a longer wait."""
FIRST_WAIT = timedelta(minutes=15)
LONGEST_WAIT = timedelta(days=1)

hasher = PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY)


class PinError(Refusal):
    """The PIN is wrong, cannot be chosen, or must not be tried now."""


class Sight(StrEnum):
    """Whether a device shows past entries: yes, after the PIN, or not before one is chosen."""

    OPEN = "open"
    ASK = "ask"
    ELSEWHERE = "elsewhere"


def sight_of(identity: Identity, *, session: Session) -> Sight:
    """Tell whether past entries are seen on a device."""
    here = session.get_one(SignIn, identity.sign_in_id)
    if has_pin(identity, session=session):
        return Sight.OPEN if here.knows_pin_at else Sight.ASK
    if session.get_one(Study, identity.study_id).kind == "call":
        return Sight.OPEN  # the link came to their own address, and to nobody else's
    earlier = session.exec(
        select(SignIn.id).where(
            SignIn.invite_id == here.invite_id,
            col(SignIn.created_at) < here.created_at,
        )
    ).first()
    return Sight.OPEN if here.invite_id and earlier is None else Sight.ELSEWHERE


def has_pin(identity: Identity, *, session: Session) -> bool:
    """Tell whether a person chose a PIN."""
    return _pin_of(identity, session=session) is not None


def _pin_of(identity: Identity, *, session: Session) -> Pin | None:
    return session.exec(select(Pin).where(Pin.person_id == identity.person_id)).first()


def _read(typed: str) -> str:
    """Return the digits that were typed, in whatever width an input method wrote them."""
    return unicodedata.normalize("NFKC", typed).strip()


def _keyed(pin: str) -> str:
    """Key a PIN, so that the database alone does not let anybody try the few that there are."""
    return hmac.new(settings().secret_key.encode(), f"pin:{pin}".encode(), sha256).hexdigest()


def choose(typed: str, *, session: Session, identity: Identity) -> None:
    """Choose a PIN, or another one; all other devices are asked for it from now on.

    Raises:
        PinError: It is no good as a PIN, or this device is not known to be the person's.
    """
    if identity.person_id is None or sight_of(identity, session=session) is not Sight.OPEN:
        raise PinError(say("A PIN cannot be chosen on this device."))
    pin = _read(typed)
    if not (pin.isascii() and pin.isdigit() and SHORTEST <= len(pin) <= LONGEST):
        raise PinError(say("A PIN has {least} to {most} digits.", least=SHORTEST, most=LONGEST))
    if len({int(after) - int(before) for before, after in pairwise(pin)}) == 1:
        raise PinError(say("That one is guessed too easily. Please choose another."))
    session.exec(delete(Pin).where(col(Pin.person_id) == identity.person_id))
    session.add(Pin(person_id=identity.person_id, digest=hasher.hash(_keyed(pin))))
    _forget_devices(session=session, identity=identity)
    _know(session=session, identity=identity)
    record(
        "pin.chosen", session=session, study_id=identity.study_id,
        account_id=identity.account_id, subject="person", subject_id=identity.person_id,
    )  # fmt: skip


def _forget_devices(*, session: Session, identity: Identity) -> None:
    session.exec(
        update(SignIn)
        .where(
            col(SignIn.account_id) == identity.account_id,
            col(SignIn.study_id) == identity.study_id,
        )
        .values(knows_pin_at=None)
    )


def _know(*, session: Session, identity: Identity) -> None:
    session.exec(
        update(SignIn).where(col(SignIn.id) == identity.sign_in_id).values(knows_pin_at=now())
    )


def enter(typed: str, *, session: Session, identity: Identity, at: datetime | None = None) -> bool:
    """Try a PIN on a device; commit whatever comes of it, because wrong ones are counted.

    Returns:
        Whether it was right.

    Raises:
        PinError: None may be tried now; the sentence says for how long.
    """
    moment = at or now()
    pin = _pin_of(identity, session=session)
    if pin is None:
        raise PinError(say("There is no PIN any more. Please load the page again."))
    if pin.locked_until and pin.locked_until > moment:
        raise PinError(_wait(pin.locked_until - moment))
    failures = pin.failures + 1
    # Counted before it is looked at: of several at the same moment each costs a try.
    counted = session.exec(
        update(Pin)
        .where(col(Pin.id) == pin.id, col(Pin.failures) == pin.failures)
        .values(failures=failures, locked_until=_locked_until(failures, moment))
    )
    if counted.rowcount != 1:
        raise PinError(say("Somebody is typing it on another device. Please try again."))
    try:
        hasher.verify(pin.digest, _keyed(_read(typed)))
    except VerifyMismatchError:
        session.refresh(pin)
        if pin.locked_until:
            record(
                "pin.locked", session=session, study_id=identity.study_id,
                account_id=identity.account_id, subject="person",
                subject_id=identity.person_id, failures=failures,
            )  # fmt: skip
        return False
    session.exec(update(Pin).where(col(Pin.id) == pin.id).values(failures=0, locked_until=None))
    _know(session=session, identity=identity)
    return True


def _locked_until(failures: int, moment: datetime) -> datetime | None:
    if failures < FREE_TRIES:
        return None
    doublings = min(failures - FREE_TRIES, 10)
    return moment + min(FIRST_WAIT * (1 << doublings), LONGEST_WAIT)


def _wait(left: timedelta) -> Message:
    return say(
        "Too many wrong tries. You can try again in {count} minutes; the coordinator can reset it.",
        count=ceil(left / timedelta(minutes=1)),
    )


def reset(*, session: Session, person: Person, account_id: UUID | None = None) -> None:
    """Forget a PIN that its person forgot, and with it which devices know it."""
    session.exec(delete(Pin).where(col(Pin.person_id) == person.id))
    theirs = select(Membership.account_id).where(Membership.person_id == person.id)
    session.exec(
        update(SignIn)
        .where(col(SignIn.account_id).in_(theirs), col(SignIn.study_id) == person.study_id)
        .values(knows_pin_at=None)
    )
    record(
        "pin.reset", session=session, study_id=person.study_id, account_id=account_id,
        subject="person", subject_id=person.id,
    )  # fmt: skip


def people_with_pin(*, session: Session, study_id: UUID) -> set[UUID]:
    """Return who chose a PIN."""
    return set(
        session.exec(
            select(Pin.person_id)
            .join(Person, col(Person.id) == col(Pin.person_id))
            .where(Person.study_id == study_id)
        ).all()
    )
