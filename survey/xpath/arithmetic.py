"""Sums and products (XPath 1.0, section 3.5), with days of the calendar where dates take part."""

from __future__ import annotations

import math
from collections.abc import Callable

from survey.xpath.context import Context
from survey.xpath.moments import Day

Operation = Callable[[float, float, Context], float]


def add(left: float, right: float, context: Context) -> float:
    """Add; a date and whole days give the date so many days later."""
    if type(left) is float and type(right) is float:
        return left + right
    if isinstance(left, Day) != isinstance(right, Day):
        day, count = (left, right) if isinstance(left, Day) else (right, left)
        if isinstance(day, Day) and float(count).is_integer():
            return _shifted(day, float(count), context)
    return float(left) + float(right)


def subtract(left: float, right: float, context: Context) -> float:
    """Subtract; two dates give the days of the calendar between them."""
    if type(left) is float and type(right) is float:
        return left - right
    if isinstance(left, Day):
        if isinstance(right, Day):
            return left.calendar - right.calendar
        if right.is_integer():
            return _shifted(left, -right, context)
    return float(left) - float(right)


def _shifted(day: Day, count: float, context: Context) -> float:
    try:
        return Day.of(day.calendar + count, context.zone)
    except (OverflowError, ValueError):
        return float(day) + count


def multiply(left: float, right: float, _: Context) -> float:
    """Multiply."""
    return float(left) * float(right)


def divide(left: float, right: float, _: Context) -> float:
    """Divide as IEEE 754 does: by zero gives an infinity, zero by zero NaN."""
    if right == 0.0:
        if left == 0.0 or math.isnan(left):
            return math.nan
        return math.copysign(math.inf, left) * math.copysign(1.0, right)
    return float(left) / float(right)


def modulo(left: float, right: float, _: Context) -> float:
    """Return the remainder with the sign of the left side, as `%` of Java and JavaScript."""
    if right == 0.0 or math.isinf(left):
        return math.nan
    return math.fmod(left, right)


OPERATIONS: dict[str, Operation] = {
    "+": add,
    "-": subtract,
    "*": multiply,
    "div": divide,
    "mod": modulo,
}
