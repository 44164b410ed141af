"""Release: the people quoted are asked, and nothing is printed without their word.

Design, section 5: each sees the exact original, translation and surroundings as they would be
printed and chooses to be named, to be quoted without attribution, or not to be quoted. No reply
means not printed. A choice may be changed until it was printed.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Literal, get_args
from uuid import UUID

from sqlmodel import Session, col, select, update

from data.history import record
from data.tables import Person, Quotation, QuotationRelease
from data.tables.base import now
from i18n import say
from nlp.quoting.refusal import QuotingError
from nlp.quoting.standing import RELEASED, Quoted, Standing, one, quoted, shelf_of

Choice = Literal["named", "unattributed", "refused"]
Channel = Literal["in person", "by phone", "in writing"]
LONGEST_NAME = 200


def may_be_sent(each: Quoted) -> bool:
    """Whether its author may be asked: not twice about the same, nor after they said no to it."""
    if each.release and each.release.printed_at:
        return False
    if each.standing in {Standing.UNSENT, Standing.CHANGED}:
        return True
    return each.standing in {Standing.WAITING, *RELEASED} and bool(each.unseen)


def send(
    quotation_ids: Collection[UUID],
    *,
    session: Session,
    study_id: UUID,
    account_id: UUID | None,
) -> int:
    """Ask the people quoted; those who were asked about exactly this are not asked again.

    What they chose about other words, or before there was this translation, does not count any
    more. Somebody who did not want to be quoted is asked again only about other words.

    Returns:
        How many quotations were sent.
    """
    rows = session.exec(
        select(Quotation).where(
            Quotation.study_id == study_id, col(Quotation.id).in_(quotation_ids)
        )
    ).all()
    sent = 0
    for each in quoted(rows, session=session):
        if not may_be_sent(each):
            continue
        release = each.release or QuotationRelease(quotation_id=each.key)
        release.account_id, release.sent_at, release.shown = account_id, now(), each.showing
        release.choice, release.name, release.channel, release.chosen_at = "", "", "", None
        release.reminders, release.reminded_at = 0, None
        session.add(release)
        sent += 1
        _record("quotation.sent", each, session=session, account_id=account_id)
    session.flush()
    return sent


def asked_of(person: Person, *, session: Session) -> list[Quoted]:
    """Return what a person was asked about and may decide, those without a reply first."""
    mine = [
        each
        for each in shelf_of(session=session, study_id=person.study_id, person_id=person.id)
        if each.release and each.standing not in {Standing.OUTDATED, Standing.CHANGED}
    ]
    return sorted(mine, key=lambda each: each.standing is not Standing.WAITING)


def waiting_for(person: Person, *, session: Session) -> int | None:
    """Return how many quotations wait for a person's reply; None where they were never asked."""
    mine = session.exec(
        select(QuotationRelease.choice)
        .join(Quotation, col(Quotation.id) == col(QuotationRelease.quotation_id))
        .where(Quotation.person_id == person.id)
    ).all()
    if not mine:
        return None
    asked = asked_of(person, session=session)
    return sum(each.standing is Standing.WAITING for each in asked) if asked else None


def choose(
    quotation_id: UUID,
    choice: Choice,
    *,
    person: Person,
    seen: dict[str, Any],
    session: Session,
    account_id: UUID | None,
    name: str = "",
) -> QuotationRelease:
    """Keep what the person quoted chose; they may choose again until it was printed.

    Args:
        quotation_id: The quotation.
        choice: Named, unattributed or refused.
        person: Whose words they are.
        seen: `Quoted.showing` of what stood on their screen.
        session: The caller's transaction.
        account_id: Who chose: the person's own account.
        name: How they want to be named, where they chose that.

    Raises:
        QuotingError: It is not theirs or was not sent, it reads differently by now, it was printed,
            or no name was given.
    """
    each = one(quotation_id, session=session)
    if each is None or each.release is None or each.quotation.person_id != person.id:
        raise QuotingError(say("This quotation is not here any more. Nothing of it is printed."))
    return _decide(each, choice, seen=seen, name=name, session=session, account_id=account_id)


def record_reply(
    quotation_id: UUID,
    choice: Choice,
    *,
    channel: Channel,
    seen: dict[str, Any],
    session: Session,
    account_id: UUID | None,
    name: str = "",
) -> QuotationRelease:
    """Write down what somebody interviewed replied who does not sign in, and how they said it.

    They were shown the words first, printed or read out.

    Raises:
        QuotingError: As `choose`; or the words are not from an interview; or the person chose
            themselves: then only they may change it.
    """
    each = one(quotation_id, session=session)
    if each is None or each.release is None or not each.spoken:
        raise QuotingError(say("Only replies about words from an interview are written down here."))
    if channel not in get_args(Channel):
        raise QuotingError(say("Say how the reply was given."))
    if each.release.choice and not each.release.channel:
        raise QuotingError(say("This person has chosen themselves. Only they may change it."))
    return _decide(
        each, choice, seen=seen, name=name, session=session, account_id=account_id, channel=channel
    )


def _decide(
    each: Quoted,
    choice: Choice,
    *,
    seen: dict[str, Any],
    name: str,
    session: Session,
    account_id: UUID | None,
    channel: str = "",
) -> QuotationRelease:
    release = each.release
    assert release is not None  # noqa: S101 - both callers made sure
    if choice not in get_args(Choice):
        raise QuotingError(say("Choose one of the three."))
    if each.standing in {Standing.OUTDATED, Standing.CHANGED} or seen != release.shown:
        raise QuotingError(
            say("This reads differently by now. Load the page again to see what would be printed.")
        )
    if release.printed_at:
        raise QuotingError(say("This was printed already and cannot be changed any more."))
    name = " ".join(name.split())[:LONGEST_NAME]
    if choice == "named" and not name:
        raise QuotingError(say("Write the name to be printed below your words."))
    release.choice, release.chosen_at, release.channel = choice, now(), channel
    release.name = name if choice == "named" else ""
    session.add(release)
    session.flush()
    _record(
        "quotation.released" if choice != "refused" else "quotation.refused",
        each,
        session=session,
        account_id=account_id,
        choice=choice,
        **({"channel": channel} if channel else {}),
    )
    return release


def mark_printed(quotation_ids: Collection[UUID], *, session: Session) -> None:
    """Note that quotations stand in a final version: from now on nothing about them changes."""
    session.exec(
        update(QuotationRelease)
        .where(
            col(QuotationRelease.quotation_id).in_(quotation_ids),
            col(QuotationRelease.printed_at).is_(None),
        )
        .values(printed_at=now())
    )


def _record(
    action: str,
    each: Quoted,
    *,
    session: Session,
    account_id: UUID | None,
    **details: str,
) -> None:
    record(
        action,
        session=session,
        study_id=each.quotation.study_id,
        account_id=account_id,
        subject="quotation",
        subject_id=each.key,
        **details,
    )
