"""Comparing values (XPath 1.0, section 3.4), aware of dates.

Order is that of numbers, and a date is a number, so dates written as text compare as dates.
Equality of two texts is that of the texts unless both are moments: then the moments count.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import tzinfo
from operator import ge, gt, le, lt
from typing import Literal

from survey.xpath.context import Value
from survey.xpath.moments import days
from survey.xpath.nodes import Node
from survey.xpath.values import text_number, to_boolean, to_number

Operator = Literal["=", "!=", "<", "<=", ">", ">="]
ORDERS: dict[str, Callable[[float, float], bool]] = {"<": lt, "<=": le, ">": gt, ">=": ge}
_MIRROR = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
# JavaRosa takes numbers this close for the same, so that 6.1 - 7.8 = -1.7 holds.
_SAME = 1e-12


def same_number(left: float, right: float) -> bool:
    """Tell whether two numbers are equal but for the rounding of binary fractions."""
    return left == right or math.fabs(left - right) < _SAME


def same_text(left: str, right: str, zone: tzinfo | None) -> bool:
    """Tell whether two texts are equal, or the same moment."""
    if left == right:
        return True
    if not (left[:4].isdecimal() and right[:4].isdecimal()):
        return False
    first = days(left, zone)
    return first is not None and first == days(right, zone)


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
    """Compare as `<`, `<=`, `>` or `>=` does, with node-sets asking whether some node does."""
    if isinstance(left, list) and not isinstance(right, bool):
        return any(ordered(operator, text_number(t, zone), right, zone) for t in _texts(left))
    if isinstance(right, list) and not isinstance(left, bool):
        return ordered(_MIRROR[operator], right, left, zone)
    if isinstance(left, list):
        left = bool(left)
    if isinstance(right, list):
        right = bool(right)
    return ORDERS[operator](to_number(left, zone), to_number(right, zone))


def _texts(nodes: list[Node]) -> list[str]:
    return [node.string_value() if node.children else node.text for node in nodes]
