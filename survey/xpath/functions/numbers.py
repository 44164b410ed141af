"""Numbers: reading them, rounding them, adding them up."""

from __future__ import annotations

import math
from datetime import tzinfo
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from survey.xpath.context import Value
from survey.xpath.moments import days
from survey.xpath.nodes import Node
from survey.xpath.registry import Place, function
from survey.xpath.values import node_string, text_number, to_number


@function("number", "any", result="number", placed=True, implied=True)
def number(place: Place, value: Value) -> float:
    """Convert to a number: a date to days since 1970 UTC, a dateTime to whole days.

    That a dateTime loses its time of day here, and only here, is what JavaRosa and ODK Web Forms
    do; `decimal-date-time()` keeps it.
    """
    zone = place.context.zone
    text = node_string(value) if isinstance(value, list) else value
    if isinstance(text, str) and ":" in text:
        moment = days(text, zone)
        return math.nan if moment is None else float(math.floor(moment))
    return to_number(value, zone)


@function("int", "number", result="number")
def integer(value: float) -> float:
    """Cut off the fraction."""
    return float(math.trunc(value)) if math.isfinite(value) else value


@function("floor", "number", result="number")
def floor(value: float) -> float:
    """Return the next whole number below."""
    return float(math.floor(value)) if math.isfinite(value) else value


@function("ceiling", "number", result="number")
def ceiling(value: float) -> float:
    """Return the next whole number above."""
    return float(math.ceil(value)) if math.isfinite(value) else value


@function("round", "number", "number?", result="number")
def rounded(value: float, decimals: float = 0.0) -> float:
    """Round to a number of decimals, negative ones for tens and hundreds; halves go from zero.

    Halves are those of the number as it is written, so that 2.15 becomes 2.2. Going from zero with
    negative numbers too is what ODK Web Forms does (JavaRosa: round(-1.5) is -1), but for whole
    numbers XPath 1.0 says of -0.5 that it becomes zero.
    """
    if value == -0.5 and decimals == 0.0:
        return 0.0
    if not math.isfinite(value) or math.isnan(decimals):
        return math.nan if math.isnan(decimals) else value
    if abs(decimals) > 30:
        return math.nan
    step = Decimal(1).scaleb(-int(decimals))
    try:
        return float(Decimal(repr(float(value))).quantize(step, ROUND_HALF_UP)) + 0.0
    except InvalidOperation:
        return value  # more digits than a decimal holds: there is nothing to round


@function("abs", "number", result="number")
def absolute(value: float) -> float:
    """Return the number without its sign."""
    return abs(value)


@function("pow", "number", "number", result="number")
def power(base: float, exponent: float) -> float:
    """Raise to a power; NaN where it is no real number, an infinity where it is too large."""
    try:
        return math.pow(base, exponent)
    except OverflowError:
        return -math.inf if base < 0 and exponent % 2 == 1 else math.inf
    except ValueError:
        return math.inf if base == 0.0 else math.nan


@function("sum", "nodes", result="number", placed=True)
def total(place: Place, nodes: list[Node]) -> float:
    """Add up the numbers of nodes; a blank among them makes NaN.

    So it is in XPath 1.0 and ODK Web Forms (JavaRosa leaves blanks out). Blanks are left out by
    a predicate: sum(/data/item/price[. != '']).
    """
    return math.fsum(_numbers((nodes,), place.context.zone))


@function("min", "any", "any*", result="number", placed=True)
def smallest(place: Place, *values: Value) -> float:
    """Return the smallest of values and nodes; NaN for none and where one is not a number."""
    return _extreme(values, place.context.zone, smallest=True)


@function("max", "any", "any*", result="number", placed=True)
def largest(place: Place, *values: Value) -> float:
    """Return the largest of values and nodes; NaN for none and where one is not a number."""
    return _extreme(values, place.context.zone, smallest=False)


def _extreme(values: tuple[Value, ...], zone: tzinfo | None, *, smallest: bool) -> float:
    numbers = _numbers(values, zone)
    if not numbers or any(map(math.isnan, numbers)):
        return math.nan
    return min(numbers) if smallest else max(numbers)


def _numbers(values: tuple[Value, ...], zone: tzinfo | None) -> list[float]:
    """Return the values as numbers, of node-sets every node."""
    found: list[float] = []
    for value in values:
        if isinstance(value, list):
            found.extend(text_number(node.string_value(), zone) for node in value)
        else:
            found.append(to_number(value, zone))
    return found
