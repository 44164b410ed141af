"""True or false: conditions, checks and what to fall back on."""

from __future__ import annotations

from survey.xpath.context import Value
from survey.xpath.registry import Place, function
from survey.xpath.values import to_boolean


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


@function("if", "boolean", "any", "any", result="any")
def choose(condition: bool, then: Value, otherwise: Value) -> Value:
    """Return one of two values; the compiler evaluates only that one."""
    return then if condition else otherwise


@function("once", "any", result="string", placed=True)
def once(place: Place, value: Value) -> str:
    """Return what the context node holds, or the value where it is empty."""
    from survey.xpath.values import to_string

    return place.node.string_value() or to_string(value)
