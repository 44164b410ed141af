"""Lists and texts that come with a form: secondary instances, data of other files, translations."""

from __future__ import annotations

from i18n import say
from survey.xpath.errors import XPathError
from survey.xpath.lookup import rows_by
from survey.xpath.nodes import Node
from survey.xpath.registry import Place, function
from survey.xpath.values import node_string


def _found(place: Place, name: str) -> Node:
    instances = place.context.instances
    node = instances.get(name)
    if node is None:
        raise XPathError(say("There is no list “{name}”.", name=name))
    return node


@function("instance", "string", result="nodes", placed=True)
def instance(place: Place, name: str) -> list[Node]:
    """Return a secondary instance; its outermost element is the first step after it."""
    return [_found(place, name)]


@function("pulldata", "string", "string", "string", "string", result="string", placed=True)
def pulldata(place: Place, name: str, wanted: str, key: str, value: str) -> str:
    """Return a column of the first row whose key column holds a value, "" where there is none.

    Short for instance(name)/root/item[key = value]/wanted; the name may end in `.csv`.
    """
    known = place.context.instances
    top = _found(place, name if name in known else name.removesuffix(".csv"))
    for root in top.named("root"):
        rows = rows_by(root, "item", key)
        found = rows.get(value, []) if rows is not None else _rows(root, key, value)
        if found:
            return node_string(found[0].named(wanted))
    return ""


def _rows(root: Node, key: str, value: str) -> list[Node]:
    """Return the first row whose key column holds a value."""
    for item in root.named("item"):
        if any(node.string_value() == value for node in item.named(key)):
            return [item]
    return []


@function("jr:itext", "string", result="string", placed=True)
def itext(place: Place, name: str) -> str:
    """Return the text of an id in the language shown, "" where there is none."""
    text = place.context.itext
    return (text(name) or "") if text is not None else ""
