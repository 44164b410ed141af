"""Marking stretches of texts with codes; every mark can be taken back."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from data.tables import Code, Coding
from data.tables.base import now
from i18n import say
from nlp.coding.blind import check_open
from nlp.coding.places import Place, original, place_of, within
from nlp.coding.refusal import CodingError
from nlp.masking_review import known

MOST_CODES = 50
LONGEST_MEMO = 10_000


def codings(
    *,
    session: Session,
    study_id: UUID,
    places: list[Place] | None = None,
    version: str | None = None,
    account_ids: Collection[UUID] | None = None,
    code_ids: Collection[UUID] | None = None,
) -> list[Coding]:
    """Return the codings that stand, in the order of their places in a text.

    Args:
        session: The caller's transaction.
        study_id: The study.
        places: Only in these texts; in all by default.
        version: `own` or `decided`; both by default.
        account_ids: Only of these coders.
        code_ids: Only of these codes.
    """
    wanted = select(Coding).where(
        Coding.study_id == study_id,
        col(Coding.removed_at).is_(None),
        col(Coding.lost_at).is_(None),
    )
    if places is not None:
        wanted = wanted.where(within(Coding, places))
    if version is not None:
        wanted = wanted.where(Coding.version == version)
    if account_ids is not None:
        wanted = wanted.where(col(Coding.account_id).in_(account_ids))
    if code_ids is not None:
        wanted = wanted.where(col(Coding.code_id).in_(code_ids))
    order = (col(Coding.start), col(Coding.end).desc(), col(Coding.created_at), col(Coding.id))
    return list(session.exec(wanted.order_by(*order)))


def lost(*, session: Session, study_id: UUID, places: list[Place] | None = None) -> list[Coding]:
    """Return the codings whose words a correction changed and that nobody has settled yet.

    Their `start` and `end` are where they stood, in the text as it reads now.
    """
    wanted = select(Coding).where(
        Coding.study_id == study_id,
        col(Coding.removed_at).is_(None),
        col(Coding.lost_at).is_not(None),
    )
    if places is not None:
        wanted = wanted.where(within(Coding, places))
    return list(session.exec(wanted.order_by(col(Coding.lost_at), col(Coding.start))))


def mark(
    place: Place,
    start: int,
    end: int,
    code_ids: Sequence[UUID],
    *,
    session: Session,
    study_id: UUID,
    account_id: UUID,
    version: str = "own",
) -> list[Coding]:
    """Mark a stretch with one or more codes.

    Args:
        place: The text.
        start: Where the stretch begins, in code points of the original text.
        end: Where it ends, exclusive.
        code_ids: The codes.
        session: The caller's transaction.
        study_id: The study.
        account_id: The coder.
        version: `own`, or `decided` for what several settled on.

    Returns:
        The codings, one for each code; one that was there already is not made twice.

    Raises:
        CodingError: The text or a code is gone, the stretch is empty, or the text is finished.
    """
    source = original(place, session=session, study_id=study_id)
    if not 0 <= start < end <= len(source.text) or not source.text[start:end].strip():
        raise CodingError(say("Choose some words first."))
    if version == "own":
        check_open(place, session=session, study_id=study_id, account_id=account_id)
    codes = _codes(code_ids, session=session, study_id=study_id)
    here = session.exec(
        select(Coding).where(
            place.of(Coding),
            Coding.version == version,
            Coding.start == start,
            Coding.end == end,
            col(Coding.removed_at).is_(None),
            col(Coding.lost_at).is_(None),
        )
    )
    known_here = {
        each.code_id: each for each in here if version == "decided" or each.account_id == account_id
    }
    moment = now()
    made = [
        known_here.get(code)
        or Coding(
            study_id=study_id,
            person_id=source.person_id,
            code_id=code,
            account_id=account_id,
            start=start,
            end=end,
            version=version,
            created_at=moment,
            **place.columns,
        )
        for code in codes
    ]
    session.add_all(made)
    session.flush()
    return made


def _codes(code_ids: Sequence[UUID], *, session: Session, study_id: UUID) -> list[UUID]:
    """Check that codes are in the codebook as it stands."""
    wanted = list(dict.fromkeys(code_ids))[:MOST_CODES]
    there = set(
        session.exec(
            select(Code.id).where(
                Code.study_id == study_id,
                col(Code.id).in_(wanted),
                col(Code.removed_at).is_(None),
                col(Code.merged_into).is_(None),
            )
        )
    )
    if not wanted or set(wanted) - there:
        raise CodingError(
            say("This code is not in the codebook any more. Load the page again to see what is.")
        )
    return wanted


def own(coding_id: UUID, *, session: Session, study_id: UUID, account_id: UUID) -> Coding:
    """Return a coding that somebody may change: their own, or a decided one.

    Raises:
        CodingError: It is another coder's, not there, or its text is finished.
    """
    coding = session.get(Coding, coding_id)
    if coding is None or coding.study_id != study_id or coding.removed_at:
        raise CodingError(say("This mark is not there any more."))
    if coding.version == "own":
        if coding.account_id != account_id:
            raise CodingError(say("Another coder marked this. Only they can change it."))
        if coding.lost_at is None:
            check_open(place_of(coding), session=session, study_id=study_id, account_id=account_id)
    return coding


def unmark(
    coding_ids: Sequence[UUID], *, session: Session, study_id: UUID, account_id: UUID
) -> list[Coding]:
    """Take marks away, lost ones too.

    Raises:
        CodingError: One of them is not this coder's, or its text is finished.
    """
    moment = now()
    gone = [
        own(key, session=session, study_id=study_id, account_id=account_id) for key in coding_ids
    ]
    for coding in gone:
        coding.removed_at = moment
        session.add(coding)
    session.flush()
    return gone


def note(
    coding_id: UUID, text: str, *, session: Session, study_id: UUID, account_id: UUID
) -> Coding:
    """Write a memo beside a mark; an empty one takes it away. Known names are masked in it.

    Raises:
        CodingError: It is too long, or the mark is not this coder's.
    """
    coding = own(coding_id, session=session, study_id=study_id, account_id=account_id)
    text = text.strip()
    if len(text) > LONGEST_MEMO:
        raise CodingError(
            say("A memo has at most {most} characters; this one has {count}.",
                most=LONGEST_MEMO, count=len(text))
        )  # fmt: skip
    if text:
        names = known(
            session=session, study_id=study_id, account_id=account_id, purpose="masking a memo"
        )
        text = names.mask(text, language="und").text
    coding.memo = text
    session.add(coding)
    session.flush()
    return coding


def undo(
    places: list[Place], *, session: Session, study_id: UUID, account_id: UUID
) -> list[Coding]:
    """Take back a coder's last step in some texts: what was marked goes, what was removed is back.

    Undoing is no step of its own: doing it again takes back the step before.

    Returns:
        The codings concerned; those that are back stand, those that went are not stored any more.

    Raises:
        CodingError: There is nothing to take back, or the text is finished.
    """
    rows = session.exec(
        select(Coding)
        .join(Code, col(Code.id) == col(Coding.code_id))
        .where(
            Coding.study_id == study_id,
            Coding.account_id == account_id,
            Coding.version == "own",
            col(Coding.lost_at).is_(None),
            col(Code.removed_at).is_(None),
            col(Code.merged_into).is_(None),
            within(Coding, places),
        )
    ).all()
    if not rows:
        raise CodingError(say("There is nothing to take back."))
    last = max(_changed(row) for row in rows)
    step = [row for row in rows if _changed(row) == last]
    for place in {place_of(row) for row in step}:
        check_open(place, session=session, study_id=study_id, account_id=account_id)
    for row in step:
        if row.removed_at:
            row.removed_at = None
            session.add(row)
        else:
            session.delete(row)
    session.flush()
    return step


def _changed(coding: Coding) -> datetime:
    return coding.removed_at or coding.created_at
