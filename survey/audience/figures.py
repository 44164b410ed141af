"""What a wall shows of the answers of the public: counts that say nothing about anybody.

A cell with fewer people than the study's threshold is held back, and with it as many others as are
needed for those held back together to be that many. What is counted moves on in steps of the
threshold, so that whoever watches the wall does not see what the last person answered.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from data.tables import PublicLink, Questionnaire, Response
from survey.audience.conditions import key_of
from survey.filling import Filling
from survey.xlsform import Form, Question, Repeat

DRAWN = frozenset({"select_one", "select_multiple", "range"})
MOST_BARS = 12
MOST = 3
"""So many questions are drawn; a wall is read in passing."""


@dataclass(frozen=True)
class Bar:
    """One answer to a question.

    Attributes:
        label: The answer.
        share: Which part of those who answered gave it; None where it is held back.
    """

    label: str
    share: float | None


@dataclass(frozen=True)
class Chart:
    """What was answered to one question.

    Attributes:
        question: What was asked.
        kind: The type of the question.
        people: How many answers are counted.
        bars: One for each answer, in the order of the form.
    """

    question: str
    kind: str
    people: int
    bars: list[Bar]


def responses_of(link: PublicLink, *, session: Session) -> list[Response]:
    """Return what the public answered to the questionnaire of a link, through whatever link."""
    return list(
        session.exec(
            select(Response)
            .join(Questionnaire, col(Questionnaire.id) == col(Response.questionnaire_id))
            .where(
                Response.study_id == link.study_id,
                Questionnaire.name == link.questionnaire,
                Response.source == "public",
            )
            .order_by(col(Response.submitted_at), col(Response.id))
        ).all()
    )


def charts(
    form: Form, responses: Sequence[Response], *, language: str, threshold: int
) -> list[Chart]:
    """Return what was answered to the first questions that can be drawn.

    Args:
        form: The questionnaire.
        responses: The answers, in the order in which they came.
        language: The language of the questions.
        threshold: Cells of fewer people are held back, and what is counted moves on by as many.
    """
    counted = responses[: len(responses) - len(responses) % threshold]
    filling = Filling(form, language=language)
    drawn = [question for question in form.questions() if _can_be_drawn(form, question)]
    made = (_chart(question, counted, filling, threshold) for question in drawn[:MOST])
    return [chart for chart in made if chart.people]


def _can_be_drawn(form: Form, question: Question) -> bool:
    inside = [element.path for element in form.walk() if isinstance(element, Repeat)]
    repeated = any(question.path[: len(path)] == path for path in inside)
    source = question.choices
    listed = source is None or (source.file is None and source.answers is None)
    return question.type in DRAWN and listed and not repeated


def _chart(
    question: Question, responses: Sequence[Response], filling: Filling, threshold: int
) -> Chart:
    path = "/" + "/".join(question.path)
    answers = [_answer(response.answers, question.path[1:]) for response in responses]
    given = [answer for answer in answers if answer not in (None, [])]
    counts: Counter[str] = Counter()
    for answer in given:
        counts.update(map(key_of, answer if isinstance(answer, list) else [answer]))
    labels = _labels(question, path, filling)
    several = question.type == "select_multiple"
    cells = {name: counts[name] for name in labels}
    away = held_back(cells, threshold, total=len(given) if several else None)
    people = len(given) if len(given) >= threshold and len(labels) <= MOST_BARS else 0
    bars = [
        Bar(label, None if name in away else cells[name] / len(given))
        for name, label in labels.items()
        if people
    ]
    return Chart(filling.label(path).text, question.type, people, bars)


def _labels(question: Question, path: str, filling: Filling) -> dict[str, str]:
    """Return the answers a question can have, with what they are called."""
    if question.type != "range":
        listed = filling.form.choices.get(question.choices.name, ()) if question.choices else ()
        shown = {offer.name: offer.label.text for offer in filling.choices(path)}
        return {choice.name: shown.get(choice.name, choice.name) for choice in listed}
    start, end, step = (
        float(question.parameters.get(name, default))
        for name, default in (("start", 1), ("end", 10), ("step", 1))
    )
    count = int(abs(end - start) / (abs(step) or 1) + 1e-9)
    values = (min(start, end) + abs(step) * number for number in range(count + 1))
    return {key_of(round(value, 10)): key_of(round(value, 10)) for value in values}


def _answer(answers: dict[str, Any], path: Sequence[str]) -> Any:  # noqa: ANN401 - an answer as JSON
    found: Any = answers
    for step in path:
        found = found.get(step) if isinstance(found, dict) else None
    return found


def held_back(cells: dict[str, int], threshold: int, *, total: int | None = None) -> set[str]:
    """Return which cells are not shown.

    Args:
        cells: How many people are in each.
        threshold: So many must be in a cell that is shown; one with nobody says nothing.
        total: Where people may be in several cells: how many there are. Then a cell is also held
            back where fewer are outside of it.

    Example:
        >>> sorted(held_back({"yes": 20, "no": 7, "unsure": 1}, 3))
        ['no', 'unsure']
    """
    if total is not None:
        return {
            name for name, count in cells.items() if _few(count, threshold)
            or _few(total - count, threshold)
        }  # fmt: skip
    away = {name for name, count in cells.items() if _few(count, threshold)}
    rest = sorted((count, name) for name, count in cells.items() if count and name not in away)
    while away and sum(cells[name] for name in away) < threshold and rest:
        away.add(rest.pop(0)[1])
    return away


def _few(count: int, threshold: int) -> bool:
    return 0 < count < threshold
