"""One person through the month: entries and interviews with their scales, codes and themes."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

import pandas as pd
from sqlmodel import Session, col, select

from data.tables import Interview, Passage, Person, Turn
from nlp.answers import Answers
from nlp.answers.answers import label_of
from nlp.coded.reading import Coded
from survey.answers import Variable
from survey.questionnaires import assignments


@dataclass(frozen=True)
class Rated:
    """The answer to a question with a scale.

    Attributes:
        question: What was asked.
        value: The answer.
        scale: The lowest and the highest answer.
    """

    question: str
    value: float
    scale: tuple[float, float]


@dataclass(frozen=True)
class Moment:
    """An entry of somebody, or what they said in an interview.

    Attributes:
        kind: `entry` or `interview`.
        key: The response or the interview.
        day: Its day; None where nobody said.
        title: What the questionnaire is called where it is assigned; empty for interviews.
        rated: The scales that were answered in it.
        passages: Its passages of this person, in order.
        themes: How many passages belong most to each theme, by number.
        codes: How many passages carry each code, by code.
    """

    kind: str
    key: UUID
    day: dt.date | None
    title: str
    rated: Sequence[Rated]
    passages: Sequence[str]
    themes: Mapping[int, int]
    codes: Mapping[UUID, int]


def moments(
    person: Person,
    answers: Answers,
    coded: Coded,
    themes: pd.Series,
    *,
    session: Session,
    language: str,
) -> list[Moment]:
    """Return everything somebody gave, by day.

    Args:
        person: Who.
        answers: The answers of their study.
        coded: What was coded, as far as whoever looks may see it.
        themes: The theme of each passage of the newest run, by key; -1 for none; empty before it.
        session: Where to read.
        language: In which questions are named.
    """
    pieces = _pieces(person, session=session)

    def about(key: UUID) -> tuple[list[str], Counter[int], dict[UUID, int]]:
        keys = pieces.get(key, [])
        inside = [int(themes[each]) for each in keys if each in themes.index]
        carried = coded.carries.loc[[each for each in keys if each in coded.carries.index]]
        counts = {code: int(carried[code].sum()) for code in coded.used if carried[code].any()}
        return keys, Counter(n for n in inside if n >= 0), counts

    found = [
        Moment("entry", key, day, title, rated, *about(key))
        for key, day, title, rated in _entries(
            person, answers, _titles(person, language, session=session), language
        )
    ]
    spoken = select(Interview).where(
        Interview.study_id == person.study_id, col(Interview.id).in_(list(pieces))
    )
    found += [
        Moment("interview", interview.id, interview.day, "", (), *about(interview.id))
        for interview in session.exec(spoken)
    ]
    return sorted(found, key=lambda each: (each.day or dt.date.max, each.kind, str(each.key)))


def _pieces(person: Person, *, session: Session) -> dict[UUID, list[str]]:
    """Return somebody's passages by the entry or the interview they lie in, in order."""
    rows = session.exec(
        select(Passage.id, Passage.response_id, Turn.interview_id)
        .outerjoin(Turn, col(Turn.id) == col(Passage.turn_id))
        .where(Passage.person_id == person.id)
        .order_by(col(Turn.position), col(Passage.path), col(Passage.start))
    )
    found: dict[UUID, list[str]] = {}
    for key, response_id, interview_id in rows:
        if whole := response_id or interview_id:
            found.setdefault(whole, []).append(str(key))
    return found


def _titles(person: Person, language: str, *, session: Session) -> dict[str, str]:
    """Return what the questionnaires of somebody's study are called, by name."""
    assigned = assignments(session=session, study_id=person.study_id)
    return {each.questionnaire: label_of(each.title, language, "") for each in assigned}


def _entries(
    person: Person, answers: Answers, titles: Mapping[str, str], language: str
) -> Iterator[tuple[UUID, dt.date, str, list[Rated]]]:
    for name, asked in answers.asked.items():
        title = titles.get(name) or asked.joined.title
        scales = [each for each in asked.joined.variables if each.scale and not each.identifying]
        given: dict[UUID, list[Rated]] = {}
        for variable in scales:
            for entry, _, value in asked.values(variable):
                if entry.person == person.code and isinstance(value, int | float):
                    rated = _rated(variable, float(value), language)
                    given.setdefault(entry.response.id, []).append(rated)
        for entry in asked.entries:
            if entry.person == person.code:
                key = entry.response.id
                yield key, entry.response.day, title, given.get(key, [])


def _rated(variable: Variable, value: float, language: str) -> Rated:
    assert variable.scale is not None  # noqa: S101 - asked for scales alone
    return Rated(label_of(variable.label, language, variable.name), value, variable.scale)
