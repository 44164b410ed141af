"""What stands around a quotation: for the researcher who weighs it and the person who decides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session, col, select

from data.tables import Passage, Turn
from nlp.masking_review import known
from nlp.quoting.standing import Quoted


@dataclass(frozen=True)
class Around:
    """The words before and after a quotation, masked.

    Attributes:
        before: What the same person wrote or said just before it.
        after: What they wrote or said just after it.
        turn_before: In an interview, what somebody else said before their turn.
        turn_after: In an interview, what somebody else said after it.
    """

    before: str = ""
    after: str = ""
    turn_before: str = ""
    turn_after: str = ""


def around(
    quotations: Sequence[Quoted], *, session: Session, study_id: UUID, account_id: UUID | None
) -> dict[UUID, Around]:
    """Return what stands around quotations, by their keys; nothing for outdated ones.

    Args:
        quotations: Quotations of one study.
        session: The caller's transaction: where names were read for masking, it is recorded in it.
        study_id: The study.
        account_id: Who reads.
    """
    keys = [each.quotation.passage_id for each in quotations if each.words]
    passages = {
        passage.id: passage
        for passage in session.exec(select(Passage).where(col(Passage.id).in_(keys)))
    }
    turns = _turns_beside(
        [passage.turn_id for passage in passages.values() if passage.turn_id],
        session=session,
        study_id=study_id,
        account_id=account_id,
    )
    return {
        each.key: _around(each, passages[each.quotation.passage_id], turns, session=session)
        for each in quotations
        if each.quotation.passage_id in passages
    }


def _around(
    quoted: Quoted, passage: Passage, turns: dict[UUID, tuple[str, str]], *, session: Session
) -> Around:
    here = (
        (Passage.turn_id == passage.turn_id)
        if passage.turn_id
        else (Passage.response_id == passage.response_id) & (Passage.path == passage.path)
    )
    beside = session.exec(
        select(Passage).where(here, Passage.id != passage.id).order_by(col(Passage.start))
    ).all()
    before = [each.masked for each in beside if each.start < passage.start]
    after = [each.masked for each in beside if each.start > passage.start]
    row = quoted.quotation
    turn_before, turn_after = turns.get(passage.turn_id, ("", "")) if passage.turn_id else ("", "")
    return Around(
        before=" ".join([*before[-1:], passage.masked[: row.start].strip()]).strip(),
        after=" ".join([passage.masked[row.end :].strip(), *after[:1]]).strip(),
        turn_before=turn_before,
        turn_after=turn_after,
    )


def _turns_beside(
    turn_ids: Sequence[UUID], *, session: Session, study_id: UUID, account_id: UUID | None
) -> dict[UUID, tuple[str, str]]:
    """Return for each turn what was said before and after it, names masked."""
    if not turn_ids:
        return {}
    mine = session.exec(select(Turn).where(col(Turn.id).in_(turn_ids))).all()
    names = known(
        session=session, study_id=study_id, account_id=account_id, purpose="reading quotations"
    )
    beside: dict[UUID, tuple[str, str]] = {}
    for turn in mine:
        texts = dict(
            session.exec(
                select(Turn.position, Turn.text).where(
                    Turn.interview_id == turn.interview_id,
                    col(Turn.position).in_([turn.position - 1, turn.position + 1]),
                )
            ).all()
        )
        before, after = (
            names.mask(texts.get(turn.position + step, ""), language="und").text for step in (-1, 1)
        )
        beside[turn.id] = (before, after)
    return beside
