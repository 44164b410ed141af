"""Theme shares over the days of a study, with bands by person."""

from __future__ import annotations

import numpy as np
import pandas as pd

from nlp.compare.levels import group_shares, mean_interval, pooled_spread
from nlp.compare.sample import Labels

EVERYBODY = ""
COLUMNS = ["theme", "group", "day", "share", "low", "high", "people", "suppressed"]


def over_time(
    entries: pd.DataFrame,
    *,
    threshold: int,
    groups: Labels | None = None,
    every: int = 1,
) -> pd.DataFrame:
    """Follow the mean share of each theme through the days.

    Each person counts once in each span: first the mean over their texts, then over people. Spans
    do not overlap, because the difference of two overlapping ones would show what each hides.

    Args:
        entries: One row a text: `person`, `day` (a date), and one column for each theme with the
            text's share of it, 0 to 1. Texts without a day are left out.
        threshold: The fewest people a shown point may have.
        groups: Person -> group; without it everybody together, under the label "".
        every: Days in a span.

    Returns:
        One row for each theme, group and span in which anybody wrote: `theme`, `group`, `day` (the
        first of the span, a Timestamp), `share`, `low` and `high` (95 % interval over people),
        `people`, `suppressed`. Suppressed rows hold NaN.
    """
    told = entries[entries["day"].notna()]
    themes = [column for column in entries.columns if column not in {"person", "day"}]
    days = pd.to_datetime(told["day"]).dt.normalize()
    first = days.min()
    tables = []
    for span, part in told.groupby((days - first).dt.days // every):
        shares = part.groupby("person")[themes].mean()
        if groups is None:
            table = _everybody(shares, threshold)
        else:
            table = group_shares(shares, groups, threshold=threshold)
        tables.append(table.assign(day=first + pd.Timedelta(days=int(span) * every)))
    if not tables:
        return pd.DataFrame(columns=COLUMNS)
    together = pd.concat(tables, ignore_index=True)[COLUMNS]
    place = {theme: i for i, theme in enumerate(themes)}
    order = together.assign(theme=together["theme"].map(place), group=together["group"].map(str))
    order = order.sort_values(["theme", "group", "day"], kind="stable")
    return together.loc[order.index].reset_index(drop=True)


def _everybody(shares: pd.DataFrame, threshold: int) -> pd.DataFrame:
    """Give the shares of all people as one group; that nobody spoke of a theme may be shown."""
    rows: list[tuple[object, ...]] = []
    for theme in shares.columns:
        values = shares[theme].dropna().to_numpy(dtype=np.float64)
        if values.size < max(threshold, 1):
            rows.append((theme, EVERYBODY, *[np.nan] * 4, True))
            continue
        ends = mean_interval(values, pooled_spread([values]))
        rows.append((theme, EVERYBODY, values.mean(), *ends, float(values.size), False))
    return pd.DataFrame(rows, columns=[column for column in COLUMNS if column != "day"])
