"""Whether a theme is still the one that was checked."""

from __future__ import annotations

from data.tables import CheckedTheme, ThemeCheck
from nlp.deciding.decisions import Decisions


def same(about: CheckedTheme, check: ThemeCheck, decisions: Decisions) -> bool:
    """Tell whether a theme was neither merged, split nor described anew since it was checked.

    Args:
        about: Which theme of which run was checked.
        check: What its coders read.
        decisions: What holds of that run now. A description in a further language changes nothing.
    """
    number = about.number
    described = decisions.descriptions.get(number, {})
    return (
        decisions.root(number) == number
        and number not in decisions.splits
        and sorted([number, *decisions.members(number)]) == sorted(about.members)
        and all(described.get(tag) == text for tag, text in check.description.items())
    )
