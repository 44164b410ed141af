"""The answers as a tree of nodes that formulas are evaluated over."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from survey.xlsform.model import Element, Path, Question
from survey.xpath import Node


class AnswerNode(Node):
    """The node of a question, a group or one turn of a repeat.

    Attributes:
        element: The question, group or repeat of the form it belongs to.
        given: What a person gave where it cannot be read as the question's type, else None.
        numeric: Whether a worked-out value is a number.
        holds: Whether its own relevance formula holds.
        offered: The names of the choices it offers now; None while nobody asked.
        known: Which conditions hold, until something they look at changes; None for nothing known.
        put_aside: Turns of each repeat below it that a smaller count took away, by name; None
            where that never happened.
    """

    __slots__ = ("element", "given", "holds", "known", "numeric", "offered", "put_aside")

    def __init__(self, element: Element) -> None:
        super().__init__(element.name)
        self.element = element
        self.given: Any = None
        self.numeric = False
        self.holds = True
        self.offered: tuple[str, ...] | None = None
        self.known: dict[str, bool] | None = None
        self.put_aside: dict[str, list[AnswerNode]] | None = None

    @property
    def question(self) -> Question:
        """The question; only of nodes that hold an answer."""
        if not isinstance(self.element, Question):
            raise TypeError(self.element.name)
        return self.element

    @property
    def blank(self) -> bool:
        """Whether nothing was answered."""
        return self.text == "" and self.given is None

    def turns(self, name: str) -> list[AnswerNode]:
        """Return the children of a name: the turns of a repeat, else one node."""
        return self.named(name)  # type: ignore[return-value] # the tree holds answer nodes only

    def inside(self) -> Iterator[AnswerNode]:
        """Yield the node and everything below it in document order."""
        waiting: list[AnswerNode] = [self]
        while waiting:
            node = waiting.pop()
            yield node
            if node.children:
                waiting.extend(reversed(node.children))  # type: ignore[arg-type] # as above

    def above(self, depth: int) -> AnswerNode:
        """Return the node of the leading `depth` steps of its path, itself for its own length."""
        node = self
        for _ in range(len(self.element.path) - depth):
            if not isinstance(node.parent, AnswerNode):
                break
            node = node.parent
        return node


def nodes_at(path: Path, start: AnswerNode) -> list[AnswerNode]:
    """Return every node of a path at or below a node.

    Args:
        path: The path of a question, group or repeat.
        start: A node whose path leads there.
    """
    found = [start]
    for name in path[len(start.element.path) :]:
        found = [child for node in found for child in node.turns(name)]
    return found
