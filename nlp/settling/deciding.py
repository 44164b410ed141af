"""Settling: what coders say to each other, and the version they decide on; their own stay."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session, col, select

from data.history import record
from data.tables import Coding, CodingTalk
from data.tables.base import now
from i18n import say
from nlp.coding.codebook import codes
from nlp.coding.marking import mark
from nlp.coding.places import Place
from nlp.coding.refusal import CodingError
from nlp.masking_review import known
from nlp.settling.differing import settled
from nlp.settling.units import Unit, units

LONGEST = 2_000


def decide(
    place: Place,
    start: int,
    code_id: UUID,
    *,
    holds: bool,
    session: Session,
    study_id: UUID,
    account_id: UUID,
) -> None:
    """Settle whether a passage is about a code; decided again, the later decision counts.

    What the coders agree on anyway in this text becomes part of the decided version with it.

    Args:
        place: The text.
        start: Where the passage begins.
        code_id: The code.
        holds: Whether it is about it.
        session: The caller's transaction.
        study_id: The study.
        account_id: Who decides: somebody who has finished the text.

    Raises:
        CodingError: There is nothing of the kind to settle, or it is not open to them.
    """
    unit = _unit(place, start, code_id, session=session, study_id=study_id, account_id=account_id)
    here = units(session=session, study_id=study_id, places=[place])
    _agreed(here, session=session, study_id=study_id, account_id=account_id)
    rows = session.exec(
        select(Coding).where(
            place.of(Coding),
            Coding.study_id == study_id,
            Coding.version == "decided",
            Coding.code_id == code_id,
            col(Coding.start) >= unit.start,
            col(Coding.start) < unit.end,
            col(Coding.lost_at).is_(None),
        )
    ).all()
    moment = now()
    for row in rows:
        row.removed_at = row.removed_at or moment
        session.add(row)
    begin, end = _stretch(unit, code_id)
    session.flush()
    if holds:
        mark(
            place,
            begin,
            end,
            [code_id],
            session=session,
            study_id=study_id,
            account_id=account_id,
            version="decided",
        )
    elif not rows:
        session.add(
            Coding(
                study_id=study_id,
                person_id=unit.person_id,
                code_id=code_id,
                account_id=account_id,
                start=begin,
                end=end,
                version="decided",
                removed_at=moment,
                **place.columns,
            )
        )
    session.flush()
    record(
        "coding.decided",
        session=session,
        study_id=study_id,
        account_id=account_id,
        subject="code",
        subject_id=code_id,
        holds=holds,
    )


def take_over(*, session: Session, study_id: UUID, account_id: UUID) -> int:
    """Take what all coders marked alike into the decided version; return how many marks."""
    seen = [unit for unit in units(session=session, study_id=study_id) if account_id in unit.coders]
    count = _agreed(seen, session=session, study_id=study_id, account_id=account_id)
    if count:
        record(
            "coding.agreed", session=session, study_id=study_id, account_id=account_id, marks=count
        )
    return count


def talk(
    place: Place,
    start: int,
    code_id: UUID,
    text: str,
    *,
    session: Session,
    study_id: UUID,
    account_id: UUID,
) -> CodingTalk:
    """Say something to the other coders about a difference. Known names are masked in it.

    Raises:
        CodingError: It is empty or too long, or there is nothing of the kind to talk about.
    """
    unit = _unit(place, start, code_id, session=session, study_id=study_id, account_id=account_id)
    text = text.strip()
    if not text:
        raise CodingError(say("There is nothing to keep yet."))
    if len(text) > LONGEST:
        raise CodingError(say("This is too long: at most {most} characters, please.", most=LONGEST))
    names = known(
        session=session, study_id=study_id, account_id=account_id, purpose="masking a memo"
    )
    said = CodingTalk(
        study_id=study_id,
        code_id=code_id,
        account_id=account_id,
        start=unit.start,
        end=unit.end,
        text=names.mask(text, language="und").text,
        **place.columns,
    )
    session.add(said)
    session.flush()
    return said


def _unit(
    place: Place,
    start: int,
    code_id: UUID,
    *,
    session: Session,
    study_id: UUID,
    account_id: UUID,
) -> Unit:
    """Return the passage that a difference is about, if it is open to whoever asks."""
    for unit in units(session=session, study_id=study_id, places=[place]):
        if unit.start == start and account_id in unit.coders and code_id in unit.marks:
            return unit
    raise CodingError(say("There is nothing to settle here any more. Load the page again."))


def _agreed(seen: Sequence[Unit], *, session: Session, study_id: UUID, account_id: UUID) -> int:
    """Write down what all who finished a passage marked there, where nothing was settled yet."""
    there = set(codes(session=session, study_id=study_id))
    done = settled(seen, session=session, study_id=study_id)
    count = 0
    for unit in seen:
        for code_id in unit.marks.keys() & there:
            if unit.marked_by(code_id) == unit.coders and (unit.key, code_id) not in done:
                mark(
                    unit.place,
                    *_stretch(unit, code_id),
                    [code_id],
                    session=session,
                    study_id=study_id,
                    account_id=account_id,
                    version="decided",
                )
                count += 1
    return count


def _stretch(unit: Unit, code_id: UUID) -> tuple[int, int]:
    """Return what all marks of a code in a passage have in common, or else all they cover."""
    marks = unit.marks[code_id]
    start, end = max(each.start for each in marks), min(each.end for each in marks)
    if start >= end:
        start, end = min(each.start for each in marks), max(each.end for each in marks)
    return max(start, unit.start), min(end, unit.end)
