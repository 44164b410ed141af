"""The functions of expressions; importing this package registers all of them.

Where engines differ the functions follow ODK Web Forms first and JavaRosa second, and say so.
"""

from survey.xpath.functions import (
    checklists,
    dates,
    digests,
    geography,
    instances,
    logic,
    names,
    nodesets,
    numbers,
    randomness,
    selects,
    strings,
    trigonometry,
)

__all__ = [
    "checklists",
    "dates",
    "digests",
    "geography",
    "instances",
    "logic",
    "names",
    "nodesets",
    "numbers",
    "randomness",
    "selects",
    "strings",
    "trigonometry",
]
