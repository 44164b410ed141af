"""Reading interviews: all of a study, the turns of one, a page of them."""

from __future__ import annotations

from uuid import UUID

from sqlmodel import Session, col, func, select

from data.tables import Interview, Turn
from i18n import say
from survey.interviews.refusal import InterviewError


def interviews_of(*, session: Session, study_id: UUID) -> list[tuple[Interview, int]]:
    """Return the interviews of a study, newest first, with their number of turns."""
    found = session.exec(
        select(Interview, func.count(col(Turn.id)))
        .outerjoin(Turn, col(Turn.interview_id) == col(Interview.id))
        .where(Interview.study_id == study_id)
        .group_by(col(Interview.id))
        .order_by(col(Interview.created_at).desc())
    ).all()
    return [(interview, count) for interview, count in found]


def turns_of(*, session: Session, interview_id: UUID) -> list[Turn]:
    """Return the turns of an interview in the order they were spoken."""
    return list(
        session.exec(
            select(Turn).where(Turn.interview_id == interview_id).order_by(col(Turn.position))
        ).all()
    )


def labels_in(*, session: Session, interview_id: UUID) -> list[str]:
    """Return the labels of an interview in the order in which they first speak."""
    found = session.exec(
        select(Turn.speaker)
        .where(Turn.interview_id == interview_id)
        .group_by(col(Turn.speaker))
        .order_by(func.min(Turn.position))
    ).all()
    return list(found)


def count_of(*, session: Session, interview_id: UUID) -> int:
    """Count the turns of an interview."""
    return session.exec(
        select(func.count(col(Turn.id))).where(Turn.interview_id == interview_id)
    ).one()


def page_of(*, session: Session, interview_id: UUID, page: int, size: int) -> list[Turn]:
    """Return some turns of an interview: `size` of them, after `page` times as many."""
    return list(
        session.exec(
            select(Turn)
            .where(Turn.interview_id == interview_id)
            .order_by(col(Turn.position))
            .offset(page * size)
            .limit(size)
        ).all()
    )


def before(*, session: Session, turn: Turn) -> int:
    """Count the turns that come before a turn."""
    return session.exec(
        select(func.count(col(Turn.id))).where(
            Turn.interview_id == turn.interview_id, Turn.position < turn.position
        )
    ).one()


def interview_in(*, session: Session, study_id: UUID, interview_id: UUID) -> Interview:
    """Return an interview of a study.

    Raises:
        InterviewError: The study has no such interview.
    """
    interview = session.get(Interview, interview_id)
    if interview is None or interview.study_id != study_id:
        raise InterviewError(say("This interview is not here any more."))
    return interview
