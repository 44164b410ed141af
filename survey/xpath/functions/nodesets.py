"""Nodes: counting them, finding them, naming them."""

from __future__ import annotations

from i18n import say
from survey.xpath.errors import XPathError
from survey.xpath.nodes import Node
from survey.xpath.registry import Place, function


@function("count", "nodes", result="number")
def count(nodes: list[Node]) -> float:
    """Return how many nodes there are."""
    return float(len(nodes))


@function("position", "nodes?", result="number", placed=True)
def position(place: Place, nodes: list[Node] | None = None) -> float:
    """Return the place in the list, or of a given node among its siblings of the same name."""
    if nodes is None:
        return float(place.position)
    if not nodes:
        return float("nan")
    return float(nodes[0].position())


@function("last", result="number", placed=True)
def last(place: Place) -> float:
    """Return how many nodes there are in the list."""
    return float(place.size)


@function("current", result="nodes", placed=True)
def current(place: Place) -> list[Node]:
    """Return the node that the expression belongs to."""
    return [place.context.current or place.context.node]


@function("instance", "string", result="nodes", placed=True)
def instance(place: Place, name: str) -> list[Node]:
    """Return a secondary instance; its outermost element is the first step after it."""
    found = place.context.instances.get(name)
    if found is None:
        raise XPathError(say("There is no list “{name}”.", name=name))
    return [found]
