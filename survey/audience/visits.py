"""What is known of a visit beside its answers."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlmodel import Session, col, delete, select

from data.tables import PublicLink, Visit


def forget(*, session: Session, person_id: UUID) -> None:
    """Forget through which link, and on which device, somebody answered, and their receipt."""
    session.exec(delete(Visit).where(col(Visit.person_id) == person_id))


def held(*, session: Session, person_id: UUID) -> dict[str, Any] | None:
    """Return what is known of the visit of a person, as plain data; None where there was none."""
    found = session.exec(
        select(Visit, PublicLink)
        .join(PublicLink, col(PublicLink.id) == col(Visit.link_id))
        .where(Visit.person_id == person_id)
    ).first()
    if found is None:
        return None
    visit, link = found
    return {
        "at": visit.created_at.isoformat(),
        "questionnaire": link.questionnaire,
        "through": link.kind,
        "device_noted": bool(visit.device),
    }
