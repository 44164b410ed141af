"""The studies of one account: which they are, going from one to another, and joining a further one.

A device is signed in to one study at a time, and only its account moves it, by a deliberate act. An
account comes by a second study because a coordinator of it gave it a role there, or by bringing the
link or code of an invitation that nobody has used yet.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, exists, func, select, update

from data.history import record
from data.tables import Account, Invite, Membership, Person, SignIn, Study
from data.tables.base import now
from i18n import Refusal, say
from survey import entering
from survey.entering import EnteringError, Identity


class OwnStudyError(Refusal):
    """This account has no part in that study, or cannot be given one like this."""


@dataclass(frozen=True)
class OwnStudy:
    """A study in which an account has a part.

    Attributes:
        study: Which.
        roles: What the account is there.
        code: The code of the person it writes as; empty where it does not take part.
        people: How many take part.
    """

    study: Study
    roles: frozenset[str]
    code: str
    people: int


def own_studies(*, session: Session, account_id: UUID) -> list[OwnStudy]:
    """Return the studies in which an account has a role, the latest to end first.

    One that its person withdrew from is not among them.
    """
    found = session.exec(
        select(Study, Membership.role, Person.code, Person.withdrawn_at)
        .join(Membership, col(Membership.study_id) == col(Study.id))
        .outerjoin(Person, col(Person.id) == col(Membership.person_id))
        .where(Membership.account_id == account_id)
        .order_by(col(Study.end).desc(), col(Study.slug))
    ).all()
    there = [(study, role, code) for study, role, code, gone in found if gone is None]
    studies = {study.id: study for study, _, _ in there}
    sizes = dict(
        session.exec(
            select(Person.study_id, func.count())
            .where(col(Person.study_id).in_(studies), col(Person.withdrawn_at).is_(None))
            .group_by(col(Person.study_id))
        ).all()
    )
    return [
        OwnStudy(
            study=study,
            roles=frozenset(role for other, role, _ in there if other.id == key),
            code=next((code for other, _, code in there if other.id == key and code), ""),
            people=sizes.get(key, 0),
        )
        for key, study in studies.items()
    ]


def elsewhere(identity: Identity) -> ColumnElement[bool]:
    """Return the condition that an account has a part in another study than the one it is in."""
    person = aliased(Person)
    return exists(
        select(Membership.id)
        .outerjoin(person, col(person.id) == col(Membership.person_id))
        .where(
            Membership.account_id == identity.account_id,
            Membership.study_id != identity.study_id,
            col(person.withdrawn_at).is_(None),
        )
    )


def switch(*, session: Session, identity: Identity, study_id: UUID) -> None:
    """Move a device to another study of its account.

    What the device knows of a PIN belongs to the person of the study before, and is forgotten.

    Raises:
        OwnStudyError: The account has no part in that study, or its person withdrew from it.
    """
    own = own_studies(session=session, account_id=identity.account_id)
    if study_id not in {each.study.id for each in own}:
        raise OwnStudyError(say("You have no part in that study."))
    if study_id == identity.study_id:
        return
    session.exec(
        update(SignIn)
        .where(
            col(SignIn.id) == identity.sign_in_id,
            col(SignIn.account_id) == identity.account_id,
            col(SignIn.revoked_at).is_(None),
        )
        .values(study_id=study_id, knows_pin_at=None)
    )
    record(
        "study.entered",
        session=session,
        study_id=study_id,
        account_id=identity.account_id,
        subject="sign_in",
        subject_id=identity.sign_in_id,
    )


def join(*, session: Session, identity: Identity, token: str) -> Study:
    """Give an account the part in a study that an unused invitation is for.

    The invitation's own account has never come in, so that nothing is lost with it.

    Args:
        session: The caller's transaction.
        identity: Who brings it.
        token: The code, or the whole link.

    Raises:
        OwnStudyError: It opens nothing any more, was used before, or is for a part that the account
            has already.
    """
    try:
        found = entering.find(session=session, token=token.strip().rstrip("/").rpartition("/")[2])
        member = session.get(Membership, found.membership_id) if found else None
    except EnteringError:
        member = None
    if found is None or member is None or found.used_at is not None:
        raise OwnStudyError(
            say("This link or code was used before, or does not work. Please ask for a new one.")
        )
    _check_free(member, identity, session=session)
    before = member.account_id
    member.account_id = identity.account_id
    found.used_at = now()
    session.add_all([member, found])
    session.flush()
    others = session.exec(select(Membership.id).where(Membership.account_id == before)).first()
    if others is None:
        session.delete(session.get_one(Account, before))
    record(
        "study.joined",
        session=session,
        study_id=member.study_id,
        account_id=identity.account_id,
        subject="membership",
        subject_id=member.id,
    )
    return session.get_one(Study, member.study_id)


def _check_free(member: Membership, identity: Identity, *, session: Session) -> None:
    """Make sure that nobody came in as this member, and that the account is not there already."""
    came = session.exec(select(SignIn.id).where(SignIn.account_id == member.account_id)).first()
    used = session.exec(
        select(Invite.id).where(Invite.membership_id == member.id, col(Invite.used_at).is_not(None))
    ).first()
    if came is not None or used is not None:
        raise OwnStudyError(
            say("Somebody has come in with this invitation already. Please ask for a new one.")
        )
    own = session.exec(
        select(Membership).where(
            Membership.account_id == identity.account_id, Membership.study_id == member.study_id
        )
    ).all()
    if any(each.role == member.role or (each.person_id and member.person_id) for each in own):
        raise OwnStudyError(say("You have this part in that study already."))
