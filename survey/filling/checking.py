"""Checking the answers: their types, what must be answered, what the form forbids."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from i18n import Message, say
from survey.filling.problems import AnswerProblem, Kind
from survey.filling.texts import show
from survey.filling.tree import AnswerNode
from survey.filling.values import LISTS, SELECTS, read
from survey.filling.working import Work
from survey.xlsform.kinds import UNSEEN
from survey.xlsform.model import Question, Texts

_UNCHECKED = UNSEEN | {"note", "instanceID"}


def check(work: Work, language: str) -> list[AnswerProblem]:
    """Return everything wrong with the answers that are asked for now, in the order of the form."""
    found: list[AnswerProblem] = []
    for node in work.root.inside():
        if node.relevant and isinstance(node.element, Question):
            problem = check_node(node, work, language)
            if problem is not None:
                found.append(problem)
    for (node, aspect), message in work.faults.items():
        if node.relevant:
            repeat = aspect.partition(":")[2]
            path = f"{node.path()}/{repeat}" if repeat else node.path()
            found.append(AnswerProblem(path, message, "formula"))
    return found


def check_node(node: AnswerNode, work: Work, language: str) -> AnswerProblem | None:
    """Return what is wrong with one answer, the first thing that matters only."""
    question = node.question
    if question.type in _UNCHECKED:
        return None
    if node.given is not None:
        problem = read(question, node.given).problem
        return AnswerProblem(node.path(), problem or say("This answer cannot be kept."), "type")
    if node.text == "":
        return _missing(node, work, language)
    if outside := _not_offered(node, work) or _out_of_range(node):
        kind: Kind = "choice" if question.type in SELECTS else "range"
        return AnswerProblem(node.path(), outside, kind)
    if work.holds(node, "constraint", without=True):
        return None
    message = _own(question.constraint_message, node, work, language)
    return AnswerProblem(node.path(), message or say("This answer is not allowed."), "constraint")


def _missing(node: AnswerNode, work: Work, language: str) -> AnswerProblem | None:
    """Say that a blank answer must be given, where it must."""
    if not required(node, work) or work.holds(node, "readonly", without=False):
        return None
    message = _own(node.question.required_message, node, work, language)
    return AnswerProblem(node.path(), message or say("This question must be answered."), "required")


def required(node: AnswerNode, work: Work) -> bool:
    """Whether an answer must be given; not where its choices are in a file that is not attached."""
    source = node.question.choices
    if source is not None and source.file is not None and source.file not in work.form.attached:
        return False
    return work.holds(node, "required", without=False)


def _own(texts: Texts, node: AnswerNode, work: Work, language: str) -> str:
    return show(texts, node, work, language).text


def _not_offered(node: AnswerNode, work: Work) -> Message | None:
    """Say which choice is not offered; file lists that are not attached offer anything."""
    question = node.question
    source = question.choices
    if question.type not in SELECTS or source is None:
        return None
    if source.file is not None and source.file not in work.form.attached:
        return None
    if not (source.answers or source.file or source.name in work.form.choices):
        return None
    if node.offered is None:
        node.offered = work.offered(node)
    chosen = node.text.split() if question.type in LISTS else [node.text]
    wrong = [name for name in chosen if name not in node.offered]
    if wrong:
        return say("{name} is not one of the choices.", name=wrong[0])
    if question.type == "rank" and len(chosen) != len(node.offered):
        return say("All {number} choices must be put in order.", number=len(node.offered))
    return None


def _out_of_range(node: AnswerNode) -> Message | None:
    """Say what a range question allows when the answer lies outside or between its steps."""
    question = node.question
    if question.type != "range":
        return None
    try:
        answer = Decimal(node.text)
        first, last, step = (
            Decimal(question.parameters.get(name, default))
            for name, default in (("start", "1"), ("end", "10"), ("step", "1"))
        )
    except InvalidOperation:
        return None
    low, high = min(first, last), max(first, last)
    if low <= answer <= high and (not step or (answer - first) % abs(step) == 0):
        return None
    return say(
        "A number from {low} to {high} in steps of {step} is needed here.",
        low=str(low),
        high=str(high),
        step=str(abs(step)),
    )
