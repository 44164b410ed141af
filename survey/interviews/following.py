"""Passages follow the text they lie in, at once and without understanding it.

When a text changes, passages whose sentences stayed as they were keep their identity and are moved
to where they now lie; the others go, and with them what could still be read in them. What then has
no passage is cut and masked by the worker before the next themes are found (`nlp.gathering`).
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session, col, select

from data.tables import Interview, Passage, Turn
from survey.anchoring import Stretch, equal_runs, pieces
from survey.forgetting import forget_passages
from survey.interviews.speakers import who
from survey.marked import settle_codings


def moved(spans: Sequence[tuple[int, int]], old: str, new: str) -> list[int | None]:
    """Say how far each stretch of a text has moved in its new version.

    Args:
        spans: Start and end of each stretch in the old text.
        old: The text before.
        new: The text after.

    Returns:
        For each stretch the number of code points it moved by, None where it is not there any more
        as it was.
    """
    before, after = pieces(old), pieces(new)
    shifts = _shifts(before, after)
    found: list[int | None] = []
    for start, end in spans:
        touched = {
            shifts.get(index)
            for index, piece in enumerate(before)
            if piece.start < end and start < piece.end
        }
        shift = touched.pop() if len(touched) == 1 else None
        same = shift is not None and new[start + shift : end + shift] == old[start:end]
        found.append(shift if same else None)
    return found


def _shifts(before: Sequence[Stretch], after: Sequence[Stretch]) -> dict[int, int]:
    """Pair equal pieces in order; for each such piece of the old text, how far it moved."""
    return {
        ours + step: after[theirs + step].start - before[ours + step].start
        for ours, theirs, length in equal_runs(before, after)
        for step in range(length)
    }


def passages_of(*, session: Session, turn_id: UUID) -> list[Passage]:
    """Return the passages of a turn in order."""
    return list(
        session.exec(
            select(Passage).where(Passage.turn_id == turn_id).order_by(col(Passage.start))
        ).all()
    )


def follow(passages: Sequence[Passage], before: str, after: str, *, session: Session) -> None:
    """Move the passages of a changed text along with it, and forget those that changed."""
    spans = [(passage.start, passage.end) for passage in passages]
    lost: list[Passage] = []
    for passage, shift in zip(passages, moved(spans, before, after), strict=True):
        if shift is None:
            lost.append(passage)
        else:
            passage.start += shift
            passage.end += shift
            session.add(passage)
    session.flush()
    forget_passages(lost, session=session)


def settle(interview: Interview, *, session: Session, turn: Turn | None = None) -> None:
    """Give passages and codings to whoever now speaks them; what nobody speaks has no passages.

    Args:
        interview: The interview.
        session: The caller's transaction.
        turn: The turn whose passages are meant; all of the interview by default.
    """
    session.flush()
    settle_codings(interview, session=session, turn=turn)
    wanted = select(Passage, Turn.speaker).join(Turn, col(Turn.id) == col(Passage.turn_id))
    only = Turn.id == turn.id if turn else Turn.interview_id == interview.id
    lost: list[Passage] = []
    for passage, speaker in session.exec(wanted.where(only)).all():
        person = who(interview, speaker).get("person")
        if person is None:
            lost.append(passage)
        else:
            passage.person_id = UUID(person)
            passage.day = interview.day
            session.add(passage)
    session.flush()
    forget_passages(lost, session=session)
