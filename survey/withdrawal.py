"""Withdrawing: everything that a person gave goes, a count stays.

What goes: entries and their revisions, drafts, files, what they said in interviews, passages with
their vectors, theme memberships and keywords, labels of decisions that nobody else speaks of,
quotations with their translations and releases, marks of coders in their words with memos and talk
about them, extracts of their words in whatever researchers wrote (memos, names and descriptions of
themes, their paragraphs of the chapter, talk, the codebook), decisions about spellings of their
name, name, nicknames, e-mail and everything else about them.
What stays: a row with their code and the day they withdrew, that they had agreed and to what, and
a history without a word of theirs.

Of an interview in which somebody else of the study speaks too, the turns stay in their places: the
person's turns hold `GONE` without times, under their code, and the others' are untouched; the
original file and the recording go, because they hold the person's words and voice. An interview
with this person alone goes as a whole, the interviewer's questions included, because they repeat
what was answered.

A backup made before holds all of it again. `apply_withdrawals` is therefore called on every
restored database; it knows from `data.withdrawn`, a list outside the database. Called at any other
time it does no harm and removes what a request that was under way may have left.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, delete, select, update

from data import closed, files, withdrawn
from data.history import record
from data.tables import (
    Account,
    Attachment,
    CalendarChange,
    Consent,
    Decision,
    Interview,
    Invite,
    MaskDecision,
    Membership,
    Person,
    Pin,
    Recording,
    Response,
    SignIn,
    TeamStay,
    Turn,
    TurnRevision,
)
from data.tables.base import now
from survey.applying import records as applying
from survey.audience import visits
from survey.belongings import Belongings, belongings, said, speaks
from survey.exports import forget_archives
from survey.extracts import forget_words
from survey.forgetting import forget_passages
from survey.reminding import records as reminding

GONE = "[…]"
"""What stands where somebody who withdrew had spoken."""


@dataclass(frozen=True)
class Withdrawn:
    """What a withdrawal removed: how many of each."""

    entries: int
    drafts: int
    turns: int
    files: int


def withdraw(*, session: Session, person: Person, account_id: UUID | None = None) -> Withdrawn:
    """Withdraw a person's consent and delete everything that they gave.

    Call `data.erasing.scrub` after the commit. Withdrawing twice removes what is left and is
    recorded once.

    Args:
        session: The caller's transaction.
        person: Who withdraws.
        account_id: Who pressed the button: the person, or a coordinator on their behalf.
    """
    first = person.withdrawn_at is None
    at = person.withdrawn_at or now()
    withdrawn.note(person_id=person.id, at=at)
    with closed.letting(session):
        gone = _erase(session=session, person=person, at=at)
    if first:
        record(
            "consent.withdrawn",
            session=session,
            study_id=person.study_id,
            account_id=account_id,
            subject="person",
            subject_id=person.id,
            entries=gone.entries,
            drafts=gone.drafts,
            turns=gone.turns,
            files=gone.files,
        )
    return gone


def apply_withdrawals(*, session: Session, studies: Collection[UUID] | None = None) -> int:
    """Apply every withdrawal that was ever noted to this database, and note those it knows itself.

    Args:
        session: The caller's transaction.
        studies: Only in these; in all by default.

    Returns:
        How many people had to withdraw again because the database was older than their withdrawal.
    """
    known = select(Person).where(col(Person.withdrawn_at).is_not(None))
    dates = {person.id: person.withdrawn_at for person in session.exec(known)}
    for person_id, at in dates.items():
        assert at is not None  # noqa: S101 - selected so
        withdrawn.note(person_id=person_id, at=at)
    again = 0
    for note in withdrawn.noted():
        person = session.get(Person, note.person_id)
        if person is None or (studies is not None and person.study_id not in studies):
            continue
        with closed.letting(session):
            _erase(session=session, person=person, at=note.at)
        if note.person_id not in dates:
            again += 1
            record(
                "consent.withdrawn.again",
                session=session,
                study_id=person.study_id,
                subject="person",
                subject_id=person.id,
            )
    return again


def _erase(*, session: Session, person: Person, at: datetime) -> Withdrawn:
    given = belongings(session=session, person=person)
    words = [*said(given), *(each.text for each in given.translations)]
    for quotation, _ in given.quotations:
        session.delete(quotation)
    session.flush()
    forget_passages(given.passages, session=session)
    forget_words(words, studies=[person.study_id], session=session)
    forget_archives(session=session, person=person)
    for interview in given.interviews:
        _leave(interview, given, session=session)
    for entry_file, attachment in given.files:
        session.delete(entry_file)
        session.flush()
        files.remove(attachment, session=session)
    for draft in given.drafts:
        session.delete(draft)
    _remove_entries(given, session=session)
    _forget_decisions(person, session=session)
    session.exec(
        update(Consent)
        .where(col(Consent.person_id) == person.id, col(Consent.withdrawn_at).is_(None))
        .values(withdrawn_at=at)
    )
    _shut_out(given, session=session, at=at)
    for kept in (TeamStay, Pin, CalendarChange):
        session.exec(delete(kept).where(col(kept.person_id) == person.id))
    person.withdrawn_at = at
    person.name = person.email = person.role = person.time_zone = ""
    person.nicknames, person.nationalities, person.languages = [], [], []
    person.team_id = person.left_on = None
    person.left_reason = ""
    session.add(person)
    session.flush()
    return Withdrawn(
        entries=len(given.responses),
        drafts=len({draft.instance_id for draft in given.drafts}),
        turns=len(given.turns),
        files=len(given.files),
    )


def _forget_decisions(person: Person, *, session: Session) -> None:
    """Delete what was decided about spellings of a person's name.

    That a spelling is somebody's, without whose, stays: colleagues' texts would show it again.
    """
    session.exec(delete(MaskDecision).where(col(MaskDecision.person_id) == person.id))
    reminding.forget(session=session, person_id=person.id)
    applying.forget(session=session, person_id=person.id)
    visits.forget(session=session, person_id=person.id)
    own = {name.casefold() for name in (person.name, *person.nicknames)}
    own |= {part for name in own for part in name.split()}
    allowed = select(MaskDecision).where(
        MaskDecision.study_id == person.study_id, MaskDecision.kind == "none"
    )
    for decision in session.exec(allowed).all():
        if decision.spelling.casefold() in own:
            session.delete(decision)


def _remove_entries(given: Belongings, *, session: Session) -> None:
    """Delete the entries, and the decisions that only they spoke of."""
    decisions = {response.decision_id for response in given.responses if response.decision_id}
    for response in given.responses:
        session.delete(response)
    session.flush()
    for key in decisions:
        spoken_of = session.exec(select(Response.id).where(Response.decision_id == key)).first()
        asked_about = session.exec(select(Interview.id).where(Interview.decision_id == key)).first()
        if spoken_of is None and asked_about is None:
            session.exec(delete(Decision).where(col(Decision.id) == key))


def _leave(interview: Interview, given: Belongings, *, session: Session) -> None:
    """Take a person out of an interview, or the interview out of the study."""
    labels = speaks(interview, given.person)
    others = any(
        "person" in who for label, who in interview.speakers.items() if label not in labels
    )
    _remove_recordings(interview, session=session)
    if not others:
        session.delete(interview)
        session.flush()
        return
    code = given.person.code
    interview.speakers = {
        label: who for label, who in interview.speakers.items() if label not in labels
    } | {code: {"role": "withdrawn"}}
    # Whom the interviewer knew how, and what the conversation is called, may name the person.
    interview.relation = ""
    for spelling in sorted((given.person.name, *given.person.nicknames), key=len, reverse=True):
        interview.key = interview.key.replace(spelling, code) if spelling else interview.key
    session.add(interview)
    _silence(interview, labels, code, session=session)


def _silence(interview: Interview, labels: list[str], code: str, *, session: Session) -> None:
    """Put `GONE` in the place of a person's turns; new rows, so that what refers to the old goes.

    Revisions of the others' turns keep that there was a change, but not its words: a turn may have
    been split off from one of the person's, or been taken for theirs.
    """
    turns = session.exec(select(Turn).where(Turn.interview_id == interview.id)).all()
    for turn in turns:
        if turn.speaker not in labels:
            session.exec(
                update(TurnRevision)
                .where(col(TurnRevision.turn_id) == turn.id)
                .values(before={}, after={}, reason="")
            )
            continue
        position = turn.position
        session.delete(turn)
        session.flush()
        session.add(Turn(interview_id=interview.id, position=position, speaker=code, text=GONE))
    session.flush()


def _remove_recordings(interview: Interview, *, session: Session) -> None:
    """Remove the original file and the recording of an interview."""
    recordings = session.exec(select(Recording).where(Recording.interview_id == interview.id)).all()
    keys = [recording.attachment_id for recording in recordings]
    for recording in recordings:
        session.delete(recording)
    if interview.original_id:
        keys.append(interview.original_id)
        interview.original_id = None
        session.add(interview)
    session.flush()
    for key in keys:
        if attachment := session.get(Attachment, key):
            files.remove(attachment, session=session)


def _shut_out(given: Belongings, *, session: Session, at: datetime) -> None:
    """Close the person's links and sign out every device of theirs in this study.

    The links stay as closed ones, so that whoever opens one later is told why. An account that is
    for nothing else is closed as well.
    """
    for membership in given.memberships:
        session.exec(
            update(Invite)
            .where(col(Invite.membership_id) == membership.id, col(Invite.revoked_at).is_(None))
            .values(revoked_at=at)
        )
        session.exec(
            update(SignIn)
            .where(
                col(SignIn.account_id) == membership.account_id,
                col(SignIn.study_id) == membership.study_id,
                col(SignIn.revoked_at).is_(None),
            )
            .values(revoked_at=at)
        )
        session.exec(
            update(SignIn)
            .where(
                col(SignIn.account_id) == membership.account_id,
                col(SignIn.study_id) == membership.study_id,
            )
            .values(device="")
        )
        elsewhere = session.exec(
            select(Membership.id).where(
                Membership.account_id == membership.account_id, Membership.id != membership.id
            )
        ).first()
        if elsewhere is None:
            session.exec(
                update(Account)
                .where(col(Account.id) == membership.account_id)
                .values(disabled=True, label="")
            )
