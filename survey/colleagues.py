"""Who works on a study: their roles, giving them one and taking it away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, and_, col, func, or_, select, update

from data.history import record
from data.tables import Account, Invite, Membership, SignIn
from data.tables.base import now
from i18n import Refusal, say
from survey import entering
from survey.entering import ROLES, Role

WORKING: tuple[Role, ...] = tuple(role for role in ROLES if role != "participant")
"""The roles of those who work on a study."""


class ColleagueError(Refusal):
    """The role cannot be given or taken away like this."""


@dataclass(frozen=True)
class Colleague:
    """One role of one account in a study.

    Attributes:
        membership: The role.
        label: What the account is called among colleagues; may be empty.
        invited_at: When the last open invitation was made; None where there is none.
        seen_at: When a device of the account was last in this study; None where none ever was.
    """

    membership: Membership
    label: str
    invited_at: datetime | None
    seen_at: datetime | None


def colleagues(*, session: Session, study_id: UUID) -> list[Colleague]:
    """Return who works on a study, by role; accounts that were never let in are left out."""
    members = session.exec(
        select(Membership, Account.label)
        .join(Account, col(Account.id) == col(Membership.account_id))
        .where(Membership.study_id == study_id, col(Membership.role).in_(WORKING))
        .order_by(col(Membership.created_at))
    ).all()
    invited = dict(
        session.exec(
            select(Invite.membership_id, func.max(Invite.created_at))
            .join(Membership, col(Membership.id) == col(Invite.membership_id))
            .where(
                Membership.study_id == study_id,
                col(Invite.revoked_at).is_(None),
                col(Invite.used_at).is_(None),
            )
            .group_by(col(Invite.membership_id))
        ).all()
    )
    accounts = {member.account_id for member, _ in members}
    seen: dict[UUID, datetime] = dict(
        session.exec(
            select(SignIn.account_id, func.max(func.coalesce(SignIn.seen_at, SignIn.created_at)))
            .where(col(SignIn.account_id).in_(accounts), SignIn.study_id == study_id)
            .group_by(col(SignIn.account_id))
        ).all()
    )
    came = set(
        session.exec(select(SignIn.account_id).where(col(SignIn.account_id).in_(accounts))).all()
    )
    known = [
        Colleague(member, label, invited.get(member.id), seen.get(member.account_id))
        for member, label in members
        if member.id in invited or member.account_id in came
    ]
    return sorted(known, key=lambda each: WORKING.index(_role(each.membership)))


def _role(membership: Membership) -> Role:
    return next(role for role in ROLES if role == membership.role)


def invite_colleague(
    *, session: Session, study_id: UUID, role: Role, label: str = "", account_id: UUID | None = None
) -> str:
    """Make an account with a role and return the token with which it comes in, once."""
    made = entering.open_account(
        session=session, study_id=study_id, role=role, label=label.strip()[:80]
    )
    return entering.invite(session=session, membership=made, once=True, account_id=account_id)


def give_role(
    *,
    session: Session,
    study_id: UUID,
    account_id: UUID,
    role: Role,
    by: UUID | None = None,
) -> Membership:
    """Give an account a role in a study; one that it has already stays as it is."""
    known = session.exec(
        select(Membership).where(
            Membership.account_id == account_id,
            Membership.study_id == study_id,
            Membership.role == role,
        )
    ).first()
    if known:
        return known
    made = Membership(account_id=account_id, study_id=study_id, role=role)
    session.add(made)
    session.flush()
    record(
        "role.given", session=session, study_id=study_id, account_id=by,
        subject="membership", subject_id=made.id, role=role,
    )  # fmt: skip
    return made


def remove_role(
    *, session: Session, study_id: UUID, membership_id: UUID, by: UUID | None = None
) -> None:
    """Take a role away; devices that came in for it, or have no role left here, are signed out.

    Raises:
        ColleagueError: It is no role of a colleague in this study, or that of the last coordinator
            who comes in.
    """
    member = session.get(Membership, membership_id)
    if member is None or member.study_id != study_id or member.role not in WORKING:
        raise ColleagueError(say("This role is already taken away."))
    if member.role == "coordinator" and not _others_coordinate(member, session=session):
        raise ColleagueError(
            say(
                "A study needs a coordinator. Invite another one, and wait until they have come in."
            )
        )
    invites = session.exec(select(Invite.id).where(Invite.membership_id == member.id)).all()
    other_roles = session.exec(
        select(Membership.id).where(
            Membership.account_id == member.account_id,
            Membership.study_id == study_id,
            Membership.id != member.id,
        )
    ).first()
    here = and_(col(SignIn.account_id) == member.account_id, col(SignIn.study_id) == study_id)
    through = col(SignIn.invite_id).in_(invites)
    gone = through if other_roles else or_(through, here)
    session.exec(
        update(SignIn).where(gone, col(SignIn.revoked_at).is_(None)).values(revoked_at=now())
    )
    record(
        "role.removed", session=session, study_id=study_id, account_id=by,
        subject="membership", subject_id=member.id, role=member.role,
    )  # fmt: skip
    session.delete(member)
    session.flush()


def _others_coordinate(member: Membership, *, session: Session) -> bool:
    """Tell whether another coordinator of the study has come in before."""
    other = session.exec(
        select(Membership.id)
        .join(SignIn, col(SignIn.account_id) == col(Membership.account_id))
        .where(
            Membership.study_id == member.study_id,
            Membership.role == "coordinator",
            Membership.account_id != member.account_id,
        )
    ).first()
    return other is not None
