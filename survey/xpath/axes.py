"""The axes of XPath 1.0 (section 2.2) over `Node` trees, each in its own order."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from survey.xpath.nodes import Namespace, Node
from survey.xpath.syntax import AxisName

Axis = Callable[[Node], Iterable[Node]]

XML_NAMESPACE = "http://www.w3.org/XML/1998/namespace"


def children(node: Node) -> Iterable[Node]:
    """Return what is directly below; of a leaf its text."""
    if node.children:
        return node.children
    text = node.text_node()
    return () if text is None else (text,)


def descendants(node: Node) -> Iterable[Node]:
    """Yield everything below in document order, texts of leaves included."""
    waiting = list(children(node))[::-1]
    while waiting:
        below = waiting.pop()
        yield below
        waiting.extend(list(children(below))[::-1])


def descendants_or_self(node: Node) -> Iterable[Node]:
    """Yield the node and everything below."""
    yield node
    yield from descendants(node)


def ancestors(node: Node) -> Iterable[Node]:
    """Yield the nodes above, nearest first."""
    above = node.parent
    while above is not None:
        yield above
        above = above.parent


def ancestors_or_self(node: Node) -> Iterable[Node]:
    """Yield the node and those above."""
    yield node
    yield from ancestors(node)


def parent(node: Node) -> Iterable[Node]:
    """Return the node above."""
    return () if node.parent is None else (node.parent,)


def itself(node: Node) -> Iterable[Node]:
    """Return the node."""
    return (node,)


def _siblings(node: Node) -> tuple[list[Node], int]:
    if node.parent is None or node.kind in ("attribute", "namespace"):
        return [], 0
    siblings = node.parent.children
    return siblings, next((i for i, other in enumerate(siblings) if other is node), len(siblings))


def following_siblings(node: Node) -> Iterable[Node]:
    """Return the later children of the parent."""
    siblings, place = _siblings(node)
    return siblings[place + 1 :]


def preceding_siblings(node: Node) -> Iterable[Node]:
    """Return the earlier children of the parent, nearest first."""
    siblings, place = _siblings(node)
    return siblings[:place][::-1]


def following(node: Node) -> Iterable[Node]:
    """Yield everything after the node that is not below it."""
    if node.kind in ("attribute", "namespace") and node.parent is not None:
        yield from descendants(node.parent)
        node = node.parent
    for start in ancestors_or_self(node):
        for sibling in following_siblings(start):
            yield from descendants_or_self(sibling)


def preceding(node: Node) -> Iterable[Node]:
    """Yield everything before the node that is not above it, nearest first."""
    if node.kind in ("attribute", "namespace") and node.parent is not None:
        node = node.parent
    for start in ancestors_or_self(node):
        for sibling in preceding_siblings(start):
            yield from reversed(list(descendants_or_self(sibling)))


def attributes(node: Node) -> Iterable[Node]:
    """Return the attributes, without declarations of namespaces."""
    return [
        attribute
        for attribute in node.attribute_nodes()
        if attribute.prefix != "xmlns" and attribute.name != "xmlns"
    ]


def namespaces(node: Node) -> Iterable[Node]:
    """Return the namespaces in scope on an element, by prefix."""
    if node.kind != "element":
        return ()
    return [Namespace(prefix, uri, node) for prefix, uri in sorted(in_scope(node).items())]


def in_scope(node: Node) -> dict[str, str]:
    """Return the namespaces declared on a node and above it: address by prefix."""
    found = {"xml": XML_NAMESPACE}
    for element in reversed(list(ancestors_or_self(node))):
        for name, value in element.attributes.items():
            if name == "xmlns":
                found[""] = value
            elif name.startswith("xmlns:"):
                found[name[6:]] = value
    return {prefix: address for prefix, address in found.items() if address}


AXES: dict[AxisName, Axis] = {
    "ancestor": ancestors,
    "ancestor-or-self": ancestors_or_self,
    "attribute": attributes,
    "child": children,
    "descendant": descendants,
    "descendant-or-self": descendants_or_self,
    "following": following,
    "following-sibling": following_siblings,
    "namespace": namespaces,
    "parent": parent,
    "preceding": preceding,
    "preceding-sibling": preceding_siblings,
    "self": itself,
}
REVERSE: frozenset[AxisName] = frozenset(
    {"ancestor", "ancestor-or-self", "preceding", "preceding-sibling"}
)
