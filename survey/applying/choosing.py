"""Choosing: how applications stand beside each other, the short list, and the answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from statistics import mean, pstdev
from uuid import UUID

from sqlmodel import Session, col, select

from data.history import record
from data.tables import Application, Call, Person, Response
from data.tables.base import now
from i18n import Refusal, say
from survey.applying.calls import sent_form
from survey.applying.facts import Facts, facts_of
from survey.applying.posting import post
from survey.applying.reviewing import finished_reviews, weighted
from survey.applying.sending import language_of
from survey.applying.states import HERE, State, change


class LetterError(Refusal):
    """The letter cannot be sent so."""


@dataclass(frozen=True)
class Standing:
    """An application as coordinators see it in the list.

    Attributes:
        application: Which.
        person: Whose; the name is for those who may read names.
        facts: What it says about its person.
        response: What was sent.
        marks: The weighted mean of each finished review, from 0 to 1.
    """

    application: Application
    person: Person
    facts: Facts
    response: Response
    marks: tuple[float, ...]

    @property
    def state(self) -> State:
        """How it stands."""
        return State(self.application.state)

    @property
    def mean(self) -> float | None:
        """The mean of all reviews, from 0 to 1."""
        return mean(self.marks) if self.marks else None

    @property
    def spread(self) -> float | None:
        """How far reviews lie apart: their standard deviation, from 0 to 0.5."""
        return pstdev(self.marks) if len(self.marks) > 1 else None


def standings(*, session: Session, call: Call) -> list[Standing]:
    """Return every application that was sent, the best first, those without reviews last."""
    marks: dict[UUID, list[float]] = {}
    for review in finished_reviews(session=session, study_id=call.study_id):
        if (mark := weighted(review.scores, call)) is not None:
            marks.setdefault(review.application_id, []).append(mark)
    rows = session.exec(
        select(Application, Person, Response)
        .join(Person, col(Person.id) == col(Application.person_id))
        .join(Response, col(Response.person_id) == col(Person.id))
        .where(
            Application.study_id == call.study_id,
            sent_form(call.study_id),
            col(Application.state).in_([state.value for state in HERE]),
        )
    ).all()
    found = [
        Standing(
            application,
            person,
            facts_of(response.answers),
            response,
            tuple(marks.get(application.id, ())),
        )
        for application, person, response in rows
    ]
    return sorted(found, key=lambda each: (each.mean is None, -(each.mean or 0), each.person.code))


def one(application_id: UUID, *, session: Session, call: Call) -> Application | None:
    """Return an application of a call; None where it is of another one or not there."""
    application = session.get(Application, application_id)
    return application if application and application.study_id == call.study_id else None


def shortlist(
    application: Application, *, on: bool, session: Session, account_id: UUID | None = None
) -> None:
    """Put an application on the short list or take it off.

    Raises:
        StateError: It is answered already.
    """
    to = State.SHORT if on else State.SENT
    before = {State.SENT} if on else {State.SHORT}
    change(application, to, session=session, account_id=account_id, before=before)


def answer(
    application: Application,
    what: State,
    *,
    session: Session,
    subject: str,
    text: str,
    account_id: UUID | None = None,
) -> None:
    """Invite somebody or say no, with one letter; of two coordinators only one succeeds.

    Raises:
        StateError: Somebody else answered first.
        LetterError: The letter is empty, or an invitation does not hold the private link.
    """
    if not subject.strip() or not text.strip():
        raise LetterError(say("The letter needs a subject and a text."))
    if what is State.INVITED and "{link}" not in text:
        raise LetterError(
            say(
                "An invitation needs {place}: with it people say whether they are coming.",
                place="{link}",
            )
        )
    change(application, what, session=session, account_id=account_id, answered_at=now())
    person = session.get_one(Person, application.person_id)
    post(
        application,
        "answer",
        session=session,
        language=language_of(person, session=session),
        what=what.value,
        subject=subject.strip(),
        text=text.strip(),
        account_id=account_id,
    )


def keep_wording(
    call: Call,
    what: State,
    wordings: Mapping[str, tuple[str, str]],
    *,
    session: Session,
    account_id: UUID | None = None,
) -> None:
    """Keep a call's own wording of an answer, by language."""
    own = {
        language: {"subject": subject.strip(), "text": text.strip()}
        for language, (subject, text) in wordings.items()
        if subject.strip() and text.strip()
    }
    call.letters = {**call.letters, what.value: {**call.letters.get(what.value, {}), **own}}
    session.add(call)
    record(
        "call.changed", session=session, study_id=call.study_id, account_id=account_id,
        subject="call", subject_id=call.id, letters=what.value,
    )  # fmt: skip
