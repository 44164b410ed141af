"""Submitting answers: checked by the engine, kept once, whatever they come from."""

from __future__ import annotations

import datetime as dt
import json
from functools import lru_cache
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4, uuid5

from sqlmodel import Session, col, delete, select

from data.adding import add_once
from data.history import record
from data.tables import Assignment, Draft, Membership, Person, Questionnaire, Response
from data.tables.base import now
from i18n import Refusal, say
from survey.decisions import decision
from survey.filling import AnswerProblem, validate
from survey.questionnaires import form_of
from survey.teams import own_stays, team_on
from survey.xlsform import Form
from survey.xlsform.kinds import METADATA


class ResponseError(Refusal):
    """The answers cannot be taken; `problems` says what is wrong with which."""

    def __init__(self, problems: list[AnswerProblem]) -> None:
        super().__init__(
            *(
                say("{path}: {problem}", path=problem.path, problem=problem.message)
                for problem in problems
            )
        )
        self.problems = problems


class ConflictError(Refusal):
    """The same instance was already sent with other answers."""


def instance_of(assignment: Assignment, person: Person, day: dt.date) -> UUID:
    """Return the instance id of an entry.

    Where one entry a day (or one in all) is expected it follows from person and day, so that every
    device of the person continues the same entry and none can be sent twice.
    """
    if assignment.schedule == "open":
        return uuid4()
    return uuid5(person.id, f"{assignment.questionnaire}/{day.isoformat()}")


def digest_of(form: Form, answers: dict[str, Any]) -> str:
    """Return the sha256 of what a person answered, whatever order the keys are in.

    Moments that the engine notes by itself are left out: sending again is no other answer.
    """
    noted = _noted(form)

    def said(value: object) -> object:
        if isinstance(value, dict):
            return {name: said(inner) for name, inner in value.items() if name not in noted}
        return [said(inner) for inner in value] if isinstance(value, list) else value

    text = json.dumps(said(answers), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()


@lru_cache(maxsize=128)
def _noted(form: Form) -> frozenset[str]:
    return frozenset(question.name for question in form.questions() if question.type in METADATA)


def submit(
    *,
    session: Session,
    person: Person,
    questionnaire: Questionnaire,
    instance_id: UUID,
    answers: dict[str, Any],
    day: dt.date,
    language: str,
    assignment: Assignment | None = None,
    source: str = "web",
    at: dt.datetime | None = None,
) -> Response:
    """Check answers in full and keep them; the same instance and answers are accepted again.

    Raises:
        ResponseError: Something required is missing or an answer is not possible.
        ConflictError: The instance exists with other answers.
    """
    form = form_of(questionnaire)
    checked = validate(form, answers, language=language, now=at, instance_id=f"uuid:{instance_id}")
    if not checked.valid:
        raise ResponseError(list(checked.problems))
    digest = digest_of(form, checked.submission)
    about = None
    if assignment and assignment.decision_path:
        label = checked.filling.value(assignment.decision_path)
        about = decision(session=session, study_id=person.study_id, label=label)
    response = Response(
        id=instance_id,
        study_id=person.study_id,
        questionnaire_id=questionnaire.id,
        person_id=person.id,
        team_id=team_on(person, day, own_stays(session=session, person=person)),
        decision_id=about.id if about else None,
        nationalities=list(person.nationalities),
        day=day,
        language=language,
        answers=checked.submission,
        sha256=digest,
        source=source,
        submitted_at=at or now(),
    )
    if not add_once(response, session=session):
        return _sent_before(session.get_one(Response, instance_id), person, digest)
    theirs = select(Membership.account_id).where(Membership.person_id == person.id)
    session.exec(
        delete(Draft).where(
            col(Draft.instance_id) == instance_id, col(Draft.account_id).in_(theirs)
        )
    )
    record(
        "response.submitted",
        session=session,
        study_id=person.study_id,
        account_id=session.exec(theirs).first() if source == "web" else None,
        subject="response",
        subject_id=response.id,
        source=source,
    )
    return response


def _sent_before(existing: Response, person: Person, digest: str) -> Response:
    """Accept the same entry again.

    Raises:
        ConflictError: It was sent with other answers, or by somebody else.
    """
    if existing.sha256 == digest and existing.person_id == person.id:
        return existing
    raise ConflictError(
        say(
            "This entry was already sent, with other answers. "
            "What you wrote here is kept; you find the sent entry under “My entries”."
        )
    )


def entries_of(*, session: Session, person_id: UUID) -> list[Response]:
    """Return what a person sent, newest first."""
    return list(
        session.exec(
            select(Response)
            .where(Response.person_id == person_id)
            .order_by(col(Response.day).desc(), col(Response.submitted_at).desc())
        ).all()
    )


def days_done(*, session: Session, person_id: UUID, questionnaire: str) -> set[dt.date]:
    """Return the days for which a person answered a questionnaire, in whatever version."""
    return set(
        session.exec(
            select(col(Response.day))
            .join(Questionnaire, col(Questionnaire.id) == col(Response.questionnaire_id))
            .where(Response.person_id == person_id, Questionnaire.name == questionnaire)
        ).all()
    )
