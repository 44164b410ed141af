"""The one JSON line with which every benchmark ends."""

from __future__ import annotations

import json
import operator
import os
import platform
from collections.abc import Callable, Mapping
from typing import Any

Goal = tuple[str, float]
COMPARISONS: dict[str, Callable[[float, float], bool]] = {
    "<=": operator.le,
    ">=": operator.ge,
    "==": operator.eq,
}


def machine() -> dict[str, Any]:
    """Describe the machine: what a figure depends on, nothing that identifies its owner."""
    return {
        "cores": len(os.sched_getaffinity(0))
        if hasattr(os, "sched_getaffinity")
        else os.cpu_count(),
        "processor": platform.machine(),
        "system": platform.system(),
        "python": platform.python_version(),
    }


def report(
    name: str,
    figures: Mapping[str, float],
    goals: Mapping[str, Goal],
    *,
    baseline: Mapping[str, Any] | None = None,
    runs: int = 1,
) -> bool:
    """Print the benchmark's JSON line.

    Args:
        name: The benchmark.
        figures: Numbers measured, the unit in the key.
        goals: For each figure with a goal, the comparison and the bound of the issue.
        baseline: What the figures are compared with, measured in the same run.
        runs: How often the measurement was repeated.

    Returns:
        Whether every goal holds.
    """
    met = all(COMPARISONS[sign](figures[key], bound) for key, (sign, bound) in goals.items())
    line = {
        "name": name,
        "figures": dict(figures),
        "baseline": dict(baseline or {}),
        "goal": {key: list(goal) for key, goal in goals.items()},
        "met": met,
        "runs": runs,
        "machine": machine(),
    }
    print(json.dumps(line, ensure_ascii=False))
    return met
