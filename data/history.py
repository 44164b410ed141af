"""The record of who did what to what and when."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlmodel import Session

from data.tables import AuditEvent


def record(
    action: str,
    *,
    session: Session,
    study_id: UUID | None = None,
    account_id: UUID | None = None,
    subject: str = "",
    subject_id: UUID | None = None,
    **details: Any,  # noqa: ANN401 - counts, codes and file names of any plain type
) -> None:
    """Add an event to the history.

    Args:
        action: A verb and its object, such as `names.read` or `questionnaire.published`.
        session: The caller's transaction: the event is kept if and only if the change is.
        study_id: The study it happened in.
        account_id: Who did it; none for the server itself.
        subject: The kind of thing it was done to.
        subject_id: Its key.
        details: Plain facts; never a name, never an answer.
    """
    session.add(
        AuditEvent(
            action=action,
            study_id=study_id,
            account_id=account_id,
            subject=subject,
            subject_id=subject_id,
            details=details,
        )
    )
