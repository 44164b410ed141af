"""Several coders of one text: each by themselves until they have finished it.

Whoever has not finished a text sees their own codings of it alone. Once a second coder has finished
it, what both marked by themselves stands as it is, so that agreement is agreement; what they settle
on afterwards is the version `decided`.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session, col, delete, select

from data.history import record
from data.tables import CodedText, Coding, Study
from data.tables.base import now
from i18n import say
from nlp.coding.places import Place, original, place_of, within
from nlp.coding.refusal import CodingError


def finished(
    *, session: Session, study_id: UUID, places: list[Place] | None = None
) -> dict[Place, set[UUID]]:
    """Return who has finished which text.

    Args:
        session: The caller's transaction.
        study_id: The study.
        places: Only these texts; all by default.
    """
    wanted = select(CodedText).where(CodedText.study_id == study_id)
    if places is not None:
        wanted = wanted.where(within(CodedText, places))
    found: dict[Place, set[UUID]] = {}
    for row in session.exec(wanted):
        found.setdefault(place_of(row), set()).add(row.account_id)
    return found


def finish(places: Sequence[Place], *, session: Session, study_id: UUID, account_id: UUID) -> None:
    """Say that a coder has finished texts: what they left unmarked they have read.

    Raises:
        CodingError: One of them is not there any more.
    """
    known = finished(session=session, study_id=study_id, places=list(places))
    fresh = [place for place in places if account_id not in known.get(place, ())]
    for place in fresh:
        original(place, session=session, study_id=study_id)
        session.add(
            CodedText(study_id=study_id, account_id=account_id, finished_at=now(), **place.columns)
        )
    session.flush()
    if fresh:
        record(
            "coding.finished",
            session=session,
            study_id=study_id,
            account_id=account_id,
            texts=len(fresh),
        )


def reopen(places: Sequence[Place], *, session: Session, study_id: UUID, account_id: UUID) -> None:
    """Go on with texts that a coder had finished, as long as nobody else's work was open to them.

    Raises:
        CodingError: Another coder has finished one of them too.
    """
    known = finished(session=session, study_id=study_id, places=list(places))
    if any(account_id in who and len(who) > 1 for who in known.values()):
        raise stands()
    session.exec(
        delete(CodedText).where(
            within(CodedText, list(places)),
            col(CodedText.study_id) == study_id,
            col(CodedText.account_id) == account_id,
        )
    )
    record(
        "coding.reopened",
        session=session,
        study_id=study_id,
        account_id=account_id,
        texts=len(places),
    )


def stands() -> CodingError:
    """Return what is told to whoever would change what stands."""
    return CodingError(
        say(
            "Another coder has finished this text too: what each of you marked stands as it is. "
            "Settle the differences together instead."
        )
    )


def check_open(place: Place, *, session: Session, study_id: UUID, account_id: UUID) -> None:
    """Make sure that a coder may still mark a text by themselves.

    Raises:
        CodingError: They have finished it; with nobody else they may open it again.
    """
    who = finished(session=session, study_id=study_id, places=[place]).get(place, set())
    if account_id not in who:
        return
    if len(who) > 1:
        raise stands()
    raise CodingError(say("You have finished this text. Open it again to go on."))


def visible(
    codings: Sequence[Coding], done: dict[Place, set[UUID]], *, account_id: UUID
) -> list[Coding]:
    """Return the codings that a coder may see: their own, and others' where both have finished.

    Args:
        codings: Codings of some texts.
        done: Who has finished which of them (`finished`).
        account_id: The coder.
    """
    return [coding for coding in codings if _may_see(coding, done, account_id)]


def _may_see(coding: Coding, done: dict[Place, set[UUID]], account_id: UUID) -> bool:
    if coding.account_id == account_id and coding.version == "own":
        return True
    who = done.get(place_of(coding), set())
    if account_id not in who:
        return False
    return coding.version == "decided" or coding.account_id is None or coding.account_id in who


def open_to(
    codings: Sequence[Coding], *, session: Session, study_id: UUID, account_id: UUID
) -> list[Coding]:
    """Return the codings that somebody may read: all of them where they do not code themselves.

    Args:
        codings: Codings of the study.
        session: Where to read.
        study_id: The study.
        account_id: Who reads.
    """
    done = finished(session=session, study_id=study_id)
    if any(account_id in who for who in done.values()) or _marked(
        session=session, study_id=study_id, account_id=account_id
    ):
        return visible(codings, done, account_id=account_id)
    return list(codings)


def _marked(*, session: Session, study_id: UUID, account_id: UUID) -> bool:
    """Whether somebody has marked anything."""
    mine = select(Coding.id).where(
        Coding.study_id == study_id,
        Coding.account_id == account_id,
        col(Coding.removed_at).is_(None),
    )
    return session.exec(mine.limit(1)).first() is not None


def hides_groups(study: Study) -> bool:
    """Whether team and nationality are hidden from coders; they are where the study says nothing.

    `study.design["coding"]["hide_groups"]` says so.
    """
    return bool(study.design.get("coding", {}).get("hide_groups", True))


def hide_groups(study: Study, *, hidden: bool, session: Session, account_id: UUID) -> None:
    """Say whether team and nationality are hidden from coders.

    Args:
        study: The study as it is in the session.
        hidden: Whether they are.
        session: The caller's transaction.
        account_id: Who says so.
    """
    if hides_groups(study) == hidden:
        return
    coding = {**study.design.get("coding", {}), "hide_groups": hidden}
    study.design = {**study.design, "coding": coding}
    session.add(study)
    record(
        "coding.hidden" if hidden else "coding.shown",
        session=session,
        study_id=study.id,
        account_id=account_id,
    )
