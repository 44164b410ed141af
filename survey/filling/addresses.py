"""Paths like /data/take[2]/kept: reading them, and finding the node they mean."""

from __future__ import annotations

import re

from i18n import Refusal, say
from survey.filling.tree import AnswerNode
from survey.xlsform.model import Form, Question, Repeat

_STEP = re.compile(r"(?P<name>[^\[\]/]+)(?:\[(?P<number>[0-9]{1,9})\])?")


class AddressError(Refusal):
    """A path that leads nowhere in this questionnaire, or to something else than was asked for."""


def parse(path: str) -> list[tuple[str, int]]:
    """Read a path into names and 1-based numbers; a missing number is 1.

    Raises:
        AddressError: It is not written like a path.
    """
    steps = []
    if not path.startswith("/"):
        raise AddressError(say("{path} is not a path: it begins with /.", path=path))
    for step in path[1:].split("/"):
        match = _STEP.fullmatch(step)
        if match is None:
            raise AddressError(say("{path} is not a path.", path=path))
        steps.append((match.group("name"), int(match.group("number") or 1)))
    return steps


def find(path: str, root: AnswerNode) -> AnswerNode:
    """Return the node a path means.

    Raises:
        AddressError: There is none.
    """
    steps = parse(path)
    if steps[0] != (root.name, 1):
        raise AddressError(say("There is no question {path} in this questionnaire.", path=path))
    node = root
    for name, number in steps[1:]:
        turns = node.turns(name)
        if not 1 <= number <= len(turns):
            raise AddressError(say("There is no question {path} in this questionnaire.", path=path))
        node = turns[number - 1]
    return node


def find_question(path: str, root: AnswerNode) -> AnswerNode:
    """Return the node of a question.

    Raises:
        AddressError: There is none.
    """
    node = find(path, root)
    if not isinstance(node.element, Question):
        raise AddressError(say("{path} is not a question.", path=path))
    return node


def find_repeat(path: str, root: AnswerNode, form: Form) -> tuple[AnswerNode, Repeat]:
    """Return the node that holds the turns of a repeat, and the repeat.

    Raises:
        AddressError: There is none.
    """
    above, name = path.rpartition("/")[0], parse(path)[-1][0]
    holder = find(above, root) if above else root
    repeat = form.elements.get((*holder.element.path, name))
    if not isinstance(repeat, Repeat):
        raise AddressError(say("{path} is not a repeat.", path=path))
    return holder, repeat


def find_shown(path: str, root: AnswerNode, form: Form) -> AnswerNode:
    """Return the node of a path; of a repeat without turns one that stands for it.

    Raises:
        AddressError: There is nothing at the path.
    """
    try:
        return find(path, root)
    except AddressError:
        holder, repeat = find_repeat(path, root, form)
        stand_in = AnswerNode(repeat)
        stand_in.parent = holder
        return stand_in
