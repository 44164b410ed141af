"""The account with which somebody applies."""

from __future__ import annotations

from uuid import UUID

from sqlmodel import Session, select

from data.tables import Membership, Person


def account_of(person: Person, *, session: Session) -> UUID | None:
    """Return the account of an applicant, under which their drafts and files are kept."""
    return session.exec(
        select(Membership.account_id).where(
            Membership.person_id == person.id, Membership.study_id == person.study_id
        )
    ).first()
