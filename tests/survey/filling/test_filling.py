"""Filling a questionnaire in: what follows from the answers."""

import pytest

from survey.filling import AddressError, Filling
from survey.xlsform import load


def filling(text: str) -> Filling:
    return Filling(load(text.encode(), file_type=".md"))


def test_irrelevant_answers_are_kept_but_not_submitted() -> None:
    day = filling("""
        | survey |
        |        | type    | name | label | relevant |
        |        | integer | made | Made  |          |
        |        | text    | why  | Why   | ${made}>1 |
    """)
    day.answer("/data/made", 2)
    day.answer("/data/why", "the light")
    assert day.submission() == {"made": 2, "why": "the light"}
    day.answer("/data/made", 1)
    assert day.submission() == {"made": 1}
    assert day.value("/data/why") == "the light"
    day.answer("/data/made", 3)
    assert day.submission() == {"made": 3, "why": "the light"}


def test_wrong_answers_are_kept_and_named() -> None:
    day = filling("""
        | survey |
        |        | type    | name | label | required | constraint | constraint_message |
        |        | integer | made | Made  | yes      | . < 10     | too many           |
    """)
    assert [problem.kind for problem in day.problems()] == ["required"]
    day.answer("/data/made", "abc")
    assert day.value("/data/made") == "abc"
    assert [problem.kind for problem in day.problems()] == ["type"]
    day.answer("/data/made", "12")
    assert [(problem.kind, problem.message) for problem in day.problems()] == [
        ("constraint", "too many")
    ]
    day.answer("/data/made", "１２")
    assert day.value("/data/made") == 12


def test_an_unknown_path_is_refused() -> None:
    day = filling("""
        | survey |
        |        | type    | name | label |
        |        | integer | made | Made  |
    """)
    with pytest.raises(AddressError):
        day.answer("/data/nothing", 1)
    with pytest.raises(AddressError):
        day.value("made")
