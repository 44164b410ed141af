"""Turning location paths into Python functions (XPath 1.0, section 2).

A step is a function from nodes to nodes. Paths of names only, which is nearly all there is in
forms, are followed through the index of each node; the other axes are walked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from survey.xpath.axes import AXES, REVERSE, in_scope
from survey.xpath.context import Context
from survey.xpath.effort import check
from survey.xpath.nodes import Node, in_document_order
from survey.xpath.syntax import NodeTest, Step

Predicate = Callable[[Context, list[Node]], list[Node]]
Walk = Callable[[Context, list[Node]], list[Node]]
Test = Callable[[Node], bool]

_DOWN = frozenset({"child", "attribute", "self"})

# Prefixes that forms and tests use without declaring them.
KNOWN_PREFIXES: Mapping[str, str] = {
    "h": "http://www.w3.org/1999/xhtml",
    "html": "http://www.w3.org/1999/xhtml",
    "xhtml": "http://www.w3.org/1999/xhtml",
    "mathml": "http://www.w3.org/1998/Math/MathML",
    "xf": "http://www.w3.org/2002/xforms",
    "xforms": "http://www.w3.org/2002/xforms",
    "jr": "http://openrosa.org/javarosa",
    "orx": "http://openrosa.org/xforms",
    "odk": "http://www.opendatakit.org/xforms",
    "entities": "http://www.opendatakit.org/xforms/entities",
    "ev": "http://www.w3.org/2001/xml-events",
    "xsd": "http://www.w3.org/2001/XMLSchema",
    "xml": "http://www.w3.org/XML/1998/namespace",
}


def plain_names(steps: Sequence[Step]) -> tuple[str, ...] | None:
    """Return the names of steps that are all children by an unprefixed name, None of others."""
    names: list[str] = []
    for step in steps:
        test = step.test
        if step.axis != "child" or step.predicates or test.kind != "name":
            return None
        if test.prefix is not None or test.name is None or test.name == "*":
            return None
        names.append(test.name)
    return tuple(names)


def near_names(steps: Sequence[Step]) -> tuple[int, tuple[str, ...]] | None:
    """Return how often steps go up, then the names they go down by; None for other steps."""
    near = 0
    for step in steps:
        if step.axis not in ("parent", "self") or step.test.kind != "node" or step.predicates:
            break
        near += 1
    names = plain_names(steps[near:])
    return None if names is None else (sum(s.axis == "parent" for s in steps[:near]), names)


def relevant(nodes: list[Node]) -> list[Node]:
    """Return the nodes that take part; the list itself when all do."""
    if len(nodes) == 1:
        return nodes if nodes[0].relevant else []
    for node in nodes:
        if not node.relevant:
            return [node for node in nodes if node.relevant]
    return nodes


def descend(nodes: list[Node], names: Sequence[str]) -> list[Node]:
    """Follow names downwards."""
    for name in names:
        if len(nodes) == 1:
            nodes = nodes[0].named(name)
        elif nodes:
            nodes = [child for node in nodes for child in node.named(name)]
    return nodes


def walk(
    steps: Sequence[Step],
    predicates: Sequence[Sequence[Predicate]],
    known: Mapping[str, str],
    *,
    single: bool,
) -> Walk:
    """Return the function that follows steps from nodes, which are in document order.

    Args:
        steps: The steps.
        predicates: The compiled predicates of each step.
        known: The address of each prefix.
        single: Whether there is one node at most to start from.
    """
    moves: list[Walk] = []
    # Nodes at one depth do not lie in one another: what is below them is in order as it is found.
    level = single
    for step, tests in zip(steps, predicates, strict=True):
        moves.append(_move(step, tests, known, ordered=level and step.axis in _DOWN))
        single = single and step.axis in ("self", "parent")
        level = single or (level and step.axis in _DOWN)

    def follow(context: Context, nodes: list[Node]) -> list[Node]:
        for move in moves:
            nodes = move(context, nodes)
            if not nodes:
                break
        return nodes

    return follow


def _move(
    step: Step, predicates: Sequence[Predicate], known: Mapping[str, str], *, ordered: bool
) -> Walk:
    """Return the function of one step; `ordered` where it finds nodes in document order."""
    reach = _reach(step, known)
    backwards = step.axis in REVERSE

    def move(context: Context, nodes: list[Node]) -> list[Node]:
        found: list[Node] = []
        for node in nodes:
            check(context)
            candidates = reach(node)
            for predicate in predicates:
                candidates = predicate(context, candidates)
            found.extend(reversed(candidates) if backwards else candidates)
        return found if ordered or len(nodes) == 1 else in_document_order(found)

    return move


def _reach(step: Step, known: Mapping[str, str]) -> Callable[[Node], list[Node]]:
    """Return the function that gives what a step selects from a node, predicates aside."""
    names = plain_names((replace(step, predicates=()),))
    if names is not None:
        (name,) = names
        return lambda node: node.named(name)
    if step.test.kind == "node" and step.axis in ("self", "parent"):
        if step.axis == "self":
            return lambda node: [node]
        return lambda node: [] if node.parent is None else [node.parent]
    axis = AXES[step.axis]
    test = _test(step, known)
    return lambda node: [other for other in axis(node) if test(other)]


def _test(step: Step, known: Mapping[str, str]) -> Test:
    """Return the function that tells whether a node passes a node test."""
    test = step.test
    if test.kind == "name":
        principal = step.axis if step.axis in ("attribute", "namespace") else "element"
        return _name_test(test, principal, known)
    if test.kind == "node":
        return lambda _: True
    kind, target = test.kind, test.name
    if target is None:
        return lambda node: node.kind == kind
    return lambda node: node.kind == kind and node.name == target


def _name_test(test: NodeTest, principal: str, known: Mapping[str, str]) -> Test:
    """Return the test of a name.

    A name without a prefix stands for elements that are `plain` and attributes without one. A
    prefix means its address where one is known, otherwise the same prefix.
    """
    name, prefix = test.name, test.prefix
    if prefix is None:
        if name == "*":
            return lambda node: node.kind == principal
        if principal == "element":
            return lambda node: node.name == name and node.plain
        return lambda node: node.name == name and node.kind == principal and not node.prefix

    def matches(node: Node) -> bool:
        if node.kind != principal or (name not in (node.name, "*")):
            return False
        address = known.get(prefix)
        return node.prefix == prefix if address is None else address_of(node) == address

    return matches


def address_of(node: Node) -> str | None:
    """Return the namespace of a node; of an attribute the one its prefix stands for."""
    if node.kind != "attribute" or not node.prefix or node.parent is None:
        return node.namespace
    return in_scope(node.parent).get(node.prefix)
