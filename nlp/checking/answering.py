"""Answering: one passage after the other, each answer kept at once, blind to all others."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from data.history import record
from data.tables import CheckAnswer, CheckQuestion, ThemeCheck
from data.tables.base import now
from i18n import Refusal, say

Answer = Literal["yes", "no", "unsure"]
ANSWERS: tuple[Answer, ...] = ("yes", "no", "unsure")
CODERS = 2
"""Coders who must have finished before anybody sees what was said."""


class CheckError(Refusal):
    """This cannot be answered so; nothing was changed."""


@dataclass(frozen=True)
class Asked:
    """A passage that a coder is asked about, and what they said of it; None as long as nothing."""

    question: CheckQuestion
    answer: str | None


def check_of(check_id: UUID, *, session: Session, study_id: UUID) -> ThemeCheck:
    """Return a check of a study.

    Raises:
        CheckError: The study has no such check.
    """
    check = session.get(ThemeCheck, check_id)
    if check is None or check.study_id != study_id:
        raise CheckError(say("This check is no longer there."))
    return check


def asked(
    check_id: UUID,
    *,
    session: Session,
    account_id: UUID,
    languages: Collection[str] | None = None,
) -> list[Asked]:
    """Return what a coder is asked in a check, in its order, with their own answers only.

    Args:
        check_id: The check.
        session: Where to read.
        account_id: The coder.
        languages: Those that they read; None for all.
    """
    rows = session.exec(
        select(CheckQuestion, CheckAnswer.answer)
        .outerjoin(
            CheckAnswer,
            (col(CheckAnswer.question_id) == col(CheckQuestion.id))
            & (col(CheckAnswer.account_id) == account_id),
        )
        .where(CheckQuestion.check_id == check_id)
        .order_by(col(CheckQuestion.position))
    ).all()
    return [
        Asked(question, said)
        for question, said in rows
        if languages is None or question.language in languages
    ]


def answer(
    question_id: UUID, said: str, *, session: Session, study_id: UUID, account_id: UUID
) -> None:
    """Keep what a coder says of a passage; said again, the later answer counts.

    Raises:
        CheckError: The passage is gone, the answer is none of `ANSWERS`, or two people have
            finished: what they said stays as it is.
    """
    question = session.get(CheckQuestion, question_id)
    if question is None:
        raise CheckError(say("This passage is no longer there."))
    check = check_of(question.check_id, session=session, study_id=study_id)
    if said not in ANSWERS:
        raise CheckError(say("Say yes, no, or that you cannot say."))
    kept = _mine(question_id, session=session, account_id=account_id)
    if kept is None:
        try:
            with session.begin_nested():
                session.add(
                    CheckAnswer(question_id=question_id, account_id=account_id, answer=said)
                )
            return
        except IntegrityError:  # another window of the same coder was faster
            kept = _mine(question_id, session=session, account_id=account_id)
    assert kept is not None  # noqa: S101 - the unique row that was just in the way
    if kept.answer != said:
        _refuse_settled(check, question.language, session=session, account_id=account_id)
    kept.answer, kept.answered_at = said, now()
    session.add(kept)
    session.flush()


def take_back(
    check_id: UUID, *, session: Session, study_id: UUID, account_id: UUID
) -> CheckQuestion | None:
    """Take a coder's last answer in a check back; return what it was about, None without one.

    Raises:
        CheckError: Two people have finished: what they said stays as it is.
    """
    check = check_of(check_id, session=session, study_id=study_id)
    row = session.exec(
        select(CheckAnswer, CheckQuestion)
        .join(CheckQuestion, col(CheckQuestion.id) == col(CheckAnswer.question_id))
        .where(CheckQuestion.check_id == check_id, CheckAnswer.account_id == account_id)
        .order_by(col(CheckAnswer.answered_at).desc(), col(CheckQuestion.position).desc())
    ).first()
    if row is None:
        return None
    last, question = row
    _refuse_settled(check, question.language, session=session, account_id=account_id)
    session.delete(last)
    session.flush()
    return question


def progress(check_id: UUID, *, session: Session, account_id: UUID) -> dict[str, tuple[int, int]]:
    """Return for each language how many passages a coder answered, and of how many."""
    found: dict[str, tuple[int, int]] = {}
    for each in asked(check_id, session=session, account_id=account_id):
        done, of = found.get(each.question.language, (0, 0))
        found[each.question.language] = (done + (each.answer is not None), of + 1)
    return dict(sorted(found.items()))


def finished(check_id: UUID, *, session: Session) -> dict[str, set[UUID]]:
    """Return for each language who answered everything."""
    wanted: dict[str, set[UUID]] = {}
    done: dict[str, dict[UUID, int]] = {}
    rows = session.exec(
        select(CheckQuestion.id, CheckQuestion.language, CheckAnswer.account_id)
        .outerjoin(CheckAnswer, col(CheckAnswer.question_id) == col(CheckQuestion.id))
        .where(CheckQuestion.check_id == check_id)
    ).all()
    for question, language, coder in rows:
        wanted.setdefault(language, set()).add(question)
        coders = done.setdefault(language, {})
        if coder is not None:
            coders[coder] = coders.get(coder, 0) + 1
    return {
        language: {coder for coder, count in done[language].items() if count == len(questions)}
        for language, questions in sorted(wanted.items())
    }


def note_finished(check: ThemeCheck, language: str, *, session: Session, account_id: UUID) -> None:
    """Record that a coder finished a language of a check."""
    record(
        "check.finished",
        session=session,
        study_id=check.study_id,
        account_id=account_id,
        subject="theme_check",
        subject_id=check.id,
        language=language,
    )


def _mine(question_id: UUID, *, session: Session, account_id: UUID) -> CheckAnswer | None:
    return session.exec(
        select(CheckAnswer).where(
            CheckAnswer.question_id == question_id, CheckAnswer.account_id == account_id
        )
    ).first()


def _refuse_settled(
    check: ThemeCheck, language: str, *, session: Session, account_id: UUID
) -> None:
    """Refuse to change what was said once it could have been seen: it would not be blind."""
    done = finished(check.id, session=session).get(language, set())
    if account_id in done and len(done) >= CODERS:
        raise CheckError(say("Two people have finished: what they said stays as it is."))
