"""What can be told apart between groups, for chapter and screen alike."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from i18n import Message, say
from nlp.compare import compare
from nlp.results import Found, Grouping

LEVEL = 0.05
TOLD = 5
"""Differences printed in a table."""


@dataclass(frozen=True)
class Differences:
    """A comparison of groups, ready to be said.

    Attributes:
        table: What `nlp.compare.compare` returned.
        people: How many people were compared.
    """

    table: pd.DataFrame
    people: int

    @property
    def holding(self) -> pd.DataFrame:
        """The rows whose adjusted p is at most 5 %, the clearest first."""
        shown = self.table[~self.table["suppressed"]]
        return shown[shown["p_adjusted"] <= LEVEL].sort_values("p_adjusted", kind="stable")

    def shown(self) -> list[tuple[int, str, str, float, float, float, float]]:
        """Return the largest differences that may be shown, with interval and adjusted p."""
        rows = self.table[~self.table["suppressed"]].dropna(subset=["p_adjusted"])
        rows = rows.reindex(rows["difference"].abs().sort_values(ascending=False).index)
        columns = ["theme", "group", "other", "difference", "low", "high", "p_adjusted"]
        return [tuple(row) for row in rows[columns].head(TOLD).itertuples(index=False)]

    def sentences(self, titles: dict[int, str], names: dict[str, str]) -> list[Message]:
        """Say what holds, and what cannot be told apart."""
        told = [_difference(row, titles, names) for row in self.holding.to_dict("records")]
        rest = say(
            "Everything else is not distinguishable with {people} people.", people=self.people
        )
        nothing = say(
            "With {people} people, these groups are not distinguishable in any theme.",
            people=self.people,
        )
        told.append(rest if told else nothing)
        if self.table["suppressed"].any():
            told.append(say("Groups that could point to single people are not shown."))
        return told


def _difference(
    row: Mapping[Hashable, Any], titles: dict[int, str], names: dict[str, str]
) -> Message:
    """Say one difference from the side of the group that writes more."""
    more, less = row["group"], row["other"]
    if row["difference"] < 0:
        more, less = less, more
    low, high = sorted((abs(row["low"]), abs(row["high"])))
    return say(
        "{group} write more about “{theme}” than {other}: {points} percentage points "
        "({low} to {high}).",
        group=names.get(more, more),
        other=names.get(less, less),
        theme=titles[row["theme"]],
        points=f"{abs(row['difference']) * 100:.0f}",
        low=f"{low * 100:.0f}",
        high=f"{high * 100:.0f}",
    )


def differences(found: Found, by: Grouping, *, threshold: int) -> Differences | None:
    """Compare groups; None where there are no two groups of at least `threshold` people."""
    groups = found.groups(by)
    if (groups.value_counts() >= threshold).sum() < 2:
        return None
    table = compare(found.person_shares, groups, threshold=threshold)
    return Differences(table, int(groups.index.isin(found.person_shares.index).sum()))
