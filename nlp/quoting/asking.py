"""Asking people about their quotations: who still has to reply, and what is written to them.

Sending letters is somebody else's work: it asks `requests` whom to write to, sends each
`Request.letter`, and says so with `reminded`. A letter holds no word of a quotation.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select, update

from data.history import record
from data.tables import Account, Membership, Person, Quotation, QuotationRelease
from data.tables.base import now
from i18n import DEFAULT_LANGUAGE, INTERFACE_LANGUAGES, Message, best, say
from nlp.quoting.standing import Standing, shelf_of


@dataclass(frozen=True)
class Request:
    """What waits for one person's reply.

    Attributes:
        person_id: Who.
        code: Their code.
        language: In which language they are written to.
        count: How many quotations wait.
        spoken: How many of them are from interviews: their reply may be written down by others.
        sent_at: Since when the oldest waits.
        reminded_at: When they were last reminded, if ever.
        reminders: How often.
        reachable: Whether they can sign in to reply.
    """

    person_id: UUID
    code: str
    language: str
    count: int
    spoken: int
    sent_at: datetime
    reminded_at: datetime | None
    reminders: int
    reachable: bool

    def letter(self, link: str) -> tuple[Message, Message]:
        """Return subject and text of a letter with the person's link."""
        return (
            say("May we quote you?"),
            say(
                "We would like to print something you wrote or said. Please look at exactly what "
                "would be printed, and choose: with your name, without it, or not at all. Without "
                "your reply nothing is printed.\n\n{link}",
                link=link,
            ),
        )


def requests(*, session: Session, study_id: UUID) -> list[Request]:
    """Return whose reply is waited for, the longest waiting first."""
    people: dict[UUID, list[tuple[QuotationRelease, bool]]] = {}
    for each in shelf_of(session=session, study_id=study_id):
        if each.standing is Standing.WAITING and each.release:
            people.setdefault(each.quotation.person_id, []).append((each.release, each.spoken))
    rows = session.exec(
        select(Person, Account)
        .outerjoin(Membership, col(Membership.person_id) == col(Person.id))
        .outerjoin(Account, col(Account.id) == col(Membership.account_id))
        .where(col(Person.id).in_(people))
    ).all()
    found = {person.id: _request(person, account, people[person.id]) for person, account in rows}
    return sorted(found.values(), key=lambda each: each.sent_at)


def _request(
    person: Person, account: Account | None, waiting: list[tuple[QuotationRelease, bool]]
) -> Request:
    wanted = [account.language if account else "", *person.languages]
    reminded = [each.reminded_at for each, _ in waiting if each.reminded_at]
    return Request(
        person_id=person.id,
        code=person.code,
        language=best(
            [tag for tag in wanted if tag], INTERFACE_LANGUAGES, default=DEFAULT_LANGUAGE
        ),
        count=len(waiting),
        spoken=sum(spoken for _, spoken in waiting),
        sent_at=min(each.sent_at for each, _ in waiting),
        reminded_at=max(reminded, default=None),
        reminders=max(each.reminders for each, _ in waiting),
        reachable=account is not None and not account.disabled,
    )


def reminded(person_id: UUID, *, session: Session, study_id: UUID, account_id: UUID | None) -> None:
    """Note that a person was reminded of everything that waits for their reply."""
    waiting = select(Quotation.id).where(
        Quotation.study_id == study_id, Quotation.person_id == person_id
    )
    session.exec(
        update(QuotationRelease)
        .where(col(QuotationRelease.quotation_id).in_(waiting), col(QuotationRelease.choice) == "")
        .values(reminders=col(QuotationRelease.reminders) + 1, reminded_at=now())
    )
    record(
        "quotation.reminded",
        session=session,
        study_id=study_id,
        account_id=account_id,
        subject="person",
        subject_id=person_id,
    )
