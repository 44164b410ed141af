"""What is on the screen now, in order: the questions asked, in their groups and turns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from survey.filling.tree import AnswerNode
from survey.xlsform.kinds import UNSEEN
from survey.xlsform.model import Element, Group, Question, Repeat

Part = Literal["question", "group", "end_group", "repeat", "end_repeat", "turn", "end_turn"]


@dataclass(frozen=True, slots=True)
class Place:
    """Something on the screen.

    Attributes:
        part: What it is. Groups, repeats and turns are followed by what is in them and their end.
        path: Its path; of a repeat as such without a number (`/data/take`), of a turn with one.
        element: The question, group or repeat of the form.
        depth: How many groups and turns it stands in.
        number: Of a turn, which it is, from 1.
        turns: Of a repeat and its turns, how many there are.
        fixed: Of a repeat and its turns, whether the form says how many there are, so that none
            can be added or removed.
    """

    part: Part
    path: str
    element: Element
    depth: int
    number: int = 0
    turns: int = 0
    fixed: bool = False


def walk(root: AnswerNode) -> Iterator[Place]:
    """Yield what is on the screen, in order."""
    return _inside(root, f"/{root.name}", 0)


def _inside(node: AnswerNode, path: str, depth: int) -> Iterator[Place]:
    section = node.element
    if isinstance(section, Question):
        return
    for element in section.children:
        turns = node.turns(element.name)
        match element:
            case Question():
                if turns[0].relevant and visible(element):
                    yield Place("question", f"{path}/{element.name}", element, depth)
            case Repeat():
                yield from _repeat(element, turns, path, depth, shown=node.relevant)
            case Group():
                if turns[0].relevant and any(seen(child) for child in element.children):
                    inner = f"{path}/{element.name}"
                    yield Place("group", inner, element, depth)
                    yield from _inside(turns[0], inner, depth + 1)
                    yield Place("end_group", inner, element, depth)


def _repeat(
    element: Repeat, turns: list[AnswerNode], path: str, depth: int, *, shown: bool
) -> Iterator[Place]:
    relevant = [(number, turn) for number, turn in enumerate(turns, 1) if turn.relevant]
    if not shown or (turns and not relevant):
        return
    if element.count is not None and not relevant:
        return
    whole, fixed = f"{path}/{element.name}", element.count is not None
    yield Place("repeat", whole, element, depth, turns=len(turns), fixed=fixed)
    for number, turn in relevant:
        inner = f"{whole}[{number}]"
        yield Place("turn", inner, element, depth, number, len(turns), fixed)
        yield from _inside(turn, inner, depth + 1)
        yield Place("end_turn", inner, element, depth, number, len(turns), fixed)
    yield Place("end_repeat", whole, element, depth, turns=len(turns), fixed=fixed)


def visible(question: Question) -> bool:
    """Whether people see a question at all."""
    if question.type in UNSEEN or question.type == "instanceID":
        return False
    worked_out = question.calculation is not None
    return not (worked_out and not (question.label or question.hint or question.media))


def seen(element: Element) -> bool:
    """Whether people may ever see something of an element."""
    if isinstance(element, Question):
        return visible(element)
    return isinstance(element, Repeat) or any(seen(child) for child in element.children)
