"""What coordinators change about a call: its door, its days, and applications made by hand."""

from __future__ import annotations

import datetime as dt
from uuid import UUID, uuid4

from sqlmodel import Session, select

from data.history import record
from data.tables import Application, Call, Study
from i18n import say
from survey.applying import addresses
from survey.applying.calls import FORM, CallError
from survey.applying.links import link_of
from survey.applying.starting import begin, find
from survey.questionnaires import latest


def open_door(
    call: Call, *, is_open: bool, session: Session, account_id: UUID | None = None
) -> None:
    """Open or close the public door.

    Raises:
        CallError: There is no form yet.
    """
    if is_open and latest(session=session, study_id=call.study_id, name=FORM) is None:
        raise CallError(say("The call needs a form first."))
    call.open = is_open
    session.add(call)
    _changed(call, session=session, account_id=account_id, door="open" if is_open else "closed")


def change_call(
    call: Call,
    study: Study,
    *,
    first: dt.date,
    last: dt.date,
    blind: bool,
    session: Session,
    account_id: UUID | None = None,
) -> None:
    """Change the days of a call, and whether reviewers see names.

    Raises:
        CallError: The days are the wrong way round, or the first one changes though
            somebody has begun: what they wrote counts for it.
    """
    if last < first:
        raise CallError(say("The last day lies before the first."))
    begun = select(Application.id).where(Application.study_id == study.id)
    if first != study.start and session.exec(begun).first() is not None:
        raise CallError(say("Somebody has begun already, so the first day stays."))
    study.start, study.end, call.blind = first, last, blind
    session.add_all([study, call])
    _changed(
        call, session=session, account_id=account_id,
        first=first.isoformat(), last=last.isoformat(), blind=blind,
    )  # fmt: skip


def _changed(
    call: Call, *, session: Session, account_id: UUID | None, **details: str | bool
) -> None:
    record(
        "call.changed", session=session, study_id=call.study_id, account_id=account_id,
        subject="call", subject_id=call.id, **details,
    )  # fmt: skip


def begin_by_hand(
    *,
    session: Session,
    study: Study,
    address: str,
    language: str,
    account_id: UUID | None = None,
) -> str:
    """Begin an application for somebody and return its private link; a known address keeps its own.

    Raises:
        AddressError: What was typed is no address.
    """
    address = addresses.checked(address) if address.strip() else ""
    known = find(session=session, study=study, address=address) if address else None
    if known:
        return link_of(known, session=session)
    begun = begin(
        session=session,
        study=study,
        address=address,
        language=language,
        account_id=account_id,
        key=None if address else uuid4().hex,
    )
    return link_of(begun, session=session)
