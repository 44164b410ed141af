"""Bars: one number a row, panels one below another, each number written at its bar."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import altair as alt
import pandas as pd

from i18n import Message, say
from nlp.charts.drawing import Drawing, Translate, finish, records
from nlp.charts.look import LOOKS, ROW_HEIGHT, WIDTH, Ground, Look

NOT_SHOWN = say("not shown, to protect people")


def bar_chart(
    table: pd.DataFrame,
    *,
    axis: Message,
    sentences: Sequence[Message] = (),
    colors: Mapping[str, int] | None = None,
    translate: Translate = str,
    ground: Ground = "light",
    width: int = WIDTH,
) -> Drawing:
    """Draw numbers as bars.

    Args:
        table: One row a bar, in order: `panel` ("" where there is only one), `row`, `value` (not
            negative; NaN where it is not shown), `text` (written at its end), `shown`.
        axis: What the numbers are.
        sentences: What the chart says in words: its alternative text.
        colors: The place of each row's colour in the series; all the first by default.
        translate: Says the chart's own words in the reader's language.
        ground: The look.
        width: Of the drawing area, in pixels.

    Returns:
        One panel for each value of `panel`, one bar for each row.
    """
    look = LOOKS[ground]
    drawn = table.assign(
        text=[
            text if shown else translate(NOT_SHOWN)
            for text, shown in zip(table["text"], table["shown"], strict=True)
        ],
        bar=table["value"].fillna(0.0),
    )
    layers = _layers(drawn, translate(axis), colors or {}, look, width)
    panels = list(dict.fromkeys(table["panel"]))
    if panels in ([""], []):
        chart: alt.LayerChart | alt.FacetChart = layers.properties(data=records(drawn))
    else:
        chart = layers.facet(
            row=alt.Row(
                "panel:N",
                sort=panels,
                title=None,
                header=alt.Header(labelOrient="top", labelAnchor="start", labelPadding=4),
            ),
            spacing=14,
            data=records(drawn),
        ).resolve_scale(y="independent")
    return finish(chart, list(sentences), table.drop(columns="text"), look, translate)


def _layers(
    drawn: pd.DataFrame, axis: str, colors: Mapping[str, int], look: Look, width: int
) -> alt.LayerChart:
    rows = list(dict.fromkeys(drawn["row"]))
    top = float(drawn["bar"].max()) if len(drawn) else 0.0
    scale = alt.Scale(domain=[0, top or 1.0], nice=False)
    y = alt.Y("row:N", sort=rows, title=None)
    x = alt.X("bar:Q", scale=scale, title=axis, axis=alt.Axis(grid=True, tickCount=4))
    color = alt.Color(
        "row:N",
        scale=alt.Scale(domain=rows, range=[look.color(colors.get(row, 0)) for row in rows]),
        legend=None,
    )
    base = alt.Chart().encode(y=y)
    bars = base.mark_bar(height=ROW_HEIGHT * 0.55).encode(x=x, color=color)
    label = base.mark_text(align="left", dx=8, color=look.ink).encode(
        x=alt.value(width), text="text:N"
    )
    height = max(1, int(drawn.groupby("panel")["row"].nunique().max() if len(drawn) else 1))
    return alt.LayerChart(layer=[bars, label]).properties(width=width, height=height * ROW_HEIGHT)
