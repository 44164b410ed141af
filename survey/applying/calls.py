"""Calls for applications: making one, finding it, and until when it takes any."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from data.history import record
from data.tables import Assignment, Call, Membership, Questionnaire, Response, Study
from data.tables.base import now
from i18n import Refusal, say
from survey import calendar
from survey.questionnaires import latest
from survey.today import plan_of

FORM = "application"
"""What the application form of a call is called."""


class CallError(Refusal):
    """The call cannot be made or changed like this."""


@dataclass(frozen=True)
class Criterion:
    """What applications are judged by.

    Attributes:
        key: What scores are kept under.
        text: What it is, by language.
        weight: How much it counts beside the others.
        most: The highest score; the lowest is 1.
    """

    key: str
    text: Mapping[str, str]
    weight: float = 1.0
    most: int = 5


def criteria_of(call: Call) -> list[Criterion]:
    """Return what applications to a call are judged by."""
    return [Criterion(**each) for each in call.criteria]


def make_call(
    *,
    session: Session,
    parent: Study,
    opens: dt.date,
    closes: dt.date,
    texts: Mapping[str, Any],
    criteria: Sequence[Criterion] = (),
    blind: bool = True,
    account_id: UUID | None = None,
) -> Call:
    """Make the call of a study, closed and without a form yet; its coordinators have it as well.

    Args:
        session: The caller's transaction.
        parent: What is applied to.
        opens: The first day on which applications are taken, on the study's own clock.
        closes: The last one.
        texts: Title, description and contact, as a study has them.
        criteria: What applications are judged by.
        blind: Whether reviewers see no names.
        account_id: Who makes it.

    Raises:
        CallError: The study has one already, is itself one, or the days are the wrong way round.
    """
    if parent.kind != "study" or call_for(session=session, study=parent):
        raise CallError(say("There is already a call for applications here."))
    if closes < opens:
        raise CallError(say("The last day lies before the first."))
    study = Study(
        slug=_free(f"{parent.slug[:70]}-call", session=session),
        kind="call",
        parent_id=parent.id,
        invented=parent.invented,
        languages=list(parent.languages),
        start=opens,
        end=closes,
        time_zone=parent.time_zone,
        threshold=parent.threshold,
        remind_at="",
        texts=dict(texts),
    )
    session.add(study)
    session.flush()
    call = Call(
        study_id=study.id,
        blind=blind,
        criteria=[
            {"key": each.key, "text": dict(each.text), "weight": each.weight, "most": each.most}
            for each in criteria
        ],
    )
    session.add(call)
    session.add(Assignment(study_id=study.id, questionnaire=FORM, schedule="once", minutes=20))
    for account in session.exec(
        select(Membership.account_id).where(
            Membership.study_id == parent.id, Membership.role == "coordinator"
        )
    ):
        session.add(Membership(account_id=account, study_id=study.id, role="coordinator"))
    record(
        "call.made", session=session, study_id=parent.id, account_id=account_id,
        subject="study", subject_id=study.id,
    )  # fmt: skip
    session.flush()
    return call


def _free(slug: str, *, session: Session) -> str:
    taken = set(session.exec(select(Study.slug).where(col(Study.slug).startswith(slug))).all())
    return next(
        each for each in (slug, *(f"{slug}-{n}" for n in range(2, 99))) if each not in taken
    )


def call_for(*, session: Session, study: Study) -> tuple[Call, Study] | None:
    """Return the call with its own study: of a study the one beside it, of a call itself."""
    of = Study.id == study.id if study.kind == "call" else Study.parent_id == study.id
    return session.exec(
        select(Call, Study).join(Study, col(Study.id) == col(Call.study_id)).where(of)
    ).first()


def at_the_door(*, session: Session, slug: str) -> tuple[Call, Study] | None:
    """Return the call that the public reaches by a slug: a call's own, or that of its study."""
    found = session.exec(select(Study).where(Study.slug == slug)).first()
    return call_for(session=session, study=found) if found else None


def deadline(study: Study) -> dt.datetime:
    """Return until when applications to a call are taken."""
    plan = calendar.Plan(schedule="once", start=study.start, end=study.end)
    return calendar.window(plan, study.start, ZoneInfo(study.time_zone)).closes


def opening(study: Study) -> dt.datetime:
    """Return from when on applications to a call are taken."""
    plan = calendar.Plan(schedule="once", start=study.start, end=study.end)
    return calendar.window(plan, study.start, ZoneInfo(study.time_zone)).opens


def sent_form(study_id: UUID) -> ColumnElement[bool]:
    """Return the condition on `Response` that it is the application form of a call."""
    forms = select(Questionnaire.id).where(
        Questionnaire.study_id == study_id, Questionnaire.name == FORM
    )
    return col(Response.questionnaire_id).in_(forms)


def is_open(call: Call, study: Study, *, session: Session, at: dt.datetime | None = None) -> bool:
    """Tell whether anybody may apply now."""
    moment = at or now()
    return (
        call.open
        and study.closed_at is None
        and opening(study) <= moment < deadline(study)
        and latest(session=session, study_id=study.id, name=FORM) is not None
    )


def assignment_of(study: Study, *, session: Session) -> Assignment:
    """Return what the applicants of a call are asked."""
    return session.exec(
        select(Assignment).where(Assignment.study_id == study.id, Assignment.questionnaire == FORM)
    ).one()


def first_day(study: Study, *, session: Session) -> dt.date:
    """Return the day that every application to a call counts for."""
    return calendar.days_of(plan_of(assignment_of(study, session=session), study))[0]
