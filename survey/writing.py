"""Who may write which entry."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from sqlmodel import Session

from data.closed import ClosedError
from data.tables import Assignment, Person, Response, Study
from i18n import Refusal, say
from survey import consent
from survey.calendar import days_of, plan_with
from survey.corrections import is_drafted
from survey.entering import Identity
from survey.own_calendar import changes_in
from survey.own_studies import own_studies
from survey.responses import instance_of
from survey.today import plan_of


class NotTheirsError(Refusal):
    """This entry is not for this person to write."""


class ElsewhereError(Refusal):
    """This entry is of another study of the same account."""


class AlreadySentError(Refusal):
    """The entry was sent; drafts of it are taken no longer."""


def assignment_to_write(
    *,
    session: Session,
    identity: Identity,
    assignment_id: UUID,
    day: dt.date,
    instance_id: UUID,
) -> Assignment:
    """Return the assignment of an entry that somebody may write.

    Text may still arrive after the window has closed: what was typed in time is kept.

    Raises:
        NotTheirsError: It is in another study, asked of other roles, for another person or for a
            day outside the study, or the person has not agreed to take part.
        ElsewhereError: It is of another study of the same account.
        ClosedError: The study is closed.
        AlreadySentError: They sent it before.
    """
    person = session.get(Person, identity.person_id) if identity.person_id else None
    assignment = session.get(Assignment, assignment_id)
    _check_study(assignment, identity, session=session)
    if (
        person is None
        or assignment is None
        or not _asked(assignment, person, identity)
        or not _for_them(assignment, person, day, instance_id, session=session)
        or person.withdrawn_at is not None
        or consent.missing(session=session, person=person) is not None
    ):
        raise NotTheirsError(say("This cannot be saved here any more. Please load the page again."))
    sent = session.get(Response, instance_id)
    if sent is not None and sent.person_id != person.id:
        raise NotTheirsError(say("This cannot be saved here any more. Please load the page again."))
    if sent is not None:
        raise AlreadySentError(say("This entry was already sent."))
    return assignment


def _check_study(assignment: Assignment | None, identity: Identity, *, session: Session) -> None:
    """Make sure that an entry is of the study that the device is in, and that it is open.

    Raises:
        ElsewhereError: It is of another study of this account.
        ClosedError: The study is closed.
    """
    if assignment is None:
        return
    if assignment.study_id != identity.study_id:
        own = own_studies(session=session, account_id=identity.account_id)
        if any(each.study.id == assignment.study_id for each in own):
            raise ElsewhereError(
                say(
                    "This device is in another study of yours now. Go back to this one under “My "
                    "studies”; what you typed stays on this device and is saved then."
                )
            )
        return
    if session.get_one(Study, assignment.study_id).closed_at:
        raise ClosedError(
            say(
                "This study was closed, so nothing more is saved in it. What you typed stays on "
                "this device."
            )
        )


def _asked(assignment: Assignment, person: Person, identity: Identity) -> bool:
    """Tell whether an assignment is asked of a person."""
    return (
        "participant" in identity.roles
        and assignment.study_id == identity.study_id == person.study_id
        and (not assignment.roles or person.role in assignment.roles)
    )


def _for_them(
    assignment: Assignment,
    person: Person,
    day: dt.date,
    instance_id: UUID,
    *,
    session: Session,
) -> bool:
    """Tell whether an instance id is one that this person's entries have."""
    study = session.get_one(Study, assignment.study_id)
    plan = plan_of(assignment, study)
    changes = changes_in(session=session, study_id=study.id).of(person)
    if assignment.schedule == "open":
        return study.start <= day <= plan_with(plan, changes).end
    if day not in days_of(plan, changes):
        return False
    expected = instance_of(assignment, person, day)
    return instance_id == expected or is_drafted(
        session=session, person=person, day=day, instance_id=instance_id
    )
