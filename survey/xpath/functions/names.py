"""Names, namespaces and languages of nodes (XPath 1.0, sections 4.1 and 4.3)."""

from __future__ import annotations

from survey.xpath.nodes import Node
from survey.xpath.paths import address_of
from survey.xpath.registry import Place, function

_NAMED = frozenset({"element", "attribute", "processing-instruction", "namespace"})


def _first(nodes: list[Node]) -> Node | None:
    return nodes[0] if nodes and nodes[0].kind in _NAMED else None


@function("name", "nodes", result="string", implied=True)
def name(nodes: list[Node]) -> str:
    """Return the name of the first node as written, with its prefix."""
    node = _first(nodes)
    if node is None:
        return ""
    return f"{node.prefix}:{node.name}" if node.prefix else node.name


@function("local-name", "nodes", result="string", implied=True)
def local_name(nodes: list[Node]) -> str:
    """Return the name of the first node without its prefix."""
    node = _first(nodes)
    return "" if node is None else node.name


@function("namespace-uri", "nodes", result="string", implied=True)
def namespace_uri(nodes: list[Node]) -> str:
    """Return the namespace of the first node."""
    node = _first(nodes)
    return "" if node is None or node.kind == "namespace" else address_of(node) or ""


@function("lang", "string", result="boolean", placed=True)
def lang(place: Place, wanted: str) -> bool:
    """Tell whether the nearest `xml:lang` is a language or a variety of it."""
    node: Node | None = place.node
    while node is not None:
        written = node.attributes.get("xml:lang")
        if written is not None:
            return f"{written.lower()}-".startswith(f"{wanted.lower()}-")
        node = node.parent
    return False
