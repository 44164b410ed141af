"""What becomes of an application when its form is sent, corrected or answered by its author."""

from __future__ import annotations

from uuid import UUID

from sqlmodel import Session, select

from data.tables import Account, Application, Membership, Person, Response, Study
from data.tables.base import now
from i18n import INTERFACE_LANGUAGES, best
from survey.applying.calls import deadline, sent_form
from survey.applying.facts import facts_of
from survey.applying.posting import post
from survey.applying.states import State, change


def application_of(person: Person, *, session: Session) -> Application | None:
    """Return the application of a person of a call."""
    return session.exec(select(Application).where(Application.person_id == person.id)).first()


def language_of(person: Person, *, session: Session) -> str:
    """Return the language of ours that an applicant is written to in."""
    account = session.exec(
        select(Account.language)
        .join(Membership)
        .where(Membership.person_id == person.id, Membership.study_id == person.study_id)
    ).first()
    return best([account or "", *person.languages], INTERFACE_LANGUAGES)


def arrived(person: Person, *, session: Session, account_id: UUID | None = None) -> None:
    """Write down that somebody's form was sent, and send a receipt.

    Call it in the transaction that keeps the answers.
    """
    application = application_of(person, session=session)
    if application is None:
        return
    if application.state == State.DRAFT:
        change(
            application,
            State.SENT,
            session=session,
            account_id=account_id,
            before={State.DRAFT},
            sent_at=now(),
        )
        if person.email:
            language = language_of(person, session=session)
            post(application, "receipt", session=session, language=language)
    follow(person, session=session)


def follow(person: Person, *, session: Session) -> None:
    """Let what is known about an applicant follow their form, as it is now."""
    response = session.exec(
        select(Response).where(Response.person_id == person.id, sent_form(person.study_id))
    ).first()
    if response is None:
        return
    facts = facts_of(response.answers)
    person.name = facts.name
    person.role = facts.role
    person.nationalities = list(facts.nationalities)
    person.languages = list(facts.languages) or person.languages
    session.add(person)


def may_correct(application: Application, study: Study) -> bool:
    """Tell whether an applicant may still change what they sent."""
    return application.state == State.SENT and now() < deadline(study) and study.closed_at is None


def reply(
    application: Application, *, comes: bool, session: Session, account_id: UUID | None
) -> None:
    """Write down whether somebody who was invited comes.

    Raises:
        StateError: They are not invited, or a participant already.
    """
    to = State.ACCEPTED if comes else State.DECLINED
    change(application, to, session=session, account_id=account_id, answered_at=now())
