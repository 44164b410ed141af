"""Comparing values (XPath 1.0, section 3.4), aware of dates.

Order is that of numbers, and a date is a number, so dates written as text compare as dates.
Equality of two texts is that of the texts unless both are dates or dateTimes: then the moments
count, however they are written.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import tzinfo
from operator import ge, gt, le, lt

from survey.xpath.context import Value
from survey.xpath.moments import days
from survey.xpath.nodes import Node
from survey.xpath.values import text_number, to_boolean, to_number

ORDERS: dict[str, Callable[[float, float], bool]] = {"<": lt, "<=": le, ">": gt, ">=": ge}
# JavaRosa takes numbers this close for the same, so that 6.1 - 7.8 = -1.7 holds.
_SAME = 1e-12


def same_number(left: float, right: float) -> bool:
    """Tell whether two numbers are equal but for the rounding of binary fractions."""
    return left == right or math.fabs(left - right) < _SAME


def same_text(left: str, right: str, zone: tzinfo | None) -> bool:
    """Tell whether two texts are equal, or write the same moment; a date is its midnight."""
    if left == right:
        return True
    if not (left[:4].isdecimal() and right[:4].isdecimal()):
        return False
    first, second = days(left, zone), days(right, zone)
    return first is not None and first == second


def equal(left: Value, right: Value, zone: tzinfo | None, *, wanted: bool) -> bool:
    """Compare as `=` (wanted True) or `!=` (wanted False) does.

    With node-sets it asks whether some node compares so, except that a node-set and a boolean
    compare as two booleans.
    """
    if isinstance(left, bool) or isinstance(right, bool):
        return (to_boolean(left) == to_boolean(right)) is wanted
    if isinstance(left, list):
        return any(equal(text, right, zone, wanted=wanted) for text in _texts(left))
    if isinstance(right, list):
        return any(equal(left, text, zone, wanted=wanted) for text in _texts(right))
    if isinstance(left, str) and isinstance(right, str):
        return same_text(left, right, zone) is wanted
    return same_number(to_number(left, zone), to_number(right, zone)) is wanted


def ordered(operator: str, left: Value, right: Value, zone: tzinfo | None) -> bool:
    """Compare as `<`, `<=`, `>` or `>=` does, with node-sets asking whether some node does.

    A node-set and a boolean compare node by node too, as in ODK Web Forms; XPath 1.0 would take
    the node-set for one boolean.
    """
    if isinstance(left, list):
        return any(ordered(operator, text_number(t, zone), right, zone) for t in _texts(left))
    if isinstance(right, list):
        return any(ordered(operator, left, text_number(t, zone), zone) for t in _texts(right))
    return ORDERS[operator](to_number(left, zone), to_number(right, zone))


def _texts(nodes: list[Node]) -> list[str]:
    return [node.string_value() if node.children else node.text for node in nodes]
