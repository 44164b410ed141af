"""Writing a figure with its interval, the same on screens and in the chapter."""

from __future__ import annotations

import math


def written(value: float, low: float, high: float) -> str:
    """Write a figure with two digits and its interval; a dash where there is none."""
    if math.isnan(value):
        return "–"
    inside = "" if math.isnan(low) else f" ({_two(low)} … {_two(high)})"
    return _two(value) + inside


def _two(value: float) -> str:
    return f"{value:.2f}".replace("-", "−")
