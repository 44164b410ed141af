"""One decision as several tell it: takes, sums, reflections and interview turns, by role."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session, col, func, select

from data.tables import Decision, Interview, Person, Questionnaire, Response, Study, Turn
from nlp.answers.behind import hiding_of
from nlp.exporting.hiding import Hiding
from survey.figures import AccountsFigure, definitions_of
from survey.questionnaires import form_of
from survey.readable import lines


@dataclass(frozen=True)
class Spoken:
    """Something that was written or said about a decision, masked.

    Attributes:
        title: The questionnaire; "" for an interview.
        day: Its day; None where nobody said.
        language: Its language; `und` for interviews.
        lines: Each question with its answer; in an interview the words alone, under "".
    """

    title: str
    day: dt.date | None
    language: str
    lines: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Account:
    """What the people of one role wrote and said about a decision, by day."""

    role: str
    pieces: Sequence[Spoken]


def decisions_told(*, session: Session, study_id: UUID) -> dict[UUID, tuple[str, int]]:
    """Return the decisions of a study: what each is called, and how many entries speak of it."""
    rows = session.exec(
        select(Decision.id, Decision.label, func.count(col(Response.id)))
        .join(Response, col(Response.decision_id) == col(Decision.id))
        .where(Decision.study_id == study_id)
        .group_by(col(Decision.id), col(Decision.label))
        .order_by(func.count(col(Response.id)).desc(), col(Decision.label))
    ).all()
    return {key: (label, count) for key, label, count in rows}


def told_by(study: Study) -> list[str]:
    """Return the roles whose accounts a study wants side by side."""
    found = [each for each in definitions_of(study) if isinstance(each, AccountsFigure)]
    return list(found[0].roles) if found else []


def accounts(
    decision_id: UUID, *, session: Session, study: Study, account_id: UUID, language: str
) -> tuple[str, list[Account]]:
    """Return what a decision is called and its accounts: the roles that the study names first.

    Args:
        decision_id: The decision.
        session: The caller's transaction: that names were read for masking is recorded in it.
        study: The study.
        account_id: Who reads.
        language: In which the questions are written.
    """
    decision = session.get_one(Decision, decision_id)
    hiding = hiding_of(
        session=session, study=study, account_id=account_id, purpose="reading accounts"
    )
    told: dict[str, list[Spoken]] = {role: [] for role in told_by(study)}
    for person, piece in [
        *_written(decision, hiding, session=session, language=language),
        *_said(decision, hiding, session=session),
    ]:
        told.setdefault(person.role, []).append(piece)
    found = [
        Account(hiding.text(role), sorted(pieces, key=lambda each: str(each.day or "9999")))
        for role, pieces in told.items()
    ]
    return hiding.text(decision.label), found


Piece = tuple[Person, Spoken]


def _written(decision: Decision, hiding: Hiding, *, session: Session, language: str) -> list[Piece]:
    rows = session.exec(
        select(Response, Questionnaire, Person)
        .join(Questionnaire, col(Questionnaire.id) == col(Response.questionnaire_id))
        .join(Person, col(Person.id) == col(Response.person_id))
        .where(Response.decision_id == decision.id)
        .order_by(col(Response.day), col(Response.submitted_at))
    ).all()
    return [
        (
            person,
            Spoken(
                hiding.text(form_of(questionnaire).title),
                response.day,
                response.language,
                [
                    (hiding.text(line.label), hiding.text(line.value, response.language))
                    for line in lines(response, questionnaire, language=language)
                ],
            ),
        )
        for response, questionnaire, person in rows
    ]


def _plain(text: str) -> str:
    """Return a text as the keys of decisions are written (`survey.decisions.key_of`)."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _said(decision: Decision, hiding: Hiding, *, session: Session) -> list[Piece]:
    """Return the turns of interviews about a decision, and turns elsewhere that name it."""
    people: Mapping[str, Person] = {
        str(person.id): person
        for person in session.exec(select(Person).where(Person.study_id == decision.study_id)).all()
    }
    named = re.compile(rf"(?<!\w){re.escape(decision.key)}(?!\w)")
    rows = session.exec(
        select(Turn, Interview)
        .join(Interview, col(Interview.id) == col(Turn.interview_id))
        .where(Interview.study_id == decision.study_id)
        .order_by(col(Interview.day), col(Interview.key), col(Turn.position))
    ).all()
    found = []
    for turn, interview in rows:
        person = people.get(str(interview.speakers.get(turn.speaker, {}).get("person")))
        about = interview.decision_id == decision.id or named.search(_plain(turn.text))
        if person is not None and about:
            words = hiding.text(turn.text)
            found.append((person, Spoken("", interview.day, "und", [("", words)])))
    return found
