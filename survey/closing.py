"""Closing a study: from then on it is read and no longer written (`data.closed`)."""

from __future__ import annotations

from uuid import UUID

from sqlmodel import Session

from data.closed import letting
from data.history import record
from data.tables import Study
from data.tables.base import now
from survey.studies import family


def close(study: Study, *, session: Session, account_id: UUID | None = None) -> bool:
    """Close a study with what belongs to it; tell whether it was open."""
    return _set(study, True, "study.closed", session=session, account_id=account_id)


def reopen(study: Study, *, session: Session, account_id: UUID | None = None) -> bool:
    """Open a closed study again with what belongs to it; tell whether it was closed."""
    return _set(study, False, "study.reopened", session=session, account_id=account_id)


def _set(
    study: Study, closed: bool, action: str, *, session: Session, account_id: UUID | None
) -> bool:
    if (study.closed_at is not None) == closed:
        return False
    moment = now() if closed else None
    with letting(session):
        for each in family(study, session=session):
            each.closed_at = moment
            session.add(each)
        record(
            action, session=session, study_id=study.id, account_id=account_id,
            subject="study", subject_id=study.id,
        )  # fmt: skip
    return True
