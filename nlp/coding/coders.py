"""Who codes: what coders are called where several have marked the same text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session, col, select

from data.tables import Account, CodedText, Coding, Membership


@dataclass(frozen=True)
class Coder:
    """Somebody who codes.

    Attributes:
        id: Their account.
        number: Counted in the order in which they came to the study.
        label: What they are called; empty where nobody said.
        here: Whether they may still come in as a researcher.
    """

    id: UUID
    number: int
    label: str
    here: bool


def coders(*, session: Session, study_id: UUID) -> dict[UUID, Coder]:
    """Return a study's researchers, and everybody else who has marked or finished a text of it."""
    rows = session.exec(
        select(Account, Membership.created_at)
        .join(Membership, col(Membership.account_id) == col(Account.id))
        .where(Membership.study_id == study_id, Membership.role == "researcher")
        .order_by(col(Membership.created_at), col(Account.id))
    ).all()
    accounts = [account for account, _ in rows]
    known = {account.id for account in accounts}
    gone = sorted(_who_coded(session=session, study_id=study_id) - known)
    left = session.exec(select(Account).where(col(Account.id).in_(gone))).all()
    everybody = [*accounts, *sorted(left, key=lambda each: (each.created_at, each.id))]
    return {
        account.id: Coder(
            account.id, number, account.label, account.id in known and not account.disabled
        )
        for number, account in enumerate(everybody, start=1)
    }


def _who_coded(*, session: Session, study_id: UUID) -> set[UUID]:
    """Return the accounts that marked or finished something."""
    found: Iterable[UUID | None] = [
        *session.exec(select(Coding.account_id).where(Coding.study_id == study_id).distinct()),
        *session.exec(
            select(CodedText.account_id).where(CodedText.study_id == study_id).distinct()
        ),
    ]
    return {each for each in found if each}
