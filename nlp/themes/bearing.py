"""Themes that one group carries: they may be a film's plot rather than what people think."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

# Part of what is said about a theme from which one group carries it, and the most of all people
# that the group may be for that to mean anything.
MOST = 2 / 3
ORDINARY = 0.5


@dataclass(frozen=True)
class Carrier:
    """A group that carries a theme.

    Attributes:
        group: Which.
        part: Its part of what people say about the theme, each person counted once, 0 to 1.
    """

    group: str
    part: float


def carried(
    person_shares: pd.DataFrame, groups: Mapping[Any, Any] | pd.Series[Any]
) -> dict[int, Carrier]:
    """Say which themes one group carries: two thirds of it come from half of the people or fewer.

    Args:
        person_shares: Person x theme.
        groups: Person -> group (the team); people without one count as others.
    """
    group = pd.Series(dict(groups), dtype=object).reindex(person_shares.index)
    group = group.where(group.notna() & (group.astype(str) != ""))
    people = group.value_counts().to_dict()
    if len(people) < 2:
        return {}
    sums = person_shares.groupby(group).sum()
    parts = sums / person_shares.sum().where(lambda total: total > 0)
    found = {}
    for theme in person_shares.columns:
        part = parts[theme].max()
        if not part >= MOST:
            continue
        name = parts[theme].idxmax()
        if people[name] <= ORDINARY * len(person_shares):
            found[int(theme)] = Carrier(str(name), float(part))
    return found
