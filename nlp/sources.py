"""The texts of a study: what people wrote in multi-line answers and said in interviews.

A `text` question with the appearance `multiline` is free text and is understood; single lines are
names, places and numbers, and are not. Turns of interviewers and interpreters are context.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from data.tables import Interview, Person, Response, Turn
from survey.questionnaires import form_of, versions
from survey.xlsform import Form

REPEAT = re.compile(r"\[\d+\]")
"""Which turn of a repeat is meant, in a path."""


@dataclass(frozen=True)
class Source:
    """A text of one person: a turn, or the answer to one question.

    Attributes:
        person: Who wrote or said it.
        text: The text as it stands now.
        day: The day it belongs to.
        turn_id: The turn, for interviews.
        response_id: The response, for answers.
        path: The question's path in the response, repeats counted: `/data/take[2]/why`.
    """

    person: Person
    text: str
    day: dt.date | None
    turn_id: UUID | None = None
    response_id: UUID | None = None
    path: str = ""


def free_texts(form: Form) -> list[tuple[str, ...]]:
    """Return the paths of the questions whose answers are understood."""
    return [
        question.path
        for question in form.questions()
        if question.type == "text" and "multiline" in question.appearance
    ]


def texts_at(answers: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Yield the answers to a question with their concrete paths; one for each turn of a repeat."""
    root, *names = path
    places: list[tuple[str, Any]] = [(f"/{root}", answers)]
    for name in names:
        found: list[tuple[str, Any]] = []
        for place, value in places:
            inner = value.get(name) if isinstance(value, Mapping) else None
            if isinstance(inner, list):
                found += [(f"{place}/{name}[{n}]", item) for n, item in enumerate(inner, start=1)]
            elif inner is not None:
                found.append((f"{place}/{name}", inner))
        places = found
    return ((place, value) for place, value in places if isinstance(value, str) and value.strip())


def sources(*, session: Session, study_id: UUID) -> Iterator[Source]:
    """Yield every text of a study that is to be understood."""
    people = {
        person.id: person
        for person in session.exec(select(Person).where(Person.study_id == study_id)).all()
    }
    yield from _answers(people, session=session, study_id=study_id)
    yield from _turns(people, session=session, study_id=study_id)


def _answers(
    people: Mapping[UUID, Person], *, session: Session, study_id: UUID
) -> Iterator[Source]:
    paths = {
        key: free_texts(form_of(questionnaire))
        for key, questionnaire in versions(session=session, study_id=study_id).items()
    }
    responses = session.exec(
        select(Response).where(Response.study_id == study_id).order_by(col(Response.submitted_at))
    )
    for response in responses:
        for path in paths[response.questionnaire_id]:
            for place, text in texts_at(response.answers, path):
                yield Source(
                    people[response.person_id],
                    text,
                    response.day,
                    response_id=response.id,
                    path=place,
                )


def _turns(people: Mapping[UUID, Person], *, session: Session, study_id: UUID) -> Iterator[Source]:
    spoken = session.exec(
        select(Turn, Interview)
        .join(Interview, col(Interview.id) == col(Turn.interview_id))
        .where(Interview.study_id == study_id)
        .order_by(col(Interview.created_at), col(Turn.position))
    )
    for turn, interview in spoken:
        person = interview.speakers.get(turn.speaker, {}).get("person")
        if person and UUID(person) in people:
            yield Source(people[UUID(person)], turn.text, interview.day, turn_id=turn.id)
