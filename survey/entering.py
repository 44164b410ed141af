"""Coming in: personal links, invite codes, signed-in devices, and who somebody is.

A link or code is a random token of which the database keeps only a keyed hash. Signing in turns it
into another token, kept in a cookie; the row behind that cookie can be revoked at any time.
"""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Literal
from uuid import UUID

from sqlmodel import Session, and_, col, select, update

from data.history import record
from data.tables import Account, Invite, Membership, Person, SignIn, Study
from data.tables.base import now
from i18n import Refusal, say
from settings import settings

Role = Literal["participant", "interviewer", "researcher", "coordinator", "reviewer"]
COOKIE = "zhenqing"
"""What the cookie of a signed-in device is called."""

ROLES: tuple[Role, ...] = ("participant", "interviewer", "researcher", "coordinator", "reviewer")


class EnteringError(Refusal):
    """The link, code or cookie does not open anything."""


@dataclass(frozen=True)
class Identity:
    """Who is here: an account, in one study, with its roles there; `seen_at` is of the device."""

    account_id: UUID
    sign_in_id: UUID
    study_id: UUID
    roles: frozenset[str]
    person_id: UUID | None
    language: str
    seen_at: datetime | None = None


def _hash(token: str) -> str:
    return hmac.new(settings().secret_key.encode(), token.encode(), sha256).hexdigest()


def open_account(
    *, session: Session, study_id: UUID, role: Role, label: str = "", person_id: UUID | None = None
) -> Membership:
    """Make an account with one role in a study."""
    account = Account(label=label)
    membership = Membership(
        account_id=account.id, study_id=study_id, role=role, person_id=person_id
    )
    session.add(account)
    session.flush()
    session.add(membership)
    session.flush()
    return membership


def invite(
    *,
    session: Session,
    membership: Membership,
    once: bool = False,
    account_id: UUID | None = None,
    token: str | None = None,
) -> str:
    """Make a way in and return its token, which is known from now on to its holder only.

    A new personal link replaces the one before it; devices already signed in stay so.

    Args:
        session: The caller's transaction.
        membership: Whose.
        once: Whether it is used up by the first sign-in.
        account_id: Who makes it.
        token: What the link shall hold; by default something random.

    Raises:
        EnteringError: It is a participant's, and they withdrew.
    """
    if _withdrew(membership, session=session):
        raise EnteringError(say("This person withdrew and cannot be let in again."))
    if not once:
        session.exec(
            update(Invite)
            .where(
                col(Invite.membership_id) == membership.id,
                col(Invite.once).is_(False),
                col(Invite.revoked_at).is_(None),
            )
            .values(revoked_at=now())
        )
    token = token or secrets.token_urlsafe(18)
    made = Invite(membership_id=membership.id, token_hash=_hash(token), once=once)
    session.add(made)
    record(
        "invite.made",
        session=session,
        study_id=membership.study_id,
        account_id=account_id,
        subject="membership",
        subject_id=membership.id,
        once=once,
    )
    return token


def revoke(*, session: Session, membership: Membership, account_id: UUID | None = None) -> None:
    """Close every way in of a membership and sign out the devices that came through them."""
    invites = session.exec(select(Invite).where(Invite.membership_id == membership.id)).all()
    moment = now()
    for each in invites:
        each.revoked_at = each.revoked_at or moment
        session.add(each)
    session.exec(
        update(SignIn)
        .where(
            col(SignIn.invite_id).in_([each.id for each in invites]),
            col(SignIn.revoked_at).is_(None),
        )
        .values(revoked_at=moment)
    )
    record(
        "invite.revoked",
        session=session,
        study_id=membership.study_id,
        account_id=account_id,
        subject="membership",
        subject_id=membership.id,
    )


@dataclass(frozen=True)
class WayIn:
    """A personal link that is open: when it was made, and when first used, if it was."""

    made_at: datetime
    used_at: datetime | None


def ways_in(*, session: Session, study_id: UUID) -> dict[UUID, WayIn]:
    """Return the open personal link of each person who has one."""
    found = session.exec(
        select(Membership.person_id, Invite)
        .join(Invite, col(Invite.membership_id) == col(Membership.id))
        .where(
            Membership.study_id == study_id,
            col(Membership.person_id).is_not(None),
            col(Invite.once).is_(False),
            col(Invite.revoked_at).is_(None),
        )
    ).all()
    return {key: WayIn(made.created_at, made.used_at) for key, made in found if key}


def find(*, session: Session, token: str) -> Invite | None:
    """Return the invite of a token if it still opens the door; looking uses nothing up."""
    wanted = _hash(token)
    found = session.exec(select(Invite).where(Invite.token_hash == wanted)).first()
    if found is None or not hmac.compare_digest(found.token_hash, wanted):
        return None
    usable = found.revoked_at is None and not (found.once and found.used_at)
    return found if usable else None


def known(*, session: Session, token: str) -> bool:
    """Tell whether there ever was a way in with this token."""
    wanted = select(Invite.id).where(Invite.token_hash == _hash(token))
    return session.exec(wanted).first() is not None


def withdrawn_account(*, session: Session, cookie: str | None) -> UUID | None:
    """Return the account of a cookie's device if it was that of a person who withdrew."""
    if not cookie:
        return None
    sign_in = session.exec(select(SignIn).where(SignIn.token_hash == _hash(cookie))).first()
    if sign_in is None:
        return None
    found = session.exec(
        select(Membership).where(
            Membership.account_id == sign_in.account_id, Membership.study_id == sign_in.study_id
        )
    ).all()
    withdrew = any(_withdrew(each, session=session) for each in found)
    return sign_in.account_id if withdrew else None


def has_withdrawn(*, session: Session, token: str) -> bool:
    """Tell whether a closed link was that of a person who withdrew."""
    found = session.exec(select(Invite).where(Invite.token_hash == _hash(token))).first()
    if found is None:
        return False
    return _withdrew(session.get_one(Membership, found.membership_id), session=session)


def _withdrew(membership: Membership, *, session: Session) -> bool:
    person = session.get(Person, membership.person_id) if membership.person_id else None
    return person is not None and person.withdrawn_at is not None


def enter(*, session: Session, token: str, device: str = "") -> str:
    """Sign a device in and return the token for its cookie.

    Raises:
        EnteringError: The link was revoked, the code used, or neither ever existed.
    """
    found = find(session=session, token=token)
    if found is None or (found.once and not _use_up(found, session=session)):
        raise EnteringError(say("This link does not work any more. Please ask for a new one."))
    membership = session.get_one(Membership, found.membership_id)
    moment = now()
    found.used_at = found.used_at or moment
    cookie = secrets.token_urlsafe(32)
    sign_in = SignIn(
        account_id=membership.account_id,
        study_id=membership.study_id,
        invite_id=found.id,
        token_hash=_hash(cookie),
        device=device[:200],
        expires_at=moment + timedelta(days=settings().sign_in_days),
    )
    session.add(sign_in)
    record(
        "signed.in",
        session=session,
        study_id=membership.study_id,
        account_id=membership.account_id,
        subject="sign_in",
        subject_id=sign_in.id,
    )
    return cookie


def _use_up(found: Invite, *, session: Session) -> bool:
    """Take an invite code; of two at the same moment only one succeeds."""
    taken = session.exec(
        update(Invite)
        .where(col(Invite.id) == found.id, col(Invite.used_at).is_(None))
        .values(used_at=now())
    )
    return bool(taken.rowcount == 1)


def identify(
    *, session: Session, cookie: str | None, at: datetime | None = None
) -> Identity | None:
    """Say who holds a cookie: nobody, if it is unknown, expired or revoked."""
    if not cookie:
        return None
    # One question to the database: this is asked on every run of every screen.
    found = session.exec(
        select(SignIn, Account, Membership, Person)
        .join(Account, col(Account.id) == col(SignIn.account_id))
        .join(
            Membership,
            and_(
                col(Membership.account_id) == col(SignIn.account_id),
                col(Membership.study_id) == col(SignIn.study_id),
            ),
        )
        .outerjoin(Person, col(Person.id) == col(Membership.person_id))
        .where(SignIn.token_hash == _hash(cookie))
    ).all()
    there = [row for row in found if row[3] is None or row[3].withdrawn_at is None]
    if not there:
        return None
    sign_in, account, _, _ = there[0]
    if sign_in.revoked_at or sign_in.expires_at < (at or now()) or account.disabled:
        return None
    person = next((each for _, _, _, each in there if each is not None), None)
    return Identity(
        account_id=account.id,
        sign_in_id=sign_in.id,
        study_id=sign_in.study_id,
        roles=frozenset(membership.role for _, _, membership, _ in there),
        person_id=person.id if person else None,
        language=account.language or (person.languages[0] if person and person.languages else ""),
        seen_at=sign_in.seen_at,
    )


def leave(*, session: Session, cookie: str) -> None:
    """Sign a device out."""
    session.exec(
        update(SignIn)
        .where(col(SignIn.token_hash) == _hash(cookie), col(SignIn.revoked_at).is_(None))
        .values(revoked_at=now())
    )


def choose_language(*, session: Session, account_id: UUID, language: str) -> None:
    """Remember the language an account wants the screens in."""
    account = session.get_one(Account, account_id)
    account.language = language
    session.add(account)


def fresh_links(*, session: Session, study: Study) -> dict[Role, str]:
    """Make one fresh link for each role of a study, for people still there; for development."""
    links: dict[Role, str] = {}
    for role in ROLES:
        membership = session.exec(
            select(Membership)
            .outerjoin(Person, col(Person.id) == col(Membership.person_id))
            .where(
                Membership.study_id == study.id,
                Membership.role == role,
                col(Person.withdrawn_at).is_(None),
            )
            .order_by(col(Membership.created_at))
        ).first()
        if membership:
            links[role] = invite(session=session, membership=membership)
    return links
