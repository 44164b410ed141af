"""The shelf: which words were chosen to be quoted. Whoever changes it says what they saw."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select, update

from data.history import record
from data.tables import Passage, Quotation, QuotationRelease, QuotationTranslation
from i18n import Message, say
from nlp.encoders import text_hash
from nlp.quoting.refusal import QuotingError
from nlp.quoting.wording import whole

FEW = 4
"""Quotations from which on it is worth asking whether they are balanced."""


def put(
    *,
    session: Session,
    study_id: UUID,
    passage_id: UUID,
    account_id: UUID | None,
    words: str | None = None,
) -> Quotation:
    """Put a passage, or an exact stretch of it, on the shelf; twice is once.

    Args:
        session: The caller's transaction.
        study_id: The study.
        passage_id: The passage.
        account_id: Who chooses.
        words: The stretch, exactly as it stands in the masked passage; all of it by default.

    Raises:
        QuotingError: The passage is gone, the words are not in it, or overlap with a quotation.
    """
    passage = session.get(Passage, passage_id)
    if passage is None or passage.study_id != study_id:
        raise QuotingError(say("This passage is no longer there."))
    start, end = _stretch(passage, words)
    known = _quotations_of(passage, session=session)
    same = next((each for each in known if (each.start, each.end) == (start, end)), None)
    if same:
        return same
    _refuse_overlap(known, start, end)
    made = Quotation(
        study_id=study_id,
        person_id=passage.person_id,
        passage_id=passage.id,
        account_id=account_id,
        start=start,
        end=end,
        text_hash=text_hash(passage.masked[start:end]),
    )
    session.add(made)
    try:
        session.flush()
    except IntegrityError:
        # Somebody else chose the same words in this moment: theirs is the one.
        session.rollback()
        return session.exec(
            select(Quotation).where(
                Quotation.passage_id == passage_id, Quotation.start == start, Quotation.end == end
            )
        ).one()
    _record("quotation.chosen", made, session=session, account_id=account_id)
    return made


def _stretch(passage: Passage, words: str | None) -> tuple[int, int]:
    wanted = passage.masked if words is None else words.strip()
    at = passage.masked.find(wanted)
    start, end = whole(passage.masked, at, at + len(wanted))
    if at < 0 or start >= end:
        raise QuotingError(
            say("These are not the exact words of the passage. Leave words out at both ends only.")
        )
    return start, end


def _quotations_of(passage: Passage, *, session: Session) -> Sequence[Quotation]:
    return session.exec(
        select(Quotation).where(Quotation.passage_id == passage.id).with_for_update()
    ).all()


def _refuse_overlap(known: Sequence[Quotation], start: int, end: int) -> None:
    if any(each.start < end and start < each.end for each in known):
        raise QuotingError(say("Some of these words are on the shelf already."))


def narrow(
    quotation_id: UUID, words: str, *, seen: int, session: Session, account_id: UUID | None
) -> Quotation:
    """Quote another stretch of the same passage, or the same words as they read by now.

    Translations lose their check, and what was released was other words: it has to be sent again.

    Args:
        quotation_id: The quotation.
        words: The stretch, exactly as it stands in the masked passage.
        seen: The `revision` that whoever changes it had before their eyes.
        session: The caller's transaction.
        account_id: Who changes it.

    Raises:
        QuotingError: The words are not in the passage, or it was changed or printed meanwhile.
    """
    quotation = changing(quotation_id, seen=seen, session=session)
    passage = session.get(Passage, quotation.passage_id) if quotation.passage_id else None
    if passage is None:
        raise QuotingError(
            say("The passage was corrected or withdrawn. Take the quotation off the shelf.")
        )
    start, end = _stretch(passage, words)
    others = [each for each in _quotations_of(passage, session=session) if each is not quotation]
    _refuse_overlap(others, start, end)
    digest = text_hash(passage.masked[start:end])
    if digest != quotation.text_hash:
        session.exec(
            update(QuotationTranslation)
            .where(col(QuotationTranslation.quotation_id) == quotation.id)
            .values(checker="", checked_at=None)
        )
    quotation.start, quotation.end, quotation.text_hash = start, end, digest
    session.add(quotation)
    session.flush()
    _record("quotation.narrowed", quotation, session=session, account_id=account_id)
    return quotation


def take_off(quotation_id: UUID, *, seen: int, session: Session, account_id: UUID | None) -> None:
    """Take a quotation off the shelf, with its translations and what was said about it.

    Raises:
        QuotingError: It was changed meanwhile, or printed.
    """
    quotation = changing(quotation_id, seen=seen, session=session)
    _record("quotation.taken_off", quotation, session=session, account_id=account_id)
    session.delete(quotation)
    session.flush()


def changing(quotation_id: UUID, *, seen: int, session: Session) -> Quotation:
    """Return a quotation to be changed: of two who do it at once the second is told.

    Raises:
        QuotingError: Somebody changed it or took it away meanwhile, or it was printed.
    """
    mine = session.exec(
        update(Quotation)
        .where(col(Quotation.id) == quotation_id, col(Quotation.revision) == seen)
        .values(revision=seen + 1)
    )
    if mine.rowcount != 1:
        known = session.get(Quotation, quotation_id, populate_existing=True)
        raise QuotingError(
            say("Somebody changed this quotation in the meantime. Look at it again.")
            if known
            else say("Somebody took this quotation off the shelf in the meantime.")
        )
    printed = session.exec(
        select(QuotationRelease.printed_at).where(QuotationRelease.quotation_id == quotation_id)
    ).first()
    if printed:
        raise QuotingError(say("This quotation was printed; it stays as it is."))
    return session.get_one(Quotation, quotation_id, populate_existing=True)


def starred(keys: Sequence[str], *, session: Session) -> set[str]:
    """Return those of these passages of which something is on the shelf."""
    found = session.exec(
        select(Quotation.passage_id).where(
            col(Quotation.passage_id).in_([UUID(key) for key in keys])
        )
    ).all()
    return {str(key) for key in found}


def unstar(passage_id: UUID, *, session: Session, account_id: UUID | None) -> None:
    """Take everything of a passage off the shelf on which nobody has worked yet.

    Raises:
        QuotingError: It has translations or was sent: that is undone on the shelf.
    """
    for quotation in session.exec(
        select(Quotation).where(Quotation.passage_id == passage_id)
    ).all():
        worked = (
            session.exec(
                select(QuotationTranslation.id).where(
                    QuotationTranslation.quotation_id == quotation.id
                )
            ).first()
            or session.exec(
                select(QuotationRelease.id).where(QuotationRelease.quotation_id == quotation.id)
            ).first()
        )
        if worked:
            raise QuotingError(
                say("It was already translated or sent. If you mean it, take it off on the shelf.")
            )
        take_off(quotation.id, seen=quotation.revision, session=session, account_id=account_id)


def imbalance(people: Sequence[str]) -> list[Message]:
    """Warn where a few people speak for many.

    Args:
        people: The code of the person behind each quotation.
    """
    if len(people) < FEW:
        return []
    fair = max(2.0, 2 * len(people) / len(set(people)))
    warnings = [
        say("{person} is quoted {count} times out of {all}.", person=code, count=n, all=len(people))
        for code, n in Counter(people).most_common()
        if n > fair or 3 * n > len(people)
    ]
    if len(set(people)) == 1:
        warnings.append(say("Only one person is quoted."))
    return warnings


def _record(
    action: str, quotation: Quotation, *, session: Session, account_id: UUID | None
) -> None:
    record(
        action,
        session=session,
        study_id=quotation.study_id,
        account_id=account_id,
        subject="quotation",
        subject_id=quotation.id,
    )
