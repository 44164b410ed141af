"""Making the nodes of the answers: empty, or with the answers a question starts with."""

from __future__ import annotations

from survey.filling.tree import AnswerNode
from survey.filling.values import read
from survey.xlsform.model import Element, Group, Question, Repeat

START_TURNS = 1


def make(element: Element, *, defaults: bool) -> AnswerNode:
    """Make the node of an element with everything in it.

    Args:
        element: The question, the group, or the repeat one turn of which is made.
        defaults: Whether questions get the answers they start with, and repeats without a count
            their first turn.
    """
    node = AnswerNode(element)
    if isinstance(element, Question):
        if defaults and element.default:
            start(node)
        return node
    for child in element.children:
        if not isinstance(child, Repeat):
            node.append(make(child, defaults=defaults))
        elif defaults and child.count is None:
            for _ in range(START_TURNS):
                node.append(make(child, defaults=True))
    return node


def start(node: AnswerNode) -> None:
    """Give a question the fixed answer it starts with."""
    question = node.question
    answer = read(question, question.default)
    node.text, node.numeric = answer.text, answer.numeric
    node.given = question.default if answer.problem else None


def place_of(element: Repeat, parent: AnswerNode) -> int:
    """Return where among the children of a node a further turn of a repeat belongs."""
    holder = parent.element
    order = (
        {child.name: place for place, child in enumerate(holder.children)}
        if isinstance(holder, Group | Repeat)
        else {}
    )
    mine = order.get(element.name, len(order))
    for place, child in enumerate(parent.children):
        if order.get(child.name, len(order)) > mine:
            return place
    return len(parent.children)
