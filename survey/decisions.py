"""Decisions: the shot, the scene or the purchase that several accounts speak of."""

from __future__ import annotations

import unicodedata
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from data.tables import Decision


def key_of(label: str) -> str:
    """Return what makes two labels the same decision: case, width and spacing do not matter."""
    return " ".join(unicodedata.normalize("NFKC", label).casefold().split())[:200]


def decision(*, session: Session, study_id: UUID, label: object) -> Decision | None:
    """Return the decision with a label, made if it is new; none for a blank label."""
    if not isinstance(label, str) or not key_of(label):
        return None
    found = _known(session=session, study_id=study_id, label=label)
    if found is None:
        found = Decision(study_id=study_id, key=key_of(label), label=label.strip()[:200])
        try:
            with session.begin_nested():
                session.add(found)
        except IntegrityError:  # somebody else has just named it
            found = _known(session=session, study_id=study_id, label=label)
    return found


def _known(*, session: Session, study_id: UUID, label: str) -> Decision | None:
    return session.exec(
        select(Decision).where(Decision.study_id == study_id, Decision.key == key_of(label))
    ).first()


def labels(*, session: Session, study_id: UUID) -> list[str]:
    """Return the labels known so far, newest first, to choose from while writing."""
    return list(
        session.exec(
            select(Decision.label)
            .where(Decision.study_id == study_id)
            .order_by(col(Decision.created_at).desc())
        ).all()
    )
