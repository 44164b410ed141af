"""What a person began to write and has not sent, of the things that can be written at any time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlmodel import Session, col, select

from data.tables import Assignment, Draft, Person, Questionnaire, Response, Study
from survey import calendar
from survey.corrections import draft_id
from survey.questionnaires import assignments
from survey.today import zone_of


@dataclass(frozen=True)
class Unfinished:
    """An entry that was begun: what it answers, for which day, and when it was last written."""

    assignment: Assignment
    instance_id: UUID
    day: date
    at: datetime


def unfinished(
    *,
    session: Session,
    study: Study,
    person: Person,
    account_id: UUID,
    assigned: Sequence[Assignment] | None = None,
) -> list[Unfinished]:
    """Return the entries that an author began and has not sent, the latest first.

    Those asked for certain days are not among them (`survey.today` shows them with their day), nor
    are corrections of entries that were sent. Of a closed study there are none to go on with.
    `assigned` is what is asked of the person's role, where the caller has it already.
    """
    if study.closed_at:
        return []
    if assigned is None:
        assigned = assignments(session=session, study_id=study.id, role=person.role)
    wanted = {each.questionnaire: each for each in assigned if each.schedule == "open"}
    drafts = session.exec(
        select(Draft, Questionnaire.name)
        .join(Questionnaire, col(Questionnaire.id) == col(Draft.questionnaire_id))
        .where(
            Draft.account_id == account_id,
            Questionnaire.study_id == study.id,
            col(Questionnaire.name).in_(wanted),
        )
        .order_by(col(Draft.updated_at))
    ).all()
    if not drafts:
        return []
    sent = session.exec(select(Response).where(Response.person_id == person.id)).all()
    others = {each.id for each in sent} | {draft_id(each) for each in sent}
    found: dict[UUID, Unfinished] = {}
    for draft, name in drafts:
        if draft.instance_id in others or draft.value in (None, "", []):
            continue
        day = calendar.today(zone_of(person, study), draft.updated_at)
        found[draft.instance_id] = Unfinished(
            wanted[name], draft.instance_id, day, draft.updated_at
        )
    return sorted(found.values(), key=lambda each: each.at, reverse=True)
