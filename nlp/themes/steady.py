"""Which settings of the slider gave themes that were found again most reliably."""

from __future__ import annotations

import math
from collections.abc import Mapping

STEP = 0.05
"""The slider's."""

_AS_GOOD = 0.02  # a stability so little below the highest is no worse: it is a mean of six


def steady_settings(by_number: Mapping[str, float], granularity: float) -> dict[float, int]:
    """Return the settings whose themes were found again most reliably.

    Args:
        by_number: For each number of themes that the run tried, its stability, as the card has it
            (`Quality.stability_by_number`): from 0.8 to 1.25 times what `granularity` expects.
        granularity: What the run was asked for.

    Returns:
        For each such setting, on the slider's steps and rising, about how many themes it gives;
        nothing where the run tried one number only.
    """
    tried = {int(number): value for number, value in by_number.items()}
    if len(tried) < 2:
        return {}
    expected = math.sqrt(min(tried) * max(tried))
    best = max(tried.values())
    found: dict[float, int] = {}
    for number in sorted(tried, key=lambda number: (tried[number], number)):
        setting = granularity + math.log2(number / expected) / 4
        if tried[number] >= best - _AS_GOOD and 0 <= setting <= 1:
            found[round(round(setting / STEP) * STEP, 2)] = number
    return dict(sorted(found.items()))
