"""What is asked of a person now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlmodel import Session, select

from data.tables import Assignment, Draft, Person, Study
from survey import calendar
from survey.calendar import Plan, Standing, Window
from survey.own_calendar import changes_in
from survey.questionnaires import assignments
from survey.responses import days_done, instance_of


@dataclass(frozen=True)
class Asked:
    """One thing a person may write: for which day, how it stands, whether it was begun."""

    assignment: Assignment
    day: date
    standing: Standing
    window: Window | None
    instance_id: UUID
    begun: bool


def plan_of(assignment: Assignment, study: Study) -> Plan:
    """Return the plan of an assignment in its study."""
    return Plan(
        schedule=assignment.schedule,
        start=study.start,
        end=study.end,
        opens=assignment.opens,
        closes=assignment.closes,
        late_days=assignment.late_days,
        days=tuple(date.fromisoformat(day) for day in assignment.days),
    )


def zone_of(person: Person, study: Study) -> ZoneInfo:
    """Return the zone whose wall clock counts for a person."""
    return ZoneInfo(person.time_zone or study.time_zone)


def asked_of(
    *,
    session: Session,
    study: Study,
    person: Person,
    account_id: UUID,
    now: datetime,
    assigned: Sequence[Assignment] | None = None,
) -> list[Asked]:
    """Return what is asked of a person, the most pressing first.

    For questionnaires with days: every day that is due or late, else the next one that comes, else
    the last one done. Days of which they are excused are not pressed for, but shown while they can
    be written. Open ones can always be written during the study. In a closed study nothing is.

    Args:
        session: The caller's transaction.
        study: The study.
        person: Of whom.
        account_id: Whose drafts say what was begun.
        now: An aware moment.
        assigned: What is asked of the person's role, where the caller has it already.
    """
    if study.closed_at:
        return []
    if assigned is None:
        assigned = assignments(session=session, study_id=study.id, role=person.role)
    zone = zone_of(person, study)
    changes = changes_in(session=session, study_id=study.id).of(person)
    drafts = set(
        session.exec(select(Draft.instance_id).where(Draft.account_id == account_id)).all()
    )
    found: list[Asked] = []
    for assignment in assigned:
        plan = plan_of(assignment, study)
        if assignment.schedule == "open":
            today = calendar.today(zone, now)
            if study.start <= today <= calendar.plan_with(plan, changes).end:
                instance = instance_of(assignment, person, today)
                found.append(Asked(assignment, today, Standing.DUE, None, instance, False))
            continue
        done = days_done(
            session=session, person_id=person.id, questionnaire=assignment.questionnaire
        )
        windows = {
            day: calendar.window(plan, day, zone, changes)
            for day in calendar.days_of(plan, changes)
        }
        days = {day: each.standing(now, done=day in done) for day, each in windows.items()}
        for day in _worth_showing(days, windows, now):
            instance = instance_of(assignment, person, day)
            window = windows[day]
            found.append(Asked(assignment, day, days[day], window, instance, instance in drafts))
    return found


def _worth_showing(
    days: dict[date, Standing], windows: dict[date, Window], now: datetime
) -> list[date]:
    pressing = [day for day, how in days.items() if how in {Standing.DUE, Standing.LATE}]
    excused = [
        day for day, how in days.items() if how is Standing.EXCUSED and windows[day].takes(now)
    ][-1:]
    coming = [day for day, how in days.items() if how is Standing.COMING][:1]
    done = [day for day, how in days.items() if how is Standing.DONE][-1:]
    return sorted(pressing, reverse=True) or excused or coming or done
