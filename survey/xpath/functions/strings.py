"""Texts: joining them, cutting them, looking into them."""

from __future__ import annotations

from survey.xpath.context import Value
from survey.xpath.registry import function
from survey.xpath.values import to_string


def all_texts(values: tuple[Value, ...]) -> list[str]:
    """Return the values as strings, of node-sets every node."""
    found: list[str] = []
    for value in values:
        if isinstance(value, list):
            found.extend(node.string_value() for node in value)
        else:
            found.append(to_string(value))
    return found


@function("string", "any", result="string", implied=True)
def string(value: Value) -> str:
    """Convert to a string."""
    return to_string(value)


@function("concat", "any*", result="string")
def concat(*values: Value) -> str:
    """Join values and the nodes of node-sets; unlike in XPath 1.0 any number of arguments."""
    return "".join(all_texts(values))
