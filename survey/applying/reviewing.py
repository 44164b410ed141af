"""Reviewers: what each has to read, their scores and comments, and whom they must not judge."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID, uuid5

from sqlmodel import Session, col, delete, select

from data.adding import add_once
from data.history import record
from data.tables import Account, Application, Call, Conflict, Membership, Person, Response, Review
from data.tables.base import now
from i18n import Refusal, say
from survey.applying.calls import criteria_of, sent_form
from survey.applying.states import HERE

LONGEST_COMMENT = 5000


class ReviewError(Refusal):
    """The application cannot be judged so."""


@dataclass(frozen=True)
class ToRead:
    """One application as it lies on a reviewer's pile.

    Attributes:
        application: Which.
        person: Whose; names are not for reviewers of a blind call.
        response: What was sent.
        review: What this reviewer thinks of it so far, if anything.
    """

    application: Application
    person: Person
    response: Response
    review: Review | None

    @property
    def finished(self) -> bool:
        """Whether this reviewer is done with it."""
        return self.review is not None and self.review.finished_at is not None


def pile_of(*, session: Session, study_id: UUID, account_id: UUID) -> list[ToRead]:
    """Return what a reviewer may read, in an order of their own that does not change.

    Everybody begins elsewhere, so that no application is always read last. What they have a
    conflict with is not in it.
    """
    mine = select(Conflict.application_id).where(Conflict.account_id == account_id)
    rows = session.exec(
        select(Application, Person, Response, Review)
        .join(Person, col(Person.id) == col(Application.person_id))
        .join(Response, col(Response.person_id) == col(Person.id))
        .outerjoin(
            Review,
            (col(Review.application_id) == col(Application.id))
            & (col(Review.account_id) == account_id),
        )
        .where(
            Application.study_id == study_id,
            sent_form(study_id),
            col(Application.state).in_([state.value for state in HERE]),
            col(Person.withdrawn_at).is_(None),
            col(Application.id).not_in(mine),
        )
    ).all()
    pile = [ToRead(*row) for row in rows]
    return sorted(pile, key=lambda each: each.application.id.int ^ account_id.int)


def to_read(
    *, session: Session, study_id: UUID, account_id: UUID, application_id: UUID
) -> ToRead | None:
    """Return one application from a reviewer's pile; None where it is not on it."""
    pile = pile_of(session=session, study_id=study_id, account_id=account_id)
    return next((each for each in pile if each.application.id == application_id), None)


def conflicts_of(*, session: Session, study_id: UUID, account_id: UUID) -> list[tuple[UUID, str]]:
    """Return the applications that a reviewer must not judge, with their codes."""
    found = session.exec(
        select(Application.id, Person.code)
        .join(Conflict, col(Conflict.application_id) == col(Application.id))
        .join(Person, col(Person.id) == col(Application.person_id))
        .where(Application.study_id == study_id, Conflict.account_id == account_id)
        .order_by(col(Person.code))
    ).all()
    return [(key, code) for key, code in found]


def judge(
    found: ToRead,
    *,
    session: Session,
    call: Call,
    account_id: UUID,
    scores: Mapping[str, int],
) -> Review:
    """Keep a reviewer's scores of an application, finished or not.

    Raises:
        ReviewError: A score is none that the call knows.
    """
    known = {each.key: each for each in criteria_of(call)}
    if any(key not in known or not 1 <= score <= known[key].most for key, score in scores.items()):
        raise ReviewError(say("There is no such score here."))
    review = own_review(found.application.id, account_id, session=session)
    review.scores = dict(scores)
    if len(scores) < len(known):
        review.finished_at = None
    session.add(review)
    return review


def own_review(application_id: UUID, account_id: UUID, *, session: Session) -> Review:
    """Return a reviewer's review of an application, begun where there is none."""
    wanted = select(Review).where(
        Review.application_id == application_id, Review.account_id == account_id
    )
    found = session.exec(wanted).first()
    if found is None:
        # Its key follows from both, so that two tabs begin the same one.
        begun = Review(
            id=uuid5(application_id, str(account_id)),
            application_id=application_id,
            account_id=account_id,
        )
        found = begun if add_once(begun, session=session) else session.exec(wanted).one()
    return found


def finish(found: ToRead, *, session: Session, call: Call, account_id: UUID) -> None:
    """Say that a reviewer is done with an application.

    Raises:
        ReviewError: A score is missing.
    """
    review = own_review(found.application.id, account_id, session=session)
    if any(each.key not in review.scores for each in criteria_of(call)):
        raise ReviewError(say("Give a score for each criterion first."))
    review.finished_at = now()
    session.add(review)
    record(
        "review.finished", session=session, study_id=found.application.study_id,
        account_id=account_id, subject="application", subject_id=found.application.id,
    )  # fmt: skip


def go_on(found: ToRead, *, session: Session, account_id: UUID) -> None:
    """Take up a finished review again; what others think is hidden until it is finished again."""
    review = own_review(found.application.id, account_id, session=session)
    review.finished_at = None
    session.add(review)


def declare_conflict(application_id: UUID, *, session: Session, account_id: UUID) -> None:
    """Say that a reviewer must not judge an application; what they thought of it is removed."""
    application = session.get_one(Application, application_id)
    conflict = Conflict(
        id=uuid5(application_id, str(account_id)),
        application_id=application_id,
        account_id=account_id,
    )
    add_once(conflict, session=session)
    session.exec(
        delete(Review).where(
            col(Review.application_id) == application_id, col(Review.account_id) == account_id
        )
    )
    record(
        "conflict.declared", session=session, study_id=application.study_id, account_id=account_id,
        subject="application", subject_id=application_id,
    )  # fmt: skip


def take_back_conflict(
    application_id: UUID, *, session: Session, study_id: UUID, account_id: UUID
) -> None:
    """Say that there is no conflict after all."""
    application = session.get(Application, application_id)
    if application is None or application.study_id != study_id:
        return
    session.exec(
        delete(Conflict).where(
            col(Conflict.application_id) == application_id, col(Conflict.account_id) == account_id
        )
    )
    record(
        "conflict.taken_back", session=session, study_id=study_id, account_id=account_id,
        subject="application", subject_id=application_id,
    )  # fmt: skip


def finished_reviews(*, session: Session, study_id: UUID) -> list[Review]:
    """Return every finished review of a call whose reviewer has no conflict."""
    return list(
        session.exec(
            select(Review)
            .join(Application, col(Application.id) == col(Review.application_id))
            .where(Application.study_id == study_id, col(Review.finished_at).is_not(None))
            .order_by(col(Review.finished_at))
        ).all()
    )


def others(found: ToRead, *, session: Session, account_id: UUID) -> Sequence[Review]:
    """Return what others think of an application, for a reviewer who is done with it."""
    if not found.finished:
        return []
    return session.exec(
        select(Review)
        .where(
            Review.application_id == found.application.id,
            Review.account_id != account_id,
            col(Review.finished_at).is_not(None),
        )
        .order_by(col(Review.finished_at))
    ).all()


def reviewers_of(*, session: Session, study_id: UUID) -> list[Account]:
    """Return the accounts that review for a call."""
    return list(
        session.exec(
            select(Account)
            .join(Membership, col(Membership.account_id) == col(Account.id))
            .where(Membership.study_id == study_id, Membership.role == "reviewer")
            .order_by(col(Membership.created_at))
        ).all()
    )


def weighted(scores: Mapping[str, int], call: Call) -> float | None:
    """Return the weighted mean of scores on a scale from 0 to 1; None where there are none.

    Example:
        >>> from data.tables import Call
        >>> from uuid import uuid4
        >>> call = Call(study_id=uuid4(), criteria=[{"key": "a", "text": {}, "most": 5}])
        >>> weighted({"a": 3}, call)
        0.5
    """
    given = [each for each in criteria_of(call) if each.key in scores]
    total = sum(each.weight for each in given)
    if not total:
        return None
    return sum(each.weight * (scores[each.key] - 1) / (each.most - 1) for each in given) / total
