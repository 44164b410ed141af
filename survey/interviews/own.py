"""What one person said in interviews: for themselves to read, correct and take back."""

from __future__ import annotations

from uuid import UUID

from sqlmodel import Session, col, select

from data.tables import Interview, Person, Turn
from i18n import say
from survey.interviews.refusal import InterviewError
from survey.interviews.speakers import who

BY_THEMSELF = "by the person"
"""The reason of a correction that the interviewed person made."""


def spoken_by(person: Person, *, session: Session) -> list[Interview]:
    """Return the interviews in which a person speaks, newest first.

    One whose day nobody has said counts from when it was entered.
    """
    found = session.exec(select(Interview).where(Interview.study_id == person.study_id)).all()
    mine = [interview for interview in found if labels_of_person(interview, person)]
    return sorted(
        mine,
        key=lambda each: (each.day or each.created_at.date(), each.created_at),
        reverse=True,
    )


def labels_of_person(interview: Interview, person: Person) -> list[str]:
    """Return the labels under which a person speaks in an interview."""
    return [
        label
        for label in interview.speakers
        if who(interview, label).get("person") == str(person.id)
    ]


def own_turns(interview: Interview, person: Person, *, session: Session) -> list[Turn]:
    """Return what a person said in an interview, in order."""
    return list(
        session.exec(
            select(Turn)
            .where(
                Turn.interview_id == interview.id,
                col(Turn.speaker).in_(labels_of_person(interview, person)),
            )
            .order_by(col(Turn.position))
        ).all()
    )


def own_turn(turn_id: UUID, person: Person, *, session: Session) -> Turn:
    """Return a turn if this person spoke it.

    Raises:
        InterviewError: Somebody else did, or it is gone.
    """
    turn = session.get(Turn, turn_id)
    interview = session.get(Interview, turn.interview_id) if turn else None
    mine = interview and turn and turn.speaker in labels_of_person(interview, person)
    if turn is None or not mine:
        raise InterviewError(say("These words are not here any more, or not yours."))
    return turn
