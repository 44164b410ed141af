"""True or false, and what to fall back on."""

from __future__ import annotations

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
    """Tell whether a text is "true" (in any case, as in JavaRosa) or "1"."""
    return text == "1" or text.lower() == "true"


@function("if", "boolean", "any", "any", result="any")
def choose(condition: bool, then: Value, otherwise: Value) -> Value:
    """Return one of two values; the compiler evaluates only that one."""
    return then if condition else otherwise


@function("coalesce", "any", "any", result="string")
def coalesce(first: Value, second: Value) -> str:
    """Return the first value, or the second where the first is empty or not a number."""
    text = to_string(first)
    blank = text == "" or (isinstance(first, float) and text == "NaN")
    return to_string(second) if blank else text


@function("once", "any", result="string", placed=True)
def once(place: Place, value: Value) -> str:
    """Return what the context node holds, or the value where it is empty.

    What the node holds counts even while it is not relevant, so that a random number drawn once
    stays when a question comes back.
    """
    return place.node.string_value() or to_string(value)
