"""Beginning an application: an address is typed at the door, a letter brings the private link.

Whoever types an address learns nothing by it: the answer is the same for one that is new, one that
has an application already, and one to which too many letters went. What was begun and never opened
is removed after some days.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

from sqlmodel import Session, col, delete, func, select

from data.history import record
from data.tables import Account, Application, Letter, Membership, Person, Study
from data.tables.base import now
from i18n import Refusal, say
from survey.applying import addresses
from survey.applying.links import link_of
from survey.applying.posting import post
from survey.people import add_person

LINKS_AN_ADDRESS = 3
"""So many letters with the link an address gets within `LATELY`, whoever asks for them."""
LINKS_FOR_ALL = 600
"""So many the whole installation sends within `LATELY`: a script cannot make it a mail cannon."""
LATELY = timedelta(hours=1)
UNOPENED = timedelta(days=7)
"""After so long an application whose link nobody ever opened is removed."""


class BusyError(Refusal):
    """Too many people ask for their link at this moment."""


def ask_for_link(
    *, session: Session, study: Study, address: str, language: str, may_begin: bool = True
) -> None:
    """Send the private link of an application, begun now where there is none.

    Args:
        session: The caller's transaction; it may fail where two begin at the same moment, and is
            then to be tried again.
        study: That of the call.
        address: As somebody typed it.
        language: In which language they read.
        may_begin: Whether one is begun; once the time is over only those who applied get a letter.

    Raises:
        AddressError: It is no address.
        BusyError: Nobody gets a letter just now.
    """
    address = addresses.checked(address)
    if _links_since(session=session) >= LINKS_FOR_ALL:
        raise BusyError(say("Very many people are applying right now. Please try in an hour."))
    application = find(session=session, study=study, address=address)
    if application is None and not may_begin:
        return
    application = application or begin(
        session=session, study=study, address=address, language=language
    )
    if _links_since(session=session, application=application) < LINKS_AN_ADDRESS:
        post(application, "link", session=session, language=language)


def find(*, session: Session, study: Study, address: str) -> Application | None:
    """Return the application of an address, in whatever spelling."""
    return session.exec(
        select(Application).where(
            Application.study_id == study.id,
            Application.address_hash == addresses.digest(study.id, address),
        )
    ).first()


def begin(
    *,
    session: Session,
    study: Study,
    address: str,
    language: str,
    account_id: UUID | None = None,
    key: str | None = None,
) -> Application:
    """Begin an application for an address: a person of the call with an account and a link.

    Args:
        session: The caller's transaction.
        study: That of the call.
        address: Where letters reach them; may be empty.
        language: In which language they read.
        account_id: Who begins it, where a coordinator does.
        key: Stands for the address of somebody who has none.
    """
    person = add_person(
        session=session,
        study=study,
        code=_next_code(study, session=session),
        email=address,
        languages=[language],
    )
    account = session.exec(
        select(Account)
        .join(Membership, col(Membership.account_id) == col(Account.id))
        .where(Membership.person_id == person.id)
    ).one()
    account.language = language
    application = Application(
        study_id=study.id,
        person_id=person.id,
        address_hash=addresses.digest(study.id, address) if key is None else key,
    )
    session.add_all([account, application])
    session.flush()
    link_of(application, session=session)
    record(
        "application.begun", session=session, study_id=study.id, account_id=account_id,
        subject="application", subject_id=application.id,
    )  # fmt: skip
    return application


def _next_code(study: Study, *, session: Session) -> str:
    last = session.exec(
        select(Person.code)
        .where(Person.study_id == study.id, col(Person.code).startswith("A"))
        .order_by(func.length(Person.code).desc(), col(Person.code).desc())
    ).first()
    number = int(last[1:]) if last and last[1:].isdecimal() else 0
    return f"A{number + 1:04}"


def _links_since(*, session: Session, application: Application | None = None) -> int:
    wanted = select(func.count()).where(
        Letter.kind == "link", col(Letter.created_at) > now() - LATELY
    )
    if application:
        wanted = wanted.where(Letter.application_id == application.id)
    return int(session.exec(wanted).one())


def opened(person: Person, *, session: Session) -> Application:
    """Return the application of somebody who is here through their link: the address is theirs.

    Whoever was added among the people of the call has one from then on.
    """
    application = session.exec(
        select(Application).where(Application.person_id == person.id)
    ).first() or Application(
        study_id=person.study_id, person_id=person.id, address_hash=uuid4().hex
    )
    if application.confirmed_at is None:
        application.confirmed_at = now()
        session.add(application)
    return application


def tidy(*, session: Session) -> int:
    """Remove applications whose letter nobody ever opened; return how many."""
    asked = select(Letter.application_id).where(Letter.kind == "link")
    forgotten = session.exec(
        select(Application).where(
            col(Application.id).in_(asked),
            col(Application.confirmed_at).is_(None),
            Application.state == "draft",
            col(Application.created_at) < now() - UNOPENED,
        )
    ).all()
    for application in forgotten:
        accounts = session.exec(
            select(Membership.account_id).where(Membership.person_id == application.person_id)
        ).all()
        session.exec(delete(Person).where(col(Person.id) == application.person_id))
        for account_id in accounts:
            others = select(Membership.id).where(Membership.account_id == account_id)
            if session.exec(others).first() is None:
                session.exec(delete(Account).where(col(Account.id) == account_id))
    return len(forgotten)
