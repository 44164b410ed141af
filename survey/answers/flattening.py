"""Answers taken out of their groups and repeats."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from survey.answers.variables import Path, Variable

Numbers = tuple[int, ...]
"""Which turn of each repeat around a question, from 1; () where there is none."""


def values_of(answers: Mapping[str, Any], variable: Variable) -> Iterator[tuple[Numbers, Any]]:
    """Yield the answers to a question, one for each turn of the repeats around it."""
    for numbers, turn in _turns(answers, variable.repeats):
        start = len(variable.repeats[-1]) if variable.repeats else 0
        value = _inside(turn, variable.path[start:])
        if value is not None:
            yield numbers, value


def turns_of(answers: Mapping[str, Any], repeats: tuple[Path, ...]) -> list[Numbers]:
    """Return the turns of a repeat that an entry has, as the numbers of it and those around it."""
    return [numbers for numbers, _ in _turns(answers, repeats)]


def _turns(
    answers: Mapping[str, Any], repeats: tuple[Path, ...]
) -> list[tuple[Numbers, Mapping[str, Any]]]:
    places: list[tuple[Numbers, Mapping[str, Any]]] = [((), answers)]
    done = 0
    for repeat in repeats:
        steps, done = repeat[done:], len(repeat)
        places = [
            ((*numbers, number), turn)
            for numbers, place in places
            for number, turn in enumerate(_list(_inside(place, steps)), start=1)
            if isinstance(turn, Mapping)
        ]
    return places


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _inside(value: Any, steps: Path) -> Any:  # noqa: ANN401 - answers are JSON
    """Return what lies at a path below groups; None where a step is missing or a repeat."""
    for step in steps:
        if not isinstance(value, Mapping):
            return None
        value = value.get(step)
    return value
