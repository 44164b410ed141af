"""Passages as a researcher reads them: masked, each with the question or the turn before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from data.tables import Passage, Questionnaire, Response, Turn
from nlp.masking_review import Known, known
from nlp.sources import REPEAT
from survey.questionnaires import form_of

Texts = dict[str, str]
LONGEST = 400
"""Characters shown of a turn that comes before."""


@dataclass(frozen=True)
class Reading:
    """One passage with what it answers.

    Attributes:
        key: The passage.
        masked: Its text, names masked.
        language: Its language.
        question: The question it answers, by language; empty for interviews.
        turn_before: What was said before it in an interview, masked; empty for entries.
    """

    key: str
    masked: str
    language: str
    question: Texts
    turn_before: str


def readings(
    keys: Sequence[str], *, session: Session, study_id: UUID, account_id: UUID | None
) -> list[Reading]:
    """Return passages with their context, in the order asked for, without those that are gone.

    Args:
        keys: Passages, a page of them.
        session: The caller's transaction: where names were read for masking, it is recorded in it.
        study_id: Their study.
        account_id: Who reads.
    """
    rows = session.exec(
        select(Passage, Questionnaire)
        .outerjoin(Response, col(Response.id) == col(Passage.response_id))
        .outerjoin(Questionnaire, col(Questionnaire.id) == col(Response.questionnaire_id))
        .where(Passage.study_id == study_id, col(Passage.id).in_([UUID(key) for key in keys]))
    ).all()
    passages = {str(passage.id): (passage, questionnaire) for passage, questionnaire in rows}
    turns = _turns_before(
        [passage.turn_id for passage, _ in rows if passage.turn_id], session=session
    )
    names = (
        known(session=session, study_id=study_id, account_id=account_id, purpose="reading passages")
        if turns
        else Known({})
    )
    return [
        Reading(
            key,
            passage.masked,
            passage.language,
            _question(passage, questionnaire),
            _shortened(
                names.mask(turns[passage.turn_id], language=passage.language).text
                if passage.turn_id in turns
                else ""
            ),
        )
        for key in keys
        if key in passages
        for passage, questionnaire in [passages[key]]
    ]


def key_of(text: str) -> UUID | None:
    """Return the key that a text is; None where it is none."""
    try:
        return UUID(text)
    except ValueError:
        return None


def masked_texts(keys: Sequence[str], *, session: Session, study_id: UUID) -> dict[str, str]:
    """Return the masked texts of passages of a study as they are now, without those that are gone.

    A key that comes from an address may be of another study, or none at all.
    """
    wanted = [key for each in keys if (key := key_of(each))]
    rows = session.exec(
        select(Passage.id, Passage.masked).where(
            Passage.study_id == study_id, col(Passage.id).in_(wanted)
        )
    ).all()
    return {str(key): masked for key, masked in rows}


def questions(*, session: Session, study_id: UUID) -> dict[str, Texts]:
    """Return what was asked, by language, for each question as `Found.passages` names it."""
    found: dict[str, Texts] = {}
    for questionnaire in session.exec(
        select(Questionnaire)
        .where(Questionnaire.study_id == study_id)
        .order_by(col(Questionnaire.version))
    ):
        for question in form_of(questionnaire).questions():
            key = f"{questionnaire.name}:/{'/'.join(question.path)}"
            found[key] = dict(question.label)
    return found


def _turns_before(turn_ids: Sequence[UUID], *, session: Session) -> dict[UUID | None, str]:
    """Return the text of the turn before each turn, where there is one."""
    if not turn_ids:
        return {}
    before = aliased(Turn)
    rows = session.exec(
        select(Turn.id, before.text)
        .join(
            before,
            (col(before.interview_id) == col(Turn.interview_id))
            & (col(before.position) == col(Turn.position) - 1),
        )
        .where(col(Turn.id).in_(turn_ids))
    ).all()
    return dict(rows)


def _question(passage: Passage, questionnaire: Questionnaire | None) -> Texts:
    if questionnaire is None:
        return {}
    path = tuple(REPEAT.sub("", passage.path).strip("/").split("/"))
    element = form_of(questionnaire).elements.get(path)
    return dict(element.label) if element else {}


def _shortened(text: str) -> str:
    """Keep the end of a long turn: what was said last is what was answered."""
    return text if len(text) <= LONGEST else "… " + text[-LONGEST:]
