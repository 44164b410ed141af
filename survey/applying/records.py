"""What is held about one applicant besides their form, and forgetting it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlmodel import Session, col, delete, select, update

from data.tables import Application, Review
from survey.applying.posting import letters_of
from survey.applying.states import State


def forget(*, session: Session, person_id: UUID) -> None:
    """Delete the application of a person with its reviews and letters, and cut its ties.

    Of a participant the tie to their application goes, which then says that they do not come: the
    application is theirs to withdraw by itself.
    """
    session.exec(delete(Application).where(col(Application.person_id) == person_id))
    session.exec(
        update(Application)
        .where(col(Application.participant_id) == person_id)
        .values(participant_id=None, team_id=None, role="", state=State.DECLINED.value)
    )


def held(*, session: Session, person_id: UUID) -> dict[str, Any] | None:
    """Return what is held about a person's application as plain data; moments are UTC.

    What reviewers think is in it, without who, as soon as the application is answered.
    """
    found = session.exec(select(Application).where(Application.person_id == person_id)).first()
    if found is None:
        return None
    answered = State(found.state) not in {State.DRAFT, State.SENT, State.SHORT}
    reviews = (
        session.exec(
            select(Review)
            .where(Review.application_id == found.id, col(Review.finished_at).is_not(None))
            .order_by(col(Review.id))
        ).all()
        if answered
        else []
    )
    return {
        "state": found.state,
        "begun_at": found.created_at.isoformat(),
        "address_confirmed_at": found.confirmed_at and found.confirmed_at.isoformat(),
        "sent_at": found.sent_at and found.sent_at.isoformat(),
        "answered_at": found.answered_at and found.answered_at.isoformat(),
        "became_a_participant": found.participant_id is not None,
        "reviews": [{"scores": each.scores, "comment": each.comment} for each in reviews],
        "letters": [
            {
                "kind": letter.kind,
                "what": letter.what,
                "subject": letter.subject,
                "text": letter.text,
                "what_became_of_it": letter.status,
                "at": letter.sent_at and letter.sent_at.isoformat(),
            }
            for letter in letters_of(found, session=session)
        ],
    }
