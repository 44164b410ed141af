"""An entry as its author reads it: each question with the answer below it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from data.tables import Questionnaire, Response, ResponseRevision
from survey.filling import AddressError, Filling
from survey.questionnaires import form_of
from survey.xlsform import Question


@dataclass(frozen=True)
class Line:
    """A heading over a turn of a repeat, or a question with its answer.

    Attributes:
        part: Which of the two.
        label: The heading, or what was asked.
        value: The answer in words; of a file its name.
        is_file: Whether the answer is a file.
    """

    part: Literal["turn", "answer"]
    label: str
    value: str = ""
    is_file: bool = False


FILES = frozenset({"image", "audio", "video", "file"})
"""Types of questions that are answered with a file."""


def lines(response: Response, questionnaire: Questionnaire, *, language: str) -> Iterator[Line]:
    """Yield what was answered, in the words of the version it answers.

    Args:
        response: The entry.
        questionnaire: The version it answers.
        language: In which language the questions are asked; the best the form has.
    """
    filling = Filling(form_of(questionnaire), answers=response.answers, language=language)
    for place in filling.walk():
        if place.part == "turn":
            label = place.element.label.get(filling.language, "") or place.element.name
            yield Line("turn", f"{label} {place.number}")
        if not isinstance(place.element, Question) or place.part != "question":
            continue
        value = filling.value(place.path)
        if value is None or place.element.type == "note":
            continue
        label = filling.label(place.path).text or place.element.name
        is_file = place.element.type in FILES
        yield Line("answer", label, words_of(filling, place.path, value), is_file)


def earlier(
    revision: ResponseRevision, response: Response, questionnaire: Questionnaire, *, language: str
) -> Iterator[Line]:
    """Yield what an entry said before a correction: what was asked and what was answered then.

    The old answer of a turn of a repeat that is not there any more stands under its path.
    """
    filling = Filling(form_of(questionnaire), answers=response.answers, language=language)
    for path, value in revision.before.items():
        try:
            label = filling.label(path).text
            said = "" if value is None else words_of(filling, path, value)
        except AddressError:
            label, said = path, str(value)
        yield Line("answer", label or path, said)


def words_of(filling: Filling, path: str, value: object) -> str:
    """Return an answer in words: choices by their labels, several separated by commas."""
    labels = {offer.name: offer.label.text for offer in filling.choices(path)}
    values = value if isinstance(value, list) else [value]
    return ", ".join(labels.get(str(each), str(each)) for each in values)
