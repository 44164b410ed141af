"""One team through the month, week by week, never fewer people than the threshold."""

from __future__ import annotations

import pandas as pd

from nlp.answers import Answers
from nlp.answers.answers import label_of
from nlp.coded.reading import Coded
from nlp.compare import over_time
from nlp.results import Found

WEEK = 7


def writing(answers: Answers, team: str, *, threshold: int) -> pd.DataFrame:
    """Return how many people of a team wrote in each week, and how many entries.

    Returns:
        One row a week: `day` (a Timestamp, its first), `people`, `entries`, `suppressed`; NaN where
        fewer people wrote than the threshold, or so few of the team did not.
    """
    rows = [
        (entry.person, entry.response.day, entry.team)
        for asked in answers.asked.values()
        for entry in asked.entries
    ]
    table = pd.DataFrame(rows, columns=["person", "day", "team"])
    days = pd.to_datetime(table["day"])
    first = days.min()
    table["day"] = first + pd.to_timedelta((days - first).dt.days // WEEK * WEEK, unit="D")
    mine = table[table["team"] == team]
    found = mine.groupby("day")["person"].agg(people="nunique", entries="size").reset_index()
    silent = mine["person"].nunique() - found["people"]
    few = (found["people"] < threshold) | ((silent > 0) & (silent < threshold))
    counts = found[["people", "entries"]].astype(float).mask(few)
    return counts.assign(day=found["day"], suppressed=few)


def scales_of(answers: Answers, team: str, *, threshold: int, language: str) -> pd.DataFrame:
    """Return the mean of each scale in each week: each person's own mean first.

    Returns:
        One row a scale and week: `panel` (what was asked), `day` (a date), `value`, `low`, `high`,
        `scale`, `suppressed`; NaN where it is not shown.
    """
    tables = []
    for asked in answers.asked.values():
        for variable in asked.joined.variables:
            rows = [
                (entry.person, entry.response.day, float(value))
                for entry, _, value in asked.values(variable)
                if variable.scale and isinstance(value, int | float)
            ]
            if not rows or variable.scale is None or variable.identifying:
                continue
            low, high = variable.scale
            given = pd.DataFrame(rows, columns=["person", "day", "value"])
            # Between 0 and 1, as shares are: the rules for intervals and small cells are the same.
            given["value"] = (given["value"] - low) / (high - low)
            levels = over_time(given, threshold=threshold, groups=answers.team_of, every=WEEK)
            ends = levels[["share", "low", "high"]] * (high - low) + low
            tables.append(
                pd.DataFrame(
                    {
                        "panel": label_of(variable.label, language, variable.name),
                        "group": levels["group"],
                        "day": [day.date() for day in levels["day"]],
                        "value": ends["share"],
                        "low": ends["low"],
                        "high": ends["high"],
                        "scale": [variable.scale] * len(levels),
                        "suppressed": levels["suppressed"],
                    }
                )
            )
    columns = ["panel", "day", "value", "low", "high", "scale", "suppressed"]
    if not tables:
        return pd.DataFrame(columns=columns)
    together = pd.concat(tables, ignore_index=True)
    return together.loc[together["group"] == team, columns].reset_index(drop=True)


def themes_over_weeks(found: Found, team: str, *, threshold: int, most: int) -> pd.DataFrame:
    """Return how much of what a team's people write belongs to its first themes, by week.

    Returns:
        As `nlp.compare.over_time`.
    """
    shares = found.shares[[theme.number for theme in found.themes][:most]]
    entries = shares.join(found.passages[["person", "day"]])
    return _mine(entries, found.groups("team"), team, threshold)


def codes_over_weeks(coded: Coded, team: str, *, threshold: int, most: int) -> pd.DataFrame:
    """Return how much of what a team's people wrote carries its first codes, by week.

    Returns:
        As `nlp.compare.over_time`; `theme` is the code.
    """
    codes = coded.carries.sum().sort_values(ascending=False, kind="stable").index[:most]
    entries = coded.carries[list(codes)].astype(float).join(coded.passages[["person", "day"]])
    teams = coded.passages[coded.passages["team"] != ""].groupby("person")["team"]
    groups = teams.agg(lambda each: str(each.mode().iat[0]))
    return _mine(entries, groups, team, threshold)


def _mine(entries: pd.DataFrame, groups: pd.Series, team: str, threshold: int) -> pd.DataFrame:
    """Follow all teams, so that small cells hide one of another team, and keep one."""
    table = over_time(entries, threshold=threshold, groups=groups, every=WEEK)
    return table[table["group"] == team].reset_index(drop=True)
