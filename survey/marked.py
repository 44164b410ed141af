"""What coders marked in a text follows it, at once and without understanding it.

Codings whose words stayed are moved to where the words now lie. The others are lost: they are
listed for their coder with what stands there now, and the old words are kept nowhere, because a
correction may be made to take them away.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlmodel import Session, col, delete, select

from data.tables import CodedText, Coding, CodingTalk, Interview, Turn
from data.tables.base import now
from survey.anchoring import anchored
from survey.interviews.speakers import who

Marks = list[Coding | CodingTalk]
"""What is said of stretches of a text."""


def _in_turn(turn_id: UUID, *, session: Session) -> Marks:
    return [
        *session.exec(select(Coding).where(Coding.turn_id == turn_id)),
        *session.exec(select(CodingTalk).where(CodingTalk.turn_id == turn_id)),
    ]


def follow_turn(turn_id: UUID, before: str, after: str, *, session: Session) -> None:
    """Move what is marked in a turn along with its corrected text."""
    _follow(_in_turn(turn_id, session=session), before, after, session=session)


def follow_answer(
    response_id: UUID, path: str, before: object, after: object, *, session: Session
) -> None:
    """Move what is marked in an answer along; what is no text any more, or not there, is empty."""
    old, new = (value if isinstance(value, str) else "" for value in (before, after))
    here = (Coding.response_id == response_id, Coding.path == path)
    there = (CodingTalk.response_id == response_id, CodingTalk.path == path)
    found: Marks = [
        *session.exec(select(Coding).where(*here)),
        *session.exec(select(CodingTalk).where(*there)),
    ]
    _follow(found, old, new, session=session)


def _follow(found: Marks, before: str, after: str, *, session: Session) -> None:
    places = anchored([(each.start, each.end) for each in found], before, after) if found else []
    for each, place in zip(found, places, strict=True):
        each.start, each.end = place.start, place.end
        if place.lost and isinstance(each, Coding) and each.lost_at is None:
            each.lost_at = now()
        session.add(each)
    session.flush()


def part(turn: Turn, made: Turn, *, end: int, begin: int, session: Session) -> None:
    """Share what is marked in a turn among the two that were made of it.

    What reaches over the cut is marked in both.

    Args:
        turn: The first.
        made: The second.
        end: Where the first now ends, in code points of the text before.
        begin: Where the second begins there.
        session: The caller's transaction.
    """
    for each in _in_turn(turn.id, session=session):
        if each.start >= begin:
            each.turn_id = made.id
            each.start, each.end = each.start - begin, each.end - begin
        elif each.end > end:
            if isinstance(each, Coding) and each.end > begin:
                own = {"turn_id": made.id, "start": 0, "end": each.end - begin}
                session.add(Coding(**_copied(each) | own))
            each.start, each.end = min(each.start, end), end
        session.add(each)
    for read in session.exec(select(CodedText).where(CodedText.turn_id == turn.id)).all():
        session.add(CodedText(**_copied(read) | {"turn_id": made.id}))
    session.flush()


def _copied(row: Coding | CodedText) -> dict[str, Any]:
    return {name: value for name, value in row.model_dump().items() if name != "id"}


def join(turn: Turn, other: Turn, *, begin: int, session: Session) -> None:
    """Give what is marked in a turn to the one before it, of which it becomes part.

    Whoever has not finished both has not finished what they became.

    Args:
        turn: The first.
        other: The second, which goes.
        begin: Where its text begins in what both became.
        session: The caller's transaction.
    """
    for each in _in_turn(other.id, session=session):
        each.turn_id = turn.id
        each.start, each.end = each.start + begin, each.end + begin
        session.add(each)
    session.flush()
    both = select(CodedText.account_id).where(CodedText.turn_id == other.id)
    session.exec(
        delete(CodedText).where(
            col(CodedText.turn_id) == turn.id, col(CodedText.account_id).not_in(both)
        )
    )


def forget_turn(turn_id: UUID, *, session: Session) -> None:
    """Delete what is marked in a turn whose words were taken away for good."""
    for table in (Coding, CodingTalk, CodedText):
        session.exec(delete(table).where(col(table.turn_id) == turn_id))


def settle_codings(interview: Interview, *, session: Session, turn: Turn | None = None) -> None:
    """Say of codings whose words they mark; nobody's where nobody of the study speaks the turn.

    Args:
        interview: The interview.
        session: The caller's transaction.
        turn: The turn that is meant; all of the interview by default.
    """
    only = Turn.id == turn.id if turn else Turn.interview_id == interview.id
    wanted = select(Coding, Turn.speaker).join(Turn, col(Turn.id) == col(Coding.turn_id))
    for coding, speaker in session.exec(wanted.where(only)).all():
        person = who(interview, speaker).get("person")
        coding.person_id = UUID(person) if person else None
        session.add(coding)
    session.flush()
