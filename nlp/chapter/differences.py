"""What can be told apart between groups, for chapter and screen alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from i18n import Message, say
from nlp.checking import Failing
from nlp.compare import compare_in_steps, group_shares
from nlp.results import WITHIN_TEAMS, Found, Grouping

LEVEL = 0.05
TOLD = 5
"""Pairs printed in a table."""


@dataclass(frozen=True)
class Differences:
    """A comparison of groups, ready to be said.

    Attributes:
        table: What `nlp.compare.compare_in_steps` returned.
        levels: What `nlp.compare.group_shares` returned.
        people: How many people were compared.
    """

    table: pd.DataFrame
    levels: pd.DataFrame
    people: int

    @property
    def themes(self) -> list[int]:
        """Themes in which the groups differ, the clearest first."""
        asked = self.table.drop_duplicates("theme").dropna(subset=["theme_p_adjusted"])
        holding = asked[asked["theme_p_adjusted"] <= LEVEL]
        return [int(theme) for theme in holding.sort_values("theme_p_adjusted")["theme"]]

    @property
    def inseparable(self) -> bool:
        """Whether nothing could be asked because each group lies within one team."""
        return bool(len(self.table)) and bool(self.table["theme_p"].isna().all())

    @property
    def detectable(self) -> tuple[float, float] | None:
        """The smallest and largest of the differences that pairs of groups could have shown.

        Each with a probability of 80 %, before adjustment; None where no pair could show any.
        """
        known = self.table["detectable"].dropna()
        known = known[known <= 1]
        return (float(known.min()), float(known.max())) if len(known) else None

    def pairs(self) -> list[tuple[int, str, str, float, float, float, float]]:
        """Return the clearest pairs within the themes that differ, with interval and adjusted p."""
        rows = self.table[~self.table["suppressed"] & self.table["theme"].isin(self.themes)]
        rows = rows.dropna(subset=["p_adjusted"]).sort_values(["p_adjusted", "p"], kind="stable")
        columns = ["theme", "group", "other", "difference", "low", "high", "p_adjusted"]
        return [tuple(row) for row in rows[columns].head(TOLD).itertuples(index=False)]

    def sentences(self, titles: dict[int, str], names: dict[str, str]) -> list[Message]:
        """Say in which themes the groups differ, and what cannot be told apart."""
        if self.inseparable:
            return [say("These groups cannot be separated from the teams: read the cases.")]
        told = [self._theme(theme, titles, names) for theme in self.themes]
        if told:
            told.append(
                say(
                    "Everything else is not distinguishable with {people} people.",
                    people=self.people,
                )
            )
        else:
            told.append(
                say(
                    "With {people} people, these groups are not distinguishable in any theme.",
                    people=self.people,
                )
            )
        told.append(self._reach())
        if self.levels["suppressed"].any():
            told.append(say("Groups that could point to single people are not shown."))
        return told

    def _reach(self) -> Message:
        """Say how large a difference would have had to be to be found."""
        if self.detectable is None:
            return say("So few people could have shown no difference, however large.")
        low, high = (f"{round(100 * value)}" for value in self.detectable)
        if low == high:
            return say(
                "Two groups would have had to differ by about {low} percentage points to be told "
                "apart.",
                low=low,
            )
        return say(
            "Two groups would have had to differ by {low} to {high} percentage points, depending "
            "on theme and groups, to be told apart.",
            low=low,
            high=high,
        )

    def _theme(self, theme: int, titles: dict[int, str], names: dict[str, str]) -> Message:
        """Say that groups differ in a theme, and between which shares."""
        rows = self.levels[(self.levels["theme"] == theme) & ~self.levels["suppressed"]]
        p = self.table.loc[self.table["theme"] == theme, "theme_p_adjusted"].iloc[0]
        if len(rows) < 2:
            return say(
                "Groups differ in “{theme}” (p = {p}); their shares are not shown, to protect "
                "people.",
                theme=titles[theme],
                p=f"{p:.3f}",
            )
        ordered: Any = rows.sort_values("share")
        least, most = ordered.iloc[0], ordered.iloc[-1]
        return say(
            "Groups differ in “{theme}” (p = {p}): {most} write most about it ({high}%), "
            "{least} least ({low}%).",
            theme=titles[theme],
            p=f"{p:.3f}",
            most=names.get(str(most["group"]), str(most["group"])),
            least=names.get(str(least["group"]), str(least["group"])),
            high=f"{most['share'] * 100:.0f}",
            low=f"{least['share'] * 100:.0f}",
        )


def differences(
    found: Found, by: Grouping, *, threshold: int, failing: Failing | None = None
) -> Differences | None:
    """Compare groups; None where there are no two groups of at least `threshold` people.

    Nationalities, roles and languages are compared within teams: a team may stand behind them.

    Args:
        found: The run.
        by: What makes the groups.
        threshold: The fewest people a shown group may have.
        failing: For themes that people checked, the languages in which they fail: such a theme is
            compared without the passages in these, and without who wrote in no other language.
    """
    groups = found.groups(by)
    if (groups.value_counts() >= threshold).sum() < 2:
        return None
    teams = found.groups("team")
    strata = teams if by in WITHIN_TEAMS and teams.nunique() > 1 else None
    shares = found.shares_without(failing or {})
    return Differences(
        table=compare_in_steps(shares, groups, threshold=threshold, strata=strata),
        levels=group_shares(shares, groups, threshold=threshold),
        people=int(groups.index.isin(shares.index).sum()),
    )


def as_json(found: Differences) -> dict[str, Any]:
    """Write a comparison so that a row can hold it: JSON knows no infinity and no not-a-number."""
    return {
        "table": _columns(found.table),
        "levels": _columns(found.levels),
        "people": found.people,
    }


def from_json(kept: dict[str, Any]) -> Differences:
    """Read a comparison that a row holds."""
    return Differences(_frame(kept["table"]), _frame(kept["levels"]), kept["people"])


def _columns(table: pd.DataFrame) -> dict[str, Any]:
    """Return the columns, fractions as text, in their order."""
    numbers: dict[str, list[str]] = {}
    others: dict[str, list[Any]] = {}
    for name in table.columns:
        if table[name].dtype.kind == "f":
            numbers[str(name)] = [str(value) for value in table[name]]
        else:
            others[str(name)] = table[name].tolist()
    return {"order": [str(name) for name in table.columns], "numbers": numbers, "others": others}


def _frame(kept: dict[str, Any]) -> pd.DataFrame:
    numbers = {name: [float(value) for value in values] for name, values in kept["numbers"].items()}
    table = pd.DataFrame(numbers | kept["others"])
    return table.reindex(columns=kept["order"])
