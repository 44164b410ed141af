"""The seam: an expression worked out over XML text or a form being filled."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from typing import Protocol

from i18n import say
from survey.xpath.context import Context, Value
from survey.xpath.documents import read
from survey.xpath.errors import XPathError
from survey.xpath.expression import compile as compiled
from survey.xpath.nodes import Document
from survey.xpath.xforms import XForm, understand


class Filled(Protocol):
    """A form being filled, such as `survey.filling.Filling`."""

    def context(self, path: str) -> Context:
        """Return the context of an expression at a path."""


def evaluate(
    expression: str,
    *,
    instance: str | bytes | Filled,
    context: str = "/",
    now: datetime | None = None,
) -> str | float | bool | list[str]:
    """Work out an expression.

    Args:
        expression: The text of the expression.
        instance: XML text (an instance, or an XForm with its secondary instances and texts), or a
            form being filled.
        context: The path of the node that `.` is.
        now: The moment of evaluation; its time zone is the one dates are read in. The machine's
            clock, or that of the form being filled, when None.

    Returns:
        A string, number or boolean; of nodes their string values in document order.

    Raises:
        XPathError: For an expression that cannot be read or worked out, with its column; for XML
            that cannot be read; for a context that is not there.
    """
    if isinstance(instance, str | bytes):
        surroundings, prefixes = _surroundings(instance, context, now)
    else:
        surroundings, prefixes = instance.context(context), {}
        surroundings = surroundings if now is None else replace(surroundings, now=now)
    formula = compiled(expression, prefixes, unknown_functions=True)
    return _plain(formula.evaluate(surroundings))


def _plain(value: Value) -> str | float | bool | list[str]:
    """Return a value that names no nodes of ours."""
    if isinstance(value, list):
        return [node.string_value() for node in value]
    return value if isinstance(value, bool | str) else float(value)


def _surroundings(
    text: str | bytes, path: str, now: datetime | None
) -> tuple[Context, dict[str, str]]:
    """Return the context at a path of XML text, and the prefixes its outermost element knows."""
    form, prefixes = _read(text)
    top = form.context(form.primary, now)
    if path == "/":
        return top, prefixes
    nodes = compiled(path, prefixes).as_nodes(top)
    if not nodes:
        raise XPathError(say("There is no node at {path}.", path=path))
    return form.context(nodes[0], now), prefixes


@lru_cache(maxsize=4)
def _read(text: str | bytes) -> tuple[XForm, dict[str, str]]:
    document = read(text)
    prefixes = _prefixes(document)
    return understand(document), prefixes


def _prefixes(document: Document) -> dict[str, str]:
    """Return the prefixes declared anywhere, those further out first."""
    found: dict[str, str] = {}
    for node in document.descendants():
        if node.kind == "element":
            for name, address in node.attributes.items():
                if name.startswith("xmlns:"):
                    found.setdefault(name[6:], address)
    return found
