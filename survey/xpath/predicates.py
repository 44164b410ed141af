"""Predicates: choosing among nodes, quickly for the choice filters of long lists.

A filter such as `[country = /data/country and kind = 'city']` compares children of each node with
what is the same for all of them: that is worked out once, and each node only looked up in it.
"""

from __future__ import annotations

from collections.abc import Iterator

from survey.xpath import comparison
from survey.xpath.closures import Booleans, Run
from survey.xpath.context import Context, Value
from survey.xpath.effort import check
from survey.xpath.lookup import rows_by
from survey.xpath.nodes import Node
from survey.xpath.paths import Predicate, plain_names
from survey.xpath.references import uses
from survey.xpath.syntax import Call, Chain, Expr, Number, Path, Text, Variable
from survey.xpath.values import to_boolean

FEW = 16


def at_place(number: float) -> Predicate:
    """Return the predicate of a number as written: the node at that place."""
    place = int(number) if number.is_integer() else 0
    return lambda _, nodes: nodes[place - 1 : place] if place > 0 else []


def by_value(run: Run) -> Predicate:
    """Return the predicate whose value decides what it asks: a number for a position."""

    def keep(context: Context, nodes: list[Node]) -> list[Node]:
        size = len(nodes)
        kept = []
        for place, node in enumerate(nodes, 1):
            check(context)
            value = run(context, node, place, size)
            if value == place if isinstance(value, float) else to_boolean(value):
                kept.append(node)
        return kept

    return keep


def by_test(test: Booleans) -> Predicate:
    """Return the predicate that keeps the nodes a test holds for."""

    def keep(context: Context, nodes: list[Node]) -> list[Node]:
        size = len(nodes)
        if context.deadline is None:
            return [n for place, n in enumerate(nodes, 1) if test(context, n, place, size)]
        kept = []
        for place, node in enumerate(nodes, 1):
            check(context)
            if test(context, node, place, size):
                kept.append(node)
        return kept

    return keep


def by_key(name: str, key: Run) -> Predicate:
    """Return the predicate `[name = key]` where the key is the same for all nodes."""

    def keep(context: Context, nodes: list[Node]) -> list[Node]:
        if not nodes:
            return nodes
        value = key(context, nodes[0], 1, len(nodes))
        texts = _texts(value)
        if texts is None:
            zone = context.zone
            return [
                node
                for node in nodes
                if comparison.equal(_relevant(node.named(name)), value, zone, wanted=True)
            ]
        if len(texts) == 1 and len(nodes) > FEW:
            indexed = _indexed(nodes, name, next(iter(texts)))
            if indexed is not None:
                return indexed
        return [node for node in nodes if _holds(node, name, texts)]

    return keep


def _indexed(nodes: list[Node], name: str, text: str) -> list[Node] | None:
    """Return the nodes with a text from an index, None when they are not all rows of a list."""
    row = nodes[0]
    parent = row.parent
    if parent is None or parent.named(row.name) is not nodes:
        return None
    rows = rows_by(parent, row.name, name)
    return None if rows is None else rows.get(text, [])


def _texts(value: Value) -> frozenset[str] | None:
    """Return the texts that equal a value, None where texts alone do not decide."""
    if isinstance(value, str):
        found = frozenset((value,))
    elif isinstance(value, list):
        found = frozenset(node.string_value() for node in value)
    else:
        return None
    return None if any(text[:4].isdecimal() and "-" in text for text in found) else found


def _relevant(nodes: list[Node]) -> list[Node]:
    return [node for node in nodes if node.relevant]


def _holds(node: Node, name: str, texts: frozenset[str]) -> bool:
    """Tell whether a child of a name has one of the texts."""
    for child in node.named(name):
        if (child.string_value() if child.children else child.text) in texts and child.relevant:
            return True
    return False


def conjuncts(expr: Expr) -> Iterator[Expr]:
    """Yield the conditions that a predicate joins with `and`, itself where it joins none.

    A condition on the position stays whole: it would mean something else among fewer nodes.
    """
    asks_place = any(use.name in ("position", "last") for use in uses(expr))
    if asks_place or not isinstance(expr, Chain) or expr.rest[0][0] != "and":
        yield expr
        return
    yield expr.first
    for _, right, _ in expr.rest:
        yield right


def key_of(expr: Expr) -> tuple[str, Expr] | None:
    """Return the child and the key of a condition `child = key`, None of other conditions."""
    if not isinstance(expr, Chain) or len(expr.rest) != 1 or expr.rest[0][0] != "=":
        return None
    left, right = expr.first, expr.rest[0][1]
    for child, key in ((left, right), (right, left)):
        if isinstance(child, Path) and child.start == "context" and _is_steady(key):
            names = plain_names(child.steps)
            if names is not None and len(names) == 1:
                return names[0], key
    return None


def _is_steady(expr: Expr) -> bool:
    """Tell whether a part surely gives the same at every node."""
    match expr:
        case Number() | Text() | Variable():
            return True
        case Path(start="root"):
            return True
        case Path(start=Call(name="current" | "instance", arguments=arguments)):
            return all(isinstance(argument, Text) for argument in arguments)
        case _:
            return False
