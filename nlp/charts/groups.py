"""How much of each theme each group has: a dot with its interval for every group."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from i18n import Message, say
from nlp.charts.dots import dot_chart
from nlp.charts.drawing import Drawing, Translate, percent
from nlp.charts.look import Ground


def group_chart(
    table: pd.DataFrame,
    *,
    names: Mapping[Hashable, str] | None = None,
    translate: Translate = str,
    ground: Ground = "light",
) -> Drawing:
    """Draw the shares of groups.

    Args:
        table: What `nlp.compare.group_shares` returns; themes are drawn in its order.
        names: What themes and groups are called; what is not named is written as it is.
        translate: Says the chart's own words in the reader's language.
        ground: The look.

    Returns:
        A heading for each theme, and below it one row a group.
    """
    called = dict(names or {})
    rows = table.assign(
        theme=[str(called.get(theme, theme)) for theme in table["theme"]],
        group=[str(called.get(group, group)) for group in table["group"]],
    )
    rows = rows.drop(columns=[c for c in ("reason",) if c in rows])
    top = rows["high"].max()
    drawn = pd.DataFrame(
        {
            "panel": rows["theme"],
            "row": rows["group"],
            "value": rows["share"] * 100,
            "low": rows["low"] * 100,
            "high": rows["high"] * 100,
            "text": [_label(row, translate) for row in rows.itertuples()],
            "shown": ~rows["suppressed"].astype(bool),
        }
    )
    drawing = dot_chart(
        drawn,
        axis=say("Mean share of what a person says, in % (line: 95% interval)"),
        domain=(0, max(5.0, float(top) * 102) if pd.notna(top) else 100),
        sentences=_words(rows),
        translate=translate,
        ground=ground,
    )
    return replace(drawing, table=rows)


def _label(row: Any, translate: Translate) -> str:  # noqa: ANN401 - a named tuple of pandas
    if row.suppressed:
        return translate(say("not shown, to protect people"))
    return translate(
        say(
            "{share}% ({low} to {high})",
            share=percent(row.share),
            low=percent(row.low),
            high=percent(row.high),
        )
    )


def _words(rows: pd.DataFrame) -> list[Message]:
    sentences = [
        say(
            "Shares of {themes} themes in {groups} groups, each with its 95% interval.",
            themes=rows["theme"].nunique(),
            groups=rows["group"].nunique(),
        )
    ]
    shown = rows[~rows["suppressed"]]
    for theme, part in shown.groupby("theme", sort=False):
        ordered = part.sort_values("share", kind="stable")
        low, high = ordered.iloc[0], ordered.iloc[-1]
        sentences.append(
            say(
                "{theme}: from {low}% ({lowest}) to {high}% ({highest}).",
                theme=theme,
                low=percent(low["share"]),
                lowest=low["group"],
                high=percent(high["share"]),
                highest=high["group"],
            )
        )
    if len(shown) < len(rows):
        sentences.append(say("Shares that could point to single people are not shown."))
    return sentences
