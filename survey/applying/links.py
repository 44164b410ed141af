"""The private link of an application: the same in every letter, and kept nowhere.

It follows from the application under the server's seal, so that a letter can be written again and
the database alone opens nothing; behind it is an ordinary personal link.
"""

from __future__ import annotations

from uuid import UUID, uuid4

from sqlmodel import Session, select

from data.tables import Application, Membership
from settings import settings
from survey import entering
from survey.sealing import seal

PURPOSE = "application"


def membership_of(application: Application, *, session: Session) -> Membership:
    """Return the way in of an applicant."""
    return session.exec(
        select(Membership).where(
            Membership.study_id == application.study_id,
            Membership.person_id == application.person_id,
            Membership.role == "participant",
        )
    ).one()


def link_of(application: Application, *, session: Session) -> str:
    """Return the address that opens an application, made anew where it was closed."""
    membership = membership_of(application, session=session)
    token = seal(PURPOSE, application.link)
    if entering.find(session=session, token=token) is None:
        if entering.known(session=session, token=token):
            application.link = uuid4()
            session.add(application)
            token = seal(PURPOSE, application.link)
        entering.invite(session=session, membership=membership, token=token)
    return f"{settings().public_url}/enter/{token}"


def replace_link(
    application: Application, *, session: Session, account_id: UUID | None = None
) -> str:
    """Close the link of an application, sign its devices out, and return another one."""
    membership = membership_of(application, session=session)
    entering.revoke(session=session, membership=membership, account_id=account_id)
    return link_of(application, session=session)
