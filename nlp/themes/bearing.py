"""Themes that one group carries: they may be a film's plot rather than what people think."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

# How much more of a theme the people of a group say, each, than the others do, from which the group
# carries it; of four equal teams one then has two thirds of it.
TIMES = 6.0
# The most of all people that the group may be for that to mean anything.
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
    """Say which themes one group carries.

    Its people say, on average, six times as much of it as the others, and together most of it,
    though they are no more than half of all.

    Args:
        person_shares: Person x theme.
        groups: Person -> group (the team); people without one count as others.
    """
    group = pd.Series(dict(groups), dtype=object).reindex(person_shares.index)
    group = group.where(group.notna() & (group.astype(str) != ""))
    sizes = group.value_counts().to_dict()
    if len(sizes) < 2:
        return {}
    sums = person_shares.groupby(group).sum()
    found = {}
    for theme in person_shares.columns:
        name = sums[theme].idxmax()
        own, size = float(sums[theme].max()), sizes[name]
        others = float(person_shares[theme].sum()) - own
        much = own / size >= TIMES * others / max(len(person_shares) - size, 1)
        if own > others and much and size <= ORDINARY * len(person_shares):
            found[int(theme)] = Carrier(str(name), own / (own + others))
    return found
