"""Angles (in radians), roots, powers of ten and logarithms, as in XPath 3.0's math functions."""

from __future__ import annotations

import math
from collections.abc import Callable

from survey.xpath.registry import function


def _defined(formula: Callable[..., float]) -> Callable[..., float]:
    """Return the formula with NaN where it is not defined and an infinity where it overflows."""

    def calculate(*numbers: float) -> float:
        try:
            return formula(*numbers)
        except ValueError:
            return math.nan
        except OverflowError:
            return math.inf

    return calculate


def _logarithm(formula: Callable[[float], float]) -> Callable[[float], float]:
    """Return a logarithm that is minus infinity at zero."""
    return lambda number: -math.inf if number == 0.0 else formula(number)


for _name, _formula in {
    "sin": math.sin,
    "cos": math.cos,
    "tan": math.tan,
    "asin": math.asin,
    "acos": math.acos,
    "atan": math.atan,
    "sqrt": math.sqrt,
    "exp": math.exp,
    "exp10": lambda number: math.pow(10.0, number),
    "log": _logarithm(math.log),
    "log10": _logarithm(math.log10),
}.items():
    function(_name, "number", result="number")(_defined(_formula))

function("atan2", "number", "number", result="number")(_defined(math.atan2))


@function("pi", result="number")
def pi() -> float:
    """Return the ratio of a circle's circumference to its diameter."""
    return math.pi
