"""True or false, and what to fall back on."""

from __future__ import annotations

import math

from survey.xpath.context import Value
from survey.xpath.registry import Place, function
from survey.xpath.values import to_boolean, to_string


@function("true", result="boolean")
def true() -> bool:
    """Return true."""
    return True


@function("false", result="boolean")
def false() -> bool:
    """Return false."""
    return False


@function("boolean", "any", result="boolean")
def boolean(value: Value) -> bool:
    """Convert to a boolean."""
    return to_boolean(value)


@function("not", "boolean", result="boolean")
def negate(value: bool) -> bool:
    """Return the opposite."""
    return not value


@function("boolean-from-string", "string", result="boolean")
def boolean_from_string(text: str) -> bool:
    """Tell whether a text is "true" or "1"."""
    return text in ("1", "true")


@function("if", "boolean", "any", "any", result="any")
def choose(condition: bool, then: Value, otherwise: Value) -> Value:
    """Return one of two values; the compiler evaluates only that one."""
    return then if condition else otherwise


@function("coalesce", "any", "any", result="string")
def coalesce(first: Value, second: Value) -> str:
    """Return the first value, or the second where the first is empty or not a number."""
    return _filled(first) or to_string(second)


@function("once", "any", result="any", placed=True)
def once(place: Place, value: Value) -> Value:
    """Return what the context node holds, or the value where it is empty.

    What the node holds counts even while it is not relevant, so that a random number drawn once
    stays when a question comes back. What is not a number stays that, and no text.
    """
    nothing = isinstance(value, float) and math.isnan(value)
    return place.node.string_value() or (value if nothing else to_string(value))


def _filled(value: Value) -> str:
    """Return a value as a string, "" for what is not a number."""
    return "" if isinstance(value, float) and math.isnan(value) else to_string(value)
