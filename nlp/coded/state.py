"""What tells that the marks of a study changed, without reading them."""

from __future__ import annotations

from uuid import UUID

from sqlmodel import Session, col, func, select

from data.tables import CodedText, CodeEdit, Coding, Passage, Person


def state_of(*, session: Session, study_id: UUID) -> tuple[str, ...]:
    """Return something that changes whenever codes, marks or the texts below them do."""
    marks = session.exec(
        select(
            func.count(col(Coding.id)),
            func.max(col(Coding.created_at)),
            func.max(col(Coding.removed_at)),
            func.max(col(Coding.lost_at)),
        ).where(Coding.study_id == study_id)
    ).one()
    # An undone removal leaves the same newest one, but one more mark that stands.
    standing = session.exec(
        select(func.count(col(Coding.id)), func.sum(col(Coding.start) + col(Coding.end))).where(
            Coding.study_id == study_id,
            col(Coding.removed_at).is_(None),
            col(Coding.lost_at).is_(None),
        )
    ).one()
    counted = [
        session.exec(select(func.count(col(table.id))).where(table.study_id == study_id)).one()
        for table in (CodedText, CodeEdit, Passage, Person)
    ]
    return tuple(map(str, (*marks, *standing, *counted)))
