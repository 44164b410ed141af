"""Nodes: counting them, finding them, telling their place."""

from __future__ import annotations

import math

from i18n import say
from survey.xpath.context import Value
from survey.xpath.errors import XPathError
from survey.xpath.nodes import Node
from survey.xpath.registry import Place, function
from survey.xpath.values import to_number, to_string


@function("count", "nodes", result="number")
def count(nodes: list[Node]) -> float:
    """Return how many nodes there are."""
    return float(len(nodes))


@function("count-non-empty", "nodes", result="number")
def count_non_empty(nodes: list[Node]) -> float:
    """Return how many nodes have a text."""
    return float(sum(bool(node.string_value()) for node in nodes))


@function("position", "nodes?", result="number", placed=True)
def position(place: Place, nodes: list[Node] | None = None) -> float:
    """Return the place in the list, or of a given node among its siblings of the same name."""
    if nodes is None:
        return float(place.position)
    return float(nodes[0].position()) if nodes else math.nan


@function("last", result="number", placed=True)
def last(place: Place) -> float:
    """Return how many nodes there are in the list."""
    return float(place.size)


@function("current", result="nodes", placed=True)
def current(place: Place) -> list[Node]:
    """Return the node that the expression belongs to."""
    return [place.context.current or place.context.node]


@function("id", "any", result="nodes", placed=True)
def by_id(place: Place, value: Value) -> list[Node]:
    """Return the elements of the tree whose attribute `id` is one of those named."""
    texts = [node.string_value() for node in value] if isinstance(value, list) else None
    wanted = set(" ".join(texts if texts is not None else [to_string(value)]).split())
    top = place.node.top()
    return [node for node in top.descendants() if node.attributes.get("id") in wanted]


@function("indexed-repeat", "nodes", "nodes", "any", "any*", result="nodes", placed=True)
def indexed_repeat(place: Place, targets: list[Node], *pairs: Value) -> list[Node]:
    """Return the nodes that lie in the repeats with the numbers given.

    Repeats and numbers come in pairs, which may be in any order; a number that is blank, below 1
    or above the count selects nothing, as in ODK Web Forms (JavaRosa takes the first repeat).
    """
    if len(pairs) % 2:
        raise XPathError(say("indexed-repeat() needs a number after each repeat."))
    levels: list[tuple[list[Node], float]] = []
    for repeats, index in zip(pairs[::2], pairs[1::2], strict=True):
        if not isinstance(repeats, list):
            raise XPathError(say("indexed-repeat() needs a repeat before each number."))
        levels.append((repeats, to_number(index, place.context.zone)))
    chosen: Node | None = None
    for repeats, number in sorted(levels, key=_depth):
        inside = [node for node in repeats if chosen is None or _lies_in(node, chosen)]
        if not 1 <= number <= len(inside):
            return []
        chosen = inside[int(number) - 1]
    return [node for node in targets if chosen is not None and _lies_in(node, chosen)]


def _depth(level: tuple[list[Node], float]) -> int:
    """Return how deep the repeats of a level lie."""
    repeats = level[0]
    return len(repeats[0].path().split("/")) if repeats else 0


def _lies_in(node: Node, outer: Node) -> bool:
    """Tell whether a node lies below another."""
    above = node.parent
    while above is not None:
        if above is outer:
            return True
        above = above.parent
    return False
