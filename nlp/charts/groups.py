"""How much of each theme each group has: a dot with its interval for every group."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import altair as alt
import pandas as pd

from i18n import Message, say
from nlp.charts.drawing import Drawing, Translate, finish, percent, records
from nlp.charts.look import LOOKS, ROW_HEIGHT, SHAPES, WIDTH, Ground, Look

NOT_SHOWN = "not shown, to protect people"


def group_chart(
    table: pd.DataFrame,
    *,
    names: Mapping[Hashable, str] | None = None,
    translate: Translate = str,
    ground: Ground = "light",
    width: int = WIDTH,
) -> Drawing:
    """Draw the shares of groups.

    Args:
        table: What `nlp.compare.group_shares` returns; themes are drawn in its order.
        names: What themes and groups are called; what is not named is written as it is.
        translate: Says the chart's own words in the reader's language.
        ground: The look.
        width: Of the drawing area, in pixels.

    Returns:
        One panel a theme, one row a group.
    """
    look = LOOKS[ground]
    called = dict(names or {})
    rows = table.assign(
        theme=[str(called.get(theme, theme)) for theme in table["theme"]],
        group=[str(called.get(group, group)) for group in table["group"]],
    )
    rows = rows.drop(columns=[c for c in ("reason",) if c in rows])
    drawn = rows.assign(
        label=[_label(row, translate) for row in rows.itertuples()],
        **{end: rows[end] * 100 for end in ("share", "low", "high")},
    )
    groups, themes = list(dict.fromkeys(rows["group"])), list(dict.fromkeys(rows["theme"]))
    chart = _layers(drawn, groups, translate, look, width).facet(
        row=alt.Row(
            "theme:N",
            sort=themes,
            title=None,
            header=alt.Header(labelOrient="top", labelAnchor="start", labelPadding=4),
        ),
        spacing=14,
        data=records(drawn),
    )
    return finish(chart, _words(rows), rows, look, translate)


def _layers(
    drawn: pd.DataFrame, groups: list[str], translate: Translate, look: Look, width: int
) -> alt.LayerChart:
    top = drawn["high"].max()
    scale = alt.Scale(domain=[0, max(5.0, float(top) * 1.02) if pd.notna(top) else 100], nice=False)
    title = translate(say("Mean share of what a person says, in % (line: 95% interval)"))
    x = alt.X("low:Q", scale=scale, title=title, axis=alt.Axis(grid=True, tickCount=5))
    y = alt.Y("group:N", sort=groups, title=None)
    color = alt.Color("group:N", scale=_scale(groups, look.series), legend=None)
    base = alt.Chart().encode(y=y)
    line = base.mark_rule(strokeWidth=2.5).encode(x=x, x2="high:Q", color=color)
    dot = base.mark_point(filled=True, size=80, opacity=1).encode(
        x=alt.X("share:Q", scale=scale),
        color=color,
        shape=alt.Shape("group:N", scale=_scale(groups, SHAPES), legend=None),
    )
    label = base.mark_text(align="left", dx=8, color=look.ink).encode(
        x=alt.value(width), text="label:N"
    )
    layers = alt.LayerChart(layer=[line, dot, label])
    return layers.properties(width=width, height=max(1, len(groups)) * ROW_HEIGHT)


def _scale(groups: list[str], values: tuple[str, ...]) -> alt.Scale:
    return alt.Scale(
        domain=groups, range=[values[i % len(values)] for i in range(max(1, len(groups)))]
    )


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
