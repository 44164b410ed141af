"""Changing turns: each change is kept with what was there before, who changed it and why."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, delete, select, update

from data.history import record
from data.tables import Account, Interview, Membership, Passage, Person, Turn, TurnRevision
from data.tables.base import now
from i18n import say
from survey.forgetting import forget_passages
from survey.interviews.following import follow, passages_of, settle
from survey.interviews.refusal import InterviewError
from survey.marked import follow_turn, forget_turn, join, part
from survey.transcripts.cleaning import clean

Work = Callable[[Turn, Session], object]
"""Something done to a turn in a transaction."""

ONE_SITTING = timedelta(minutes=10)
"""Corrections of a turn by one person within this time are one revision."""


def correct(
    turn: Turn,
    text: str,
    *,
    seen: str,
    session: Session,
    account_id: UUID | None,
    reason: str = "",
    action: str = "corrected",
) -> None:
    """Write down what was really said.

    Args:
        turn: The turn as it is in the session.
        text: Its new text.
        seen: The text that whoever corrects it had before their eyes.
        session: The caller's transaction.
        account_id: Who corrects it.
        reason: Why, in their words.
        action: What the revision is called.

    Raises:
        InterviewError: The text is empty, or somebody else changed the turn in the meantime.
    """
    text = clean(text).strip()
    if not text:
        raise InterviewError(say("A turn cannot be empty. Merge it with another, or remove it."))
    if turn.text != seen:
        raise InterviewError(
            say("Somebody changed this turn in the meantime. Look at it again before you save.")
        )
    if text == turn.text:
        return
    follow(passages_of(session=session, turn_id=turn.id), turn.text, text, session=session)
    follow_turn(turn.id, turn.text, text, session=session)
    earlier = _sitting(turn, session=session, account_id=account_id, action=action, reason=reason)
    if earlier is None:
        _keep(turn, action, {"text": text}, session=session, account_id=account_id, reason=reason)
        return
    turn.text = text
    session.add(turn)
    if earlier.before == {"text": text}:
        session.delete(earlier)
    else:
        earlier.after = {"text": text}
        session.add(earlier)


def _sitting(
    turn: Turn, *, session: Session, account_id: UUID | None, action: str, reason: str
) -> TurnRevision | None:
    """Return the newest revision of a turn if this correction goes on with it."""
    newest = session.exec(
        select(TurnRevision)
        .where(TurnRevision.turn_id == turn.id)
        .order_by(col(TurnRevision.created_at).desc())
    ).first()
    if newest is None or now() - newest.created_at > ONE_SITTING:
        return None
    same = (newest.action, newest.account_id, newest.reason) == (action, account_id, reason)
    return newest if same and action == "corrected" else None


def _keep(
    turn: Turn,
    action: str,
    after: dict[str, Any],
    *,
    session: Session,
    account_id: UUID | None,
    reason: str,
) -> None:
    """Change a turn and keep what it was."""
    before = {name: getattr(turn, name) for name in after}
    turn.sqlmodel_update(after)
    session.add(turn)
    session.add(
        TurnRevision(
            turn_id=turn.id,
            account_id=account_id,
            action=action,
            before=before,
            after=after,
            reason=reason,
        )
    )


def relabel(
    turn: Turn, speaker: str, *, session: Session, account_id: UUID | None, reason: str = ""
) -> None:
    """Say that somebody else spoke this turn."""
    speaker = _label(speaker)
    if speaker == turn.speaker:
        return
    after = {"speaker": speaker}
    _keep(turn, "relabelled", after, session=session, account_id=account_id, reason=reason)
    settle(session.get_one(Interview, turn.interview_id), session=session, turn=turn)


def relabel_everywhere(
    interview: Interview,
    label: str,
    speaker: str,
    *,
    session: Session,
    account_id: UUID | None,
    reason: str = "",
) -> int:
    """Give every turn of one label another label, and return how many there were.

    A label that nobody had before is who the old one was.
    """
    speaker = _label(speaker)
    if speaker == label:
        return 0
    if label in interview.speakers and speaker not in interview.speakers:
        interview.speakers = {**interview.speakers, speaker: interview.speakers[label]}
        session.add(interview)
    turns = session.exec(
        select(Turn).where(Turn.interview_id == interview.id, Turn.speaker == label)
    ).all()
    after = {"speaker": speaker}
    for turn in turns:
        _keep(turn, "relabelled", after, session=session, account_id=account_id, reason=reason)
    interview.speakers = {key: who for key, who in interview.speakers.items() if key != label}
    session.add(interview)
    settle(interview, session=session)
    return len(turns)


def _label(speaker: str) -> str:
    return " ".join(clean(speaker).split())[:200]


def split(
    turn: Turn,
    at: int,
    *,
    session: Session,
    account_id: UUID | None,
    speaker: str | None = None,
    reason: str = "",
) -> Turn:
    """Make two turns of one.

    Args:
        turn: The turn.
        at: Where the second begins, in code points.
        session: The caller's transaction.
        account_id: Who splits it.
        speaker: The label of the second; the same by default.
        reason: Why.

    Returns:
        The second turn. It has no start time: nobody knows it.

    Raises:
        InterviewError: One of the two would be empty.
    """
    first, second = turn.text[:at].rstrip(), turn.text[at:].lstrip()
    if not first.strip() or not second:
        raise InterviewError(say("A turn can only be split where words stand on both sides."))
    here = col(Turn.interview_id) == turn.interview_id
    # Positions are one of a kind: out of the way first, then back, one further.
    session.flush()
    session.exec(
        update(Turn)
        .where(here, col(Turn.position) > turn.position)
        .values(position=-col(Turn.position) - 2)
    )
    session.exec(
        update(Turn).where(here, col(Turn.position) < 0).values(position=-col(Turn.position) - 1)
    )
    made = Turn(
        interview_id=turn.interview_id,
        position=turn.position + 1,
        speaker=turn.speaker if speaker is None else _label(speaker),
        end=turn.end,
        text=second,
    )
    session.add(made)
    session.flush()
    begin = len(turn.text) - len(second)
    lost: list[Passage] = []
    for passage in passages_of(session=session, turn_id=turn.id):
        if passage.start >= begin:
            passage.turn_id = made.id
            passage.start -= begin
            passage.end -= begin
            session.add(passage)
        elif passage.end > len(first):
            lost.append(passage)
    part(turn, made, end=len(first), begin=begin, session=session)
    after = {"text": first, "end": None}
    session.flush()
    forget_passages(lost, session=session)
    _keep(turn, "split", after, session=session, account_id=account_id, reason=reason)
    session.flush()
    settle(session.get_one(Interview, turn.interview_id), session=session, turn=made)
    return made


def next_of(turn: Turn, *, session: Session) -> Turn | None:
    """Return the turn after a turn."""
    return session.exec(
        select(Turn)
        .where(Turn.interview_id == turn.interview_id, Turn.position > turn.position)
        .order_by(col(Turn.position))
    ).first()


def merge(turn: Turn, *, session: Session, account_id: UUID | None, reason: str = "") -> None:
    """Make one turn of a turn and the next; who speaks first speaks both.

    Raises:
        InterviewError: It is the last turn.
    """
    other = next_of(turn, session=session)
    if other is None:
        raise InterviewError(say("This is the last turn; there is none to merge it with."))
    apart = "\n" if turn.text and other.text else ""
    begin = len(turn.text) + len(apart)
    for passage in passages_of(session=session, turn_id=other.id):
        passage.turn_id = turn.id
        passage.start += begin
        passage.end += begin
        session.add(passage)
    join(turn, other, begin=begin, session=session)
    session.exec(
        update(TurnRevision).where(col(TurnRevision.turn_id) == other.id).values(turn_id=turn.id)
    )
    after = {
        "text": turn.text + apart + other.text,
        "end": turn.end if other.end is None else other.end,
    }
    _keep(turn, "merged", after, session=session, account_id=account_id, reason=reason)
    session.flush()
    session.delete(other)
    session.flush()
    settle(session.get_one(Interview, turn.interview_id), session=session, turn=turn)


def remove(turn: Turn, *, session: Session, account_id: UUID | None) -> None:
    """Take the words of a turn away for good, from its history too.

    That something was removed, when and by whom stays.
    """
    forget_passages(passages_of(session=session, turn_id=turn.id), session=session)
    forget_turn(turn.id, session=session)
    session.exec(delete(TurnRevision).where(col(TurnRevision.turn_id) == turn.id))
    turn.text = ""
    session.add(turn)
    _keep(turn, "removed", {}, session=session, account_id=account_id, reason="")
    record(
        "turn.removed",
        session=session,
        study_id=session.get_one(Interview, turn.interview_id).study_id,
        account_id=account_id,
        subject="turn",
        subject_id=turn.id,
    )


def revisions_of(*, session: Session, turn_id: UUID) -> list[tuple[TurnRevision, str]]:
    """Return the changes of a turn, newest first, each with who made it: a code or a role."""
    found = session.exec(
        select(TurnRevision, Person.code, Membership.role)
        .join(Turn, col(Turn.id) == col(TurnRevision.turn_id))
        .join(Interview, col(Interview.id) == col(Turn.interview_id))
        .outerjoin(Account, col(Account.id) == col(TurnRevision.account_id))
        .outerjoin(
            Membership,
            (col(Membership.account_id) == col(Account.id))
            & (col(Membership.study_id) == col(Interview.study_id)),
        )
        .outerjoin(Person, col(Person.id) == col(Membership.person_id))
        .where(TurnRevision.turn_id == turn_id)
        .order_by(col(TurnRevision.created_at).desc())
    ).all()
    by_revision = {
        revision.id: (revision, code or role or "") for revision, code, role in reversed(found)
    }
    return list(reversed(by_revision.values()))


def changed_in(*, session: Session, interview_id: UUID) -> set[UUID]:
    """Return the turns of an interview that were changed."""
    return set(
        session.exec(
            select(TurnRevision.turn_id)
            .join(Turn, col(Turn.id) == col(TurnRevision.turn_id))
            .where(Turn.interview_id == interview_id)
        ).all()
    )
