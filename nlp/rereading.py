"""What researchers should read again, because words that were taken back went out of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from data.tables import AuditEvent, ChapterText, Memo, ThemeEdit
from nlp.results import Found
from survey.extracts import GONE, TAKEN_OUT


@dataclass(frozen=True)
class Shortened:
    """Texts that somebody's words were taken out of, and that nobody wrote anew since.

    Attributes:
        paragraphs: Of the authors, for the chapter.
        memos: On themes and passages.
        names: Themes whose name it is.
        descriptions: Themes whose description it is.
    """

    paragraphs: Sequence[ChapterText]
    memos: Sequence[Memo]
    names: Sequence[int]
    descriptions: Sequence[int]

    def __len__(self) -> int:
        """Return how many there are."""
        parts = (self.paragraphs, self.memos, self.names, self.descriptions)
        return sum(len(part) for part in parts)


def shortened(found: Found | None, *, session: Session, study_id: UUID) -> Shortened:
    """Find the texts of a study that a withdrawal or a correction took words out of.

    Args:
        found: The newest run as people decided it; None where there is none.
        session: Where to read.
        study_id: The study.
    """
    taken = _taken(session=session, study_id=study_id)
    paragraphs = session.exec(
        select(ChapterText)
        .where(ChapterText.study_id == study_id, col(ChapterText.text).contains(GONE))
        .order_by(col(ChapterText.key), col(ChapterText.language))
    )
    memos = session.exec(
        select(Memo)
        .where(Memo.study_id == study_id, col(Memo.text).contains(GONE))
        .order_by(col(Memo.created_at))
    )
    return Shortened(
        paragraphs=[row for row in paragraphs if _untouched(row, taken)],
        memos=[row for row in memos if _untouched(row, taken)],
        names=_decided("name", found, taken),
        descriptions=_decided("description", found, taken),
    )


def _untouched(row: ChapterText | Memo, taken: dict[UUID, datetime]) -> bool:
    """Whether words were taken out of a text and nobody wrote it anew since."""
    return row.id in taken and row.changed_at <= taken[row.id]


def _taken(*, session: Session, study_id: UUID) -> dict[UUID, datetime]:
    """Return when words were last taken out of each text."""
    found = session.exec(
        select(AuditEvent)
        .where(AuditEvent.study_id == study_id, AuditEvent.action == TAKEN_OUT)
        .order_by(col(AuditEvent.at))
    )
    return {event.subject_id: event.at for event in found if event.subject_id}


def _decided(kind: str, found: Found | None, taken: dict[UUID, datetime]) -> list[int]:
    """Return the themes whose name or description lacks words, that of a run before included."""
    if found is None:
        return []
    texts = found.decisions.names if kind == "name" else found.decisions.descriptions
    return [
        theme
        for theme, said in sorted(texts.items())
        if any(GONE in text for text in said.values())
        and _touched(found.decisions.edits[kind, theme], taken)
    ]


def _touched(edit: ThemeEdit, taken: dict[UUID, datetime]) -> bool:
    """Whether words were taken out of a decision, or may have been before it was carried over."""
    return edit.id in taken or edit.carried
