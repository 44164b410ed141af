"""What in a study belongs to one person: what they gave, and what was made from it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session, col, select

from data.tables import (
    Attachment,
    Code,
    Coding,
    Draft,
    EntryFile,
    Interview,
    Membership,
    Passage,
    Person,
    Questionnaire,
    Quotation,
    QuotationRelease,
    QuotationTranslation,
    Response,
    Turn,
)


@dataclass(frozen=True)
class Belongings:
    """Everything that a person gave.

    Attributes:
        person: Who.
        memberships: Their ways into the study as a participant.
        responses: The entries they sent, in the order of their days.
        drafts: What they wrote and did not send.
        files: Files that answer questions of their entries, with where each is kept.
        turns: What they said in interviews, with the interview.
        passages: The stretches that their texts were cut into.
        quotations: Words of theirs that were chosen to be quoted, with what they were asked and
            chose, if they were asked.
        translations: Those words in other languages.
        marks: Stretches of their texts that coders marked, with the code; those that stand.
    """

    person: Person
    memberships: Sequence[Membership]
    responses: Sequence[Response]
    drafts: Sequence[Draft]
    files: Sequence[tuple[EntryFile, Attachment]]
    turns: Sequence[tuple[Interview, Turn]]
    passages: Sequence[Passage]
    quotations: Sequence[tuple[Quotation, QuotationRelease | None]]
    translations: Sequence[QuotationTranslation]
    marks: Sequence[tuple[Coding, Code]]

    @property
    def accounts(self) -> list[UUID]:
        """The accounts that sign in as this person."""
        return [membership.account_id for membership in self.memberships]

    @property
    def interviews(self) -> list[Interview]:
        """The interviews in which they speak."""
        return list({interview.id: interview for interview, _ in self.turns}.values())


def belongings(*, session: Session, person: Person) -> Belongings:
    """Find everything that a person gave."""
    memberships = session.exec(select(Membership).where(Membership.person_id == person.id)).all()
    accounts = [membership.account_id for membership in memberships]
    return Belongings(
        person=person,
        memberships=memberships,
        responses=session.exec(
            select(Response)
            .where(Response.person_id == person.id)
            .order_by(col(Response.day), col(Response.submitted_at))
        ).all(),
        drafts=session.exec(
            select(Draft)
            .join(Questionnaire, col(Questionnaire.id) == col(Draft.questionnaire_id))
            .where(col(Draft.account_id).in_(accounts), Questionnaire.study_id == person.study_id)
            .order_by(col(Draft.instance_id), col(Draft.path))
        ).all(),
        files=session.exec(
            select(EntryFile, Attachment)
            .join(Attachment, col(Attachment.id) == col(EntryFile.attachment_id))
            .where(col(EntryFile.account_id).in_(accounts), Attachment.study_id == person.study_id)
            .order_by(col(EntryFile.instance_id), col(EntryFile.name))
        ).all(),
        turns=_turns(session=session, person=person),
        passages=session.exec(select(Passage).where(Passage.person_id == person.id)).all(),
        quotations=session.exec(
            select(Quotation, QuotationRelease)
            .outerjoin(QuotationRelease, col(QuotationRelease.quotation_id) == col(Quotation.id))
            .where(Quotation.person_id == person.id)
            .order_by(col(Quotation.created_at))
        ).all(),
        translations=session.exec(
            select(QuotationTranslation)
            .join(Quotation, col(Quotation.id) == col(QuotationTranslation.quotation_id))
            .where(Quotation.person_id == person.id)
        ).all(),
        marks=session.exec(
            select(Coding, Code)
            .join(Code, col(Code.id) == col(Coding.code_id))
            .where(
                Coding.person_id == person.id,
                col(Coding.removed_at).is_(None),
                col(Coding.lost_at).is_(None),
            )
            .order_by(col(Coding.created_at), col(Coding.id))
        ).all(),
    )


def said(given: Belongings) -> Iterator[str]:
    """Yield every text that a person wrote or said, as it stands."""
    for response in given.responses:
        yield from _texts(response.answers)
    for _, turn in given.turns:
        yield turn.text


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)


def speaks(interview: Interview, person: Person) -> list[str]:
    """Return the speaker labels under which a person speaks in an interview."""
    return [
        label for label, who in interview.speakers.items() if who.get("person") == str(person.id)
    ]


def _turns(*, session: Session, person: Person) -> list[tuple[Interview, Turn]]:
    found: list[tuple[Interview, Turn]] = []
    for interview in session.exec(
        select(Interview)
        .where(Interview.study_id == person.study_id)
        .order_by(col(Interview.created_at))
    ):
        if labels := speaks(interview, person):
            turns = session.exec(
                select(Turn)
                .where(Turn.interview_id == interview.id, col(Turn.speaker).in_(labels))
                .order_by(col(Turn.position))
            ).all()
            found += [(interview, turn) for turn in turns]
    return found
