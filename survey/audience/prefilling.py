"""Answers that stand in the address of a public link: `/q/abcdef?film=night-train`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from survey.filling import Filling
from survey.typed import answer_of
from survey.xlsform import Form, Question, Repeat

TYPES = frozenset({"text", "integer", "decimal", "range", "select_one", "date", "time", "hidden"})
LONGEST = 200
"""Characters of an answer in an address."""


def prefillable(form: Form) -> dict[str, Question]:
    """Return the questions that an address may answer, by their name: asked once, one answer."""
    inside: list[tuple[str, ...]] = [
        element.path for element in form.walk() if isinstance(element, Repeat)
    ]
    return {
        question.name: question
        for question in form.questions()
        if question.type in TYPES
        and question.calculation is None
        and not any(question.path[: len(path)] == path for path in inside)
    }


def prefill(filling: Filling, given: Mapping[str, str], allowed: Sequence[str]) -> None:
    """Give a filling the answers of an address; what is no answer to its question is left out."""
    questions = prefillable(filling.form)
    for name in allowed:
        text = given.get(name, "")
        if not text or len(text) > LONGEST or name not in questions:
            continue
        question = questions[name]
        path = "/" + "/".join(question.path)
        before = filling.value(path)
        filling.answer(path, answer_of(question, text))
        found = filling.problem(path)
        if found is not None and found.kind != "required":
            filling.answer(path, before)
