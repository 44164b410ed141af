"""Taking the answers of a visitor: once, however often they are sent."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select, update

from data.tables import Audience, EntryFile, Person, PublicLink, Response, Study, Visit
from data.tables.base import now
from i18n import Refusal, say
from survey import entry_files, questionnaires
from survey.audience.links import State, answered, state_of
from survey.audience.receipts import fingerprint, read_code
from survey.entering import open_account
from survey.responses import ConflictError, submit

LONGEST_NAME = 80
UNREADABLE = say("This could not be read. Please load the page again.")
LATEST = dt.timedelta(hours=24)
"""So long after it was given a kiosk may bring an answer."""


class NotOpenError(Refusal):
    """The link takes no answers now; `state` says why."""

    def __init__(self, state: State) -> None:
        super().__init__(say("No answers are taken here right now."))
        self.state = state


class AnsweredError(Refusal):
    """This device answered before, and one answer was asked for."""


class UnnamedError(Refusal):
    """A name is asked for and none was given."""


@dataclass(frozen=True)
class Upload:
    """A file that answers a question.

    Attributes:
        path: The question.
        kind: What it asks for: `image`, `audio` or `file`.
        filename: What the visitor calls it.
        content: What is in it.
    """

    path: str
    kind: str
    filename: str
    content: bytes


@dataclass(frozen=True)
class Sending:
    """What a visitor sends.

    Attributes:
        instance_id: Of this answer: the same one is accepted again and kept once.
        receipt: The code with which it can be deleted; the page made it.
        answers: Nested JSON without the root.
        language: The language it was answered in.
        device: What is known of the device; empty for a kiosk.
        name: The visitor's name, where one is asked for.
        age: How long ago it was given: kiosks bring answers later.
        uploads: The files that answer questions; their answers are set here.
    """

    instance_id: UUID
    receipt: str
    answers: dict[str, Any]
    language: str
    device: str = ""
    name: str = ""
    age: dt.timedelta = dt.timedelta()
    uploads: Sequence[Upload] = field(default_factory=tuple)


def receive(link_id: UUID, sending: Sending, *, session: Session) -> Response:
    """Keep what a visitor sent.

    Raises:
        NotOpenError: The link takes no answers now.
        AnsweredError: This device answered before.
        UnnamedError: The name is missing.
        ResponseError: An answer is missing or not possible.
        ConflictError: The same instance came with other answers, or no receipt.
        EntryFileError: A file cannot be taken.
    """
    code = read_code(sending.receipt)
    if code is None:
        raise ConflictError(UNREADABLE)
    link = session.get_one(PublicLink, link_id)
    receipt = fingerprint("receipt", code)
    audience = session.get_one(Study, link.study_id)
    at = now() - _age(link, sending)
    # Two who send at once, or one who sends twice, take their turns from here on.
    _count(audience, 0, session=session)
    person = _sent_before(link, sending.instance_id, receipt, session=session)
    if person is None:
        _check(link, audience, sending, at, session=session)
        person = _admit(link, audience, sending, receipt, session=session, at=at)
    form = questionnaires.latest(session=session, study_id=audience.id, name=link.questionnaire)
    assert form is not None  # noqa: S101 - the link was opened with it
    answers = _with_files(sending, person, audience, session=session)
    return submit(
        session=session,
        person=person,
        questionnaire=form,
        instance_id=sending.instance_id,
        answers=answers,
        day=at.astimezone(ZoneInfo(audience.time_zone)).date(),
        language=sending.language,
        source="public",
        at=at,
    )


def _age(link: PublicLink, sending: Sending) -> dt.timedelta:
    if link.kind != "kiosk":
        return dt.timedelta()
    return min(max(sending.age, dt.timedelta()), LATEST)


def _sent_before(
    link: PublicLink, instance_id: UUID, receipt: str, *, session: Session
) -> Person | None:
    """Return who sent this very answer before, if it was they who send it again."""
    known = session.exec(
        select(Visit, Person)
        .join(Person, col(Person.id) == col(Visit.person_id))
        .join(Response, col(Response.person_id) == col(Person.id))
        .where(Response.id == instance_id, Visit.link_id == link.id, Visit.receipt == receipt)
    ).first()
    return known[1] if known else None


def _count(audience: Study, more: int, *, session: Session) -> int:
    """Count visitors on, and return how many there are."""
    counted: int = session.exec(
        update(Audience)
        .where(col(Audience.study_id) == audience.id)
        .values(visitors=col(Audience.visitors) + more)
        .returning(col(Audience.visitors))
    ).scalar_one()
    return counted


def _check(
    link: PublicLink, audience: Study, sending: Sending, at: dt.datetime, *, session: Session
) -> None:
    """Make sure that a visitor may answer.

    Raises:
        NotOpenError: The link took no answers at that moment.
        AnsweredError: This device answered before.
        UnnamedError: The name is missing.
    """
    count = answered(session=session, link_id=link.id) if link.most else 0
    state = state_of(link, audience, count=count, at=at)
    if state != "open":
        raise NotOpenError(state)
    device = _device(link, sending)
    if device and not link.many and _has_answered(link, device, session=session):
        raise AnsweredError(say("An answer from this device has already been received."))
    if link.naming == "required" and not sending.name.strip():
        raise UnnamedError(say("Please write your name."))


def _device(link: PublicLink, sending: Sending) -> str:
    return fingerprint("device", f"{link.id}/{sending.device}") if sending.device else ""


def _admit(
    link: PublicLink,
    audience: Study,
    sending: Sending,
    receipt: str,
    *,
    at: dt.datetime,
    session: Session,
) -> Person:
    """Add a visitor.

    Raises:
        ConflictError: The receipt belongs to another answer.
    """
    if session.exec(select(Visit.id).where(Visit.receipt == receipt)).first():
        raise ConflictError(UNREADABLE)
    person = Person(
        study_id=audience.id,
        code=f"V{_count(audience, 1, session=session):04}",
        languages=[sending.language],
        time_zone=audience.time_zone,
        name="" if link.naming == "none" else " ".join(sending.name.split())[:LONGEST_NAME],
    )
    session.add(person)
    session.flush()
    session.add(
        Visit(
            study_id=audience.id,
            link_id=link.id,
            person_id=person.id,
            device=_device(link, sending),
            receipt=receipt,
            created_at=at,
        )
    )
    session.flush()
    return person


def _has_answered(link: PublicLink, device: str, *, session: Session) -> bool:
    found = select(Visit.id).where(Visit.link_id == link.id, Visit.device == device)
    return session.exec(found).first() is not None


def _with_files(
    sending: Sending, person: Person, audience: Study, *, session: Session
) -> dict[str, Any]:
    """Keep the files and return the answers with their names.

    Files belong to an account; a visitor who brings one gets one that nobody can come in with.
    """
    there = {each.path: each.name for each in _files(sending.instance_id, session=session)}
    if sending.uploads and not there:
        member = open_account(
            session=session, study_id=audience.id, role="participant", person_id=person.id
        )
        for upload in sending.uploads:
            kept = entry_files.keep(
                session=session,
                study_id=audience.id,
                account_id=member.account_id,
                instance_id=sending.instance_id,
                path=upload.path,
                filename=upload.filename,
                content=upload.content,
                kind=upload.kind,
            )
            session.flush()
            there[upload.path] = kept.name
    answers = sending.answers
    for path, name in there.items():
        answers = _placed(answers, path.split("/")[2:], name)
    return answers


def _files(instance_id: UUID, *, session: Session) -> list[EntryFile]:
    return entry_files.of_entry(session=session, instance_id=instance_id)


def _placed(answers: dict[str, Any], steps: Sequence[str], name: str) -> dict[str, Any]:
    """Return answers with the name of a file at the place of its question."""
    step, number = (*steps[0].rstrip("]").split("["), "")[:2]
    if len(steps) == 1:
        return {**answers, step: name}
    inner = answers.get(step)
    if not number:
        return {**answers, step: _placed(inner or {}, steps[1:], name)}
    turns = list(inner or [])
    turns += [{} for _ in range(int(number) - len(turns))]
    turns[int(number) - 1] = _placed(turns[int(number) - 1], steps[1:], name)
    return {**answers, step: turns}
