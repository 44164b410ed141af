"""Decisions about names: whose a spelling is, or that it is nobody's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal
from uuid import UUID

from sqlmodel import Session, col, select

from data.history import record
from data.tables import MaskDecision, Person
from data.tables.base import now
from i18n import say
from survey.interviews.refusal import InterviewError

Kind = Literal["person", "name", "none"]
SOMEBODY = "name:decided"
"""The code under which masking knows names that belong to nobody of the study."""


def decide(
    spelling: str,
    kind: Kind,
    *,
    session: Session,
    study_id: UUID,
    account_id: UUID | None,
    person_id: UUID | None = None,
) -> MaskDecision:
    """Keep what somebody decided about a spelling; a later decision takes the place of an earlier.

    Args:
        spelling: As it stands in the text.
        kind: Masked as a person of the study, masked as somebody, or no name.
        session: The caller's transaction.
        study_id: The study it holds in.
        account_id: Who decides.
        person_id: Whose name it is, for the kind `person`.

    Raises:
        InterviewError: Nothing is to be decided about, or the person is not of this study (any
            more).
    """
    spelling = " ".join(spelling.split())
    if len(spelling) < 2 or len(spelling) > 200:
        raise InterviewError(say("A name has at least two letters."))
    person = session.get(Person, person_id) if person_id else None
    here = person is not None and person.study_id == study_id and person.withdrawn_at is None
    if (kind == "person") != here:
        raise InterviewError(say("Say whose name it is."))
    decision = session.exec(
        select(MaskDecision).where(
            MaskDecision.study_id == study_id, MaskDecision.spelling == spelling
        )
    ).first() or MaskDecision(study_id=study_id, spelling=spelling, kind=kind)
    decision.kind, decision.person_id = kind, person_id
    decision.account_id, decision.created_at = account_id, now()
    session.add(decision)
    session.flush()
    _record("mask.decided", decision, session=session, account_id=account_id)
    return decision


def take_back(decision: MaskDecision, *, session: Session, account_id: UUID | None) -> None:
    """Undo a decision."""
    _record("mask.undecided", decision, session=session, account_id=account_id)
    session.delete(decision)
    session.flush()


def decisions_of(*, session: Session, study_id: UUID) -> Sequence[MaskDecision]:
    """Return the decisions of a study, newest first."""
    return session.exec(
        select(MaskDecision)
        .where(MaskDecision.study_id == study_id)
        .order_by(col(MaskDecision.created_at).desc(), col(MaskDecision.spelling))
    ).all()


def _record(
    action: str, decision: MaskDecision, *, session: Session, account_id: UUID | None
) -> None:
    record(
        action,
        session=session,
        study_id=decision.study_id,
        account_id=account_id,
        subject="mask_decision",
        subject_id=decision.id,
        kind=decision.kind,
    )
