"""A reviewer's comment, kept key by key as it is written."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from sqlmodel import Session

from data.tables import Review
from data.tables.base import now
from i18n import say
from survey.applying.reviewing import LONGEST_COMMENT, ReviewError, ToRead, own_review

STEP = timedelta(milliseconds=1)


class StaleCommentError(ReviewError):
    """Another tab has written since; `current` is the review as it stands."""

    def __init__(self, current: Review) -> None:
        super().__init__(say("This was changed on another device or in another tab."))
        self.current = current


def revision_of(review: Review | None) -> int:
    """Return which state of the comment this is: it grows with every change; 0 for none yet."""
    if review is None or not review.comment:
        return 0
    return round(review.updated_at.timestamp() * 1000)


def comment(
    found: ToRead, text: str, *, revision: int, session: Session, account_id: UUID
) -> Review:
    """Keep what a reviewer writes about an application.

    Args:
        found: From the reviewer's own pile.
        text: The whole comment.
        revision: The state that the text was based on, 0 for none.
        session: The caller's transaction.
        account_id: The reviewer.

    Raises:
        StaleCommentError: Another text was written meanwhile; nothing was changed.
        ReviewError: The comment is too long, or the review is finished.
    """
    if len(text) > LONGEST_COMMENT:
        raise ReviewError(say("The comment is longer than {most} letters.", most=LONGEST_COMMENT))
    review = own_review(found.application.id, account_id, session=session)
    session.refresh(review, with_for_update=True)
    if review.comment == text:
        return review
    if review.finished_at is not None:
        raise ReviewError(say("You have finished this one. Take it up again to change it."))
    if review.comment and revision_of(review) != revision:
        raise StaleCommentError(review)
    review.comment = text
    review.updated_at = max(now(), review.updated_at + STEP)
    session.add(review)
    return review
