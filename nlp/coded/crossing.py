"""Codes by team, role, question, theme, language or week: people as units, small cells hidden."""

from __future__ import annotations

from typing import Literal

import pandas as pd

from nlp.coded.reading import Coded
from nlp.compare import group_shares

Side = Literal["team", "nationality", "role", "language", "source", "question", "theme", "week"]
Measure = Literal["people", "passages"]
OF_PEOPLE: tuple[Side, ...] = ("team", "role", "nationality")
"""Sides that somebody stands on as a person: where most of their passages lie."""
OF_TEXTS: tuple[Side, ...] = ("question", "theme", "week", "language", "source")
"""Sides that a passage lies on: somebody counts once on each that they wrote on."""


def person_codes(coded: Coded, measure: Measure = "people") -> pd.DataFrame:
    """Return person x code, each 0 to 1.

    Args:
        coded: What was coded.
        measure: `people`: whether any passage of a person carries the code; `passages`: the share
            of their read passages that does.
    """
    return _by(coded.carries, coded.passages["person"], measure)


def _by(carries: pd.DataFrame, units: pd.Series, measure: Measure) -> pd.DataFrame:
    grouped = carries.astype(float).groupby(units)
    found: pd.DataFrame = grouped.max() if measure == "people" else grouped.mean()
    return found


def cross(
    coded: Coded,
    by: Side,
    *,
    threshold: int,
    measure: Measure = "people",
    themes: pd.Series | None = None,
) -> pd.DataFrame:
    """Return how many people, or how much of what they wrote, carries each code on each side.

    Each person's own share comes first, then its mean over the people of the side. Only people
    whose texts were read count. Cells of fewer people than the threshold are hidden, and further
    ones so that no hidden one can be worked out (`nlp.compare.group_shares`).

    Args:
        coded: What was coded.
        by: The side.
        threshold: The fewest people a shown cell may have.
        measure: As in `person_codes`.
        themes: The theme of each passage, by key, -1 for none; for the side `theme`.

    Returns:
        What `nlp.compare.group_shares` returns: `theme` is the code, `group` the value of the side
        (a Timestamp, the Monday, for weeks; a number for themes).
    """
    values = sides(coded, by, themes)
    known: pd.Series = values[values.notna() & (values.astype(str) != "")]
    people = coded.passages.loc[known.index, "person"]
    if by in OF_PEOPLE:
        groups = known.groupby(people).agg(lambda each: str(each.mode().iat[0]))
        units = people
    else:
        # One unit for a person on each side: who wrote on two of them counts once on both.
        units = people + "\n" + known.astype(str)
        groups = known.groupby(units).first()
    carries = coded.carries.loc[known.index]
    return group_shares(_by(carries, units, measure), groups, threshold=threshold)


def sides(coded: Coded, by: Side, themes: pd.Series | None) -> pd.Series:
    """Return for each read passage on which side it lies."""
    if by == "week":
        days = pd.to_datetime(coded.passages["day"])
        return (days - pd.to_timedelta(days.dt.day_of_week, unit="D")).dt.normalize()
    if by == "theme":
        known = pd.Series(dtype="int64") if themes is None else themes
        found = known.reindex(coded.passages.index)
        return found[found >= 0].astype("int64").reindex(coded.passages.index).astype("Int64")
    return coded.passages[by]
