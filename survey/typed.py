"""Answers that are typed: what stands in the box, what is kept of it, and back."""

from __future__ import annotations

import re
from typing import Any

from survey.filling import separators
from survey.filling.values import digits, read
from survey.xlsform import Question
from survey.xpath.values import number_string

NUMBERS = frozenset({"integer", "decimal", "range"})
TYPED = frozenset(
    {"text", "integer", "decimal", "barcode", "osm", "geopoint", "geotrace", "geoshape"}
)
FINEST = 201
"""A range with more steps is typed, others are pointed at."""
_YEAR = re.compile(r"[0-9]{4}")


def is_typed(question: Question) -> bool:
    """Tell whether a question is answered by typing."""
    if question.type == "range":
        return is_fine(question)
    return question.type in TYPED or (question.type == "date" and "year" in question.appearance)


def is_fine(question: Question) -> bool:
    """Tell whether a range has too many steps to point at."""

    def number(name: str, default: float) -> float:
        try:
            return float(question.parameters.get(name, default))
        except ValueError:
            return default

    step = abs(number("step", 1)) or 1.0
    return abs(number("end", 10) - number("start", 1)) / step >= FINEST


def answer_of(question: Question, text: str | None) -> Any:  # noqa: ANN401 - an answer as JSON
    """Return the answer that a text in the box of a question means, in its JSON form.

    What is no answer to the question is kept as it was typed: the engine says what is wrong, and
    nothing typed is lost. So does a number of which nobody can tell whether its mark parts
    thousands or decimals, with a mark of ours behind it (`survey.filling.separators`).

    Returns:
        A number, a text, or None where nothing stands.
    """
    if not text or question.type not in NUMBERS | {"date"}:
        return text or None
    plain = digits(text.strip()).replace("，", ",")
    if not plain:
        return None
    if question.type == "date":
        return f"{plain}-01-01" if _YEAR.fullmatch(plain) else text
    plain = separators.plain(plain)
    found = read(question, plain)
    if found.problem:
        return plain if plain.endswith(separators.UNCLEAR) else text
    number = float(found.text)
    whole = "." not in found.text
    return int(found.text) if whole else number


def text_of(question: Question, answer: Any) -> str:  # noqa: ANN401 - an answer as JSON
    """Return what stands in the box of a question for an answer."""
    if answer is None:
        return ""
    if isinstance(answer, float):
        written = number_string(answer)
        return f"{written}0" if separators.meanings(written) else written
    if question.type in NUMBERS and separators.meanings(str(answer)):
        return str(answer).removesuffix(separators.UNCLEAR)
    if question.type == "date" and re.fullmatch(r"[0-9]{4}-01-01", str(answer)):
        return str(answer)[:4]
    return str(answer)
