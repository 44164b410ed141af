"""The small functions that compiled expressions are made of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import cast

from survey.xpath import comparison
from survey.xpath.context import Context, Value
from survey.xpath.errors import XPathError
from survey.xpath.nodes import Node
from survey.xpath.paths import descend, relevant
from survey.xpath.registry import Function, Kind, Place
from survey.xpath.values import text_number, to_boolean, to_number

# What an expression becomes: a function of the context, the node, its position and the size.
Run = Callable[[Context, Node, int, int], Value]
Strings = Callable[[Context, Node, int, int], str]
Numbers = Callable[[Context, Node, int, int], float]
Booleans = Callable[[Context, Node, int, int], bool]
Nodes = Callable[[Context, Node, int, int], list[Node]]

# position() and last() are asked for at every node of a list: they are given without a call.
PLACES: dict[str, Numbers] = {
    "position": lambda _c, _n, p, _s: float(p),
    "last": lambda _c, _n, _p, s: float(s),
}


def constant(value: str | float) -> Run:
    """Return the function that always gives a value."""
    return lambda _c, _n, _p, _s: value


def named_path(start: str, names: tuple[str, ...]) -> Nodes:
    """Return the function that follows names down from the root or the context node."""
    if start == "root":
        if not names:
            return lambda c, _n, _p, _s: [c.top]
        return lambda c, _n, _p, _s: relevant(descend([c.top], names))
    if not names:
        return lambda _c, n, _p, _s: relevant([n])
    if len(names) == 1:
        (name,) = names
        return lambda _c, n, _p, _s: relevant(n.named(name))
    return lambda _c, n, _p, _s: relevant(descend([n], names))


def near_path(climb: int, names: tuple[str, ...], *, current: bool) -> Nodes:
    """Return the function of `../../name`, or of `current()/../name`: what `${name}` becomes."""

    def follow(c: Context, n: Node, _p: int, _s: int) -> list[Node]:
        node: Node | None = (c.current or c.node) if current else n
        for _ in range(climb):
            if node is None:
                return []
            node = node.parent
        return [] if node is None else relevant(descend([node], names))

    return follow


def truth(run: Run, kind: Kind) -> Booleans:
    """Return the function that gives the value of another as a boolean."""
    if kind == "boolean":
        return cast("Booleans", run)
    if kind == "nodes":
        return lambda c, n, p, s: bool(run(c, n, p, s))
    return lambda c, n, p, s: to_boolean(run(c, n, p, s))


def matches(nodes: Nodes, text: str, *, wanted: bool) -> Booleans:
    """Return the comparison of nodes with a text that is no date."""

    def compare(c: Context, n: Node, p: int, s: int) -> bool:
        for node in nodes(c, n, p, s):
            value = node.string_value() if node.children else node.text
            if (value == text) is wanted:
                return True
        return False

    return compare


def equal(left: Run, right: Run, *, wanted: bool) -> Booleans:
    """Return the comparison `=` or `!=` of any values."""

    def compare(c: Context, n: Node, p: int, s: int) -> bool:
        return comparison.equal(left(c, n, p, s), right(c, n, p, s), c.zone, wanted=wanted)

    return compare


def ordered_numbers(operator: str, left: Run, right: Run) -> Booleans:
    """Return the comparison by order of what is no node-set."""
    holds = comparison.ORDERS[operator]

    def compare(c: Context, n: Node, p: int, s: int) -> bool:
        zone = c.zone
        return holds(to_number(left(c, n, p, s), zone), to_number(right(c, n, p, s), zone))

    return compare


def ordered_nodes(operator: str, nodes: Nodes, right: Run) -> Booleans:
    """Return the comparison by order of nodes with what is none: whether some node compares so."""
    holds = comparison.ORDERS[operator]

    def compare(c: Context, n: Node, p: int, s: int) -> bool:
        zone = c.zone
        bound = to_number(right(c, n, p, s), zone)
        for node in nodes(c, n, p, s):
            text = node.string_value() if node.children else node.text
            if holds(text_number(text, zone), bound):
                return True
        return False

    return compare


def ordered(operator: str, left: Run, right: Run) -> Booleans:
    """Return the comparison by order of any values."""

    def compare(c: Context, n: Node, p: int, s: int) -> bool:
        return comparison.ordered(operator, left(c, n, p, s), right(c, n, p, s), c.zone)

    return compare


def called(known: Function, runs: Sequence[Run], source: str, column: int) -> Run:
    """Return the call of a function; what it refuses gets the place of the call."""
    body = known.body
    if known.placed:

        def call_placed(c: Context, n: Node, p: int, s: int) -> Value:
            try:
                return body(Place(c, n, p, s), *[run(c, n, p, s) for run in runs])
            except XPathError as error:
                raise error.at(source, column) from None

        return call_placed

    def call(c: Context, n: Node, p: int, s: int) -> Value:
        try:
            return body(*[run(c, n, p, s) for run in runs])
        except XPathError as error:
            raise error.at(source, column) from None

    return call
