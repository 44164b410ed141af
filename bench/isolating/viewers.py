"""Who looks: one person of each role in the first study, a visitor, and somebody in both."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session, col, select

from bench.isolating.other_study import Other
from data.tables import Invite, Membership, Person, Study
from survey import entering
from survey.colleagues import WORKING, give_role
from survey.entering import ROLES


@dataclass(frozen=True)
class Viewer:
    """Somebody who looks, and their cookie; a visitor has none."""

    name: str
    cookie: str | None


def viewers(study: Study, other: Other, *, session: Session) -> list[Viewer]:
    """Make one of each role, one with every role in both studies, and a visitor."""
    found = [Viewer("visitor", None)]
    for role in ROLES:
        member = _member(study, role, session=session)
        found.append(Viewer(role, _cookie(member, session=session)))
    found.append(Viewer("both", in_both(study, other, session=session)))
    return found


def native(other: Other, *, session: Session) -> Viewer:
    """Make somebody who works on the other study in every role: they see what must stay there."""
    member = entering.open_account(session=session, study_id=other.study_id, role="coordinator")
    for role in WORKING:
        give_role(session=session, study_id=other.study_id, account_id=member.account_id, role=role)
    return Viewer("native", _cookie(member, session=session))


def in_both(study: Study, other: Other, *, session: Session) -> str:
    """Make somebody with every role in both studies, signed in to the first; return the cookie.

    Their code in the other study is among its `names` from now on: it is theirs to see.
    """
    mine = _participants(study.id, session=session)[-1]
    other.names.append(session.get_one(Person, other.twins[_person(mine)]).code)
    theirs = session.exec(
        select(Membership).where(Membership.person_id == other.twins[_person(mine)])
    ).one()
    theirs.account_id = mine.account_id
    session.add(theirs)
    for study_id in (study.id, other.study_id):
        for role in WORKING:
            give_role(session=session, study_id=study_id, account_id=mine.account_id, role=role)
    return _cookie(mine, session=session)


def _person(member: Membership) -> UUID:
    assert member.person_id is not None
    return member.person_id


def _participants(study_id: UUID, *, session: Session) -> list[Membership]:
    return list(
        session.exec(
            select(Membership)
            .join(Person, col(Person.id) == col(Membership.person_id))
            .where(
                Membership.study_id == study_id,
                Membership.role == "participant",
                col(Person.withdrawn_at).is_(None),
            )
            .order_by(col(Person.code))
        ).all()
    )


def _member(study: Study, role: entering.Role, *, session: Session) -> Membership:
    if role == "participant":
        return _participants(study.id, session=session)[0]
    return entering.open_account(session=session, study_id=study.id, role=role)


def _cookie(member: Membership, *, session: Session) -> str:
    token = entering.invite(session=session, membership=member, once=True)
    cookie = entering.enter(session=session, token=token, device="bench")
    session.flush()
    assert session.exec(select(Invite).where(Invite.membership_id == member.id)).first()
    return cookie
