"""When each question is shown, worked out beforehand by the engine.

A page then follows its form without asking the server, and so without a network, and the rules are
still worked out in one place: for every combination of the few answers that a condition looks at,
the engine is asked whether the question would be. Conditions that look at anything that cannot be
listed (numbers, texts, dates, what is worked out) are left to the server.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, product
from math import prod
from typing import Any

from survey.filling import Filling
from survey.xlsform import Form, Question, Repeat
from survey.xlsform.model import Element, Path

MOST = 1500
"""So many combinations of answers are worked out for one question."""
MOST_TOGETHER = 5
"""A question that takes several choices may have so many."""
MOST_STEPS = 21


@dataclass(frozen=True)
class Condition:
    """When something is shown.

    Attributes:
        looks_at: The paths of the questions it depends on.
        shown: The answers to them with which it is shown, each as `key_of` writes it.
    """

    looks_at: tuple[str, ...]
    shown: frozenset[tuple[str, ...]]


def key_of(answer: Any) -> str:  # noqa: ANN401 - an answer as JSON
    """Write an answer the way pages compare it: several choices in the order of the alphabet."""
    if isinstance(answer, list):
        return " ".join(sorted(map(str, answer)))
    if isinstance(answer, float) and answer.is_integer():
        answer = int(answer)
    return "" if answer is None else str(answer)


@lru_cache(maxsize=64)
def conditions(form: Form) -> dict[str, Condition]:
    """Return when each question and group is shown, by path, where that can be worked out."""
    found = {}
    for element in form.walk():
        if not _is_conditional(element):
            continue
        looked_at = _looks_at(form, element)
        if looked_at is not None:
            found[_written(element.path)] = _worked_out(form, element, looked_at)
    return found


def is_foreseeable(form: Form, element: Element) -> bool:
    """Tell whether it is known beforehand when something is shown; always is known, too."""
    return not _is_conditional(element) or _written(element.path) in conditions(form)


def _written(path: Path) -> str:
    return "/" + "/".join(path)


def _is_conditional(element: Element) -> bool:
    return element.relevant is not None and element.relevant.always is not True


def _looks_at(form: Form, element: Element) -> list[Question] | None:
    """Return all that the showing of something depends on; None where it cannot be listed."""
    waiting, found = [element], dict[Path, Question]()
    while waiting:
        for around in _around(form, waiting.pop()):
            if isinstance(around, Repeat):
                return None
            for reading in around.relevant.readings if around.relevant else ():
                question = form.elements.get(reading.path)
                if not isinstance(question, Question) or _answers(form, question) is None:
                    return None
                if question.path not in found:
                    found[question.path] = question
                    waiting.append(question)
    sizes = [len(_answers(form, question) or ()) for question in found.values()]
    return list(found.values()) if prod(sizes) <= MOST else None


def _around(form: Form, element: Element) -> Iterator[Element]:
    """Yield something and the groups and repeats it stands in."""
    yield element
    for depth in range(2, len(element.path)):
        yield form.elements[element.path[:depth]]


def _answers(form: Form, question: Question) -> list[Any] | None:
    """Return the answers a question can have, blank first; None where they cannot be listed."""
    if question.type == "acknowledge":
        return [None, "OK"]
    if question.type == "range":
        return _steps(question)
    source = question.choices
    changing = source is None or source.file or source.filter or source.answers
    if source is None or changing or question.calculation is not None:
        return None
    names = [choice.name for choice in form.choices.get(source.name, ())]
    if question.type == "select_one":
        return [None, *names]
    if question.type == "select_multiple" and len(names) <= MOST_TOGETHER:
        several = range(1, len(names) + 1)
        return [None, *(list(some) for count in several for some in combinations(names, count))]
    return None


def _steps(question: Question) -> list[Any] | None:
    try:
        start, end, step = (
            float(question.parameters.get(name, default))
            for name, default in (("start", 1), ("end", 10), ("step", 1))
        )
    except ValueError:
        return None
    if not step or not (end - start) / step <= MOST_STEPS:
        return None
    values = [start + step * number for number in range(int((end - start) / step + 1e-9) + 1)]
    return [None, *(int(value) if value.is_integer() else value for value in values)]


def _worked_out(form: Form, element: Element, looked_at: list[Question]) -> Condition:
    paths = tuple(_written(question.path) for question in looked_at)
    filling = Filling(form)
    shown = set()
    for answers in product(*(_answers(form, question) or () for question in looked_at)):
        for path, answer in zip(paths, answers, strict=True):
            filling.answer(path, answer)
        if filling.relevant(_written(element.path)):
            shown.add(tuple(map(key_of, answers)))
    return Condition(paths, frozenset(shown))
