"""The answers questions start with: in a new filling, and in every new turn of a repeat."""

from __future__ import annotations

from survey.filling.making import make
from survey.filling.tree import AnswerNode
from survey.filling.values import read
from survey.filling.working import Work
from survey.xlsform.model import Question
from survey.xpath.values import to_string


def begin(work: Work) -> None:
    """Put fixed first answers and first turns into an empty tree."""
    for child in list(work.root.children):
        work.root.remove(child)
    for child in list(make(work.form.root, defaults=True).children):
        work.root.append(child)
    work.nodes = sum(1 for _ in work.root.inside())
    work.newborn.append(work.root)


def settle(work: Work) -> None:
    """Work out what is due, then the first answers of what is new, in the order of the form."""
    work.settle()
    answer_newborn(work)


def answer_newborn(work: Work) -> None:
    """Give the questions of new turns, or of a new filling, the answers they start with."""
    while work.newborn:
        for node in list(work.newborn.pop(0).inside()):
            element = node.element
            if isinstance(element, Question) and element.dynamic_default and node.blank:
                _start(node, element, work)
        work.settle()


def _start(node: AnswerNode, question: Question, work: Work) -> None:
    if question.dynamic_default is None:
        return
    value = work.evaluate(node, "default", question.dynamic_default)
    if value is None:
        return
    text = to_string(value)
    answer = read(question, text)
    given = text if answer.problem else None
    work.put(node, answer.text, numeric=answer.numeric or isinstance(value, float), given=given)
    work.settle()
