"""Dots with their intervals: one estimate a row, panels one below another."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import pandas as pd

from i18n import Message
from nlp.charts.bars import NOT_SHOWN
from nlp.charts.drawing import Drawing, Translate, finish, records
from nlp.charts.look import LOOKS, ROW_HEIGHT, SHAPES, WIDTH, Ground, Look


def dot_chart(
    table: pd.DataFrame,
    *,
    axis: Message,
    domain: tuple[float, float],
    zero: bool = False,
    sentences: Sequence[Message] = (),
    translate: Translate = str,
    ground: Ground = "light",
    width: int = WIDTH,
) -> Drawing:
    """Draw estimates with their intervals.

    Args:
        table: One row an estimate: `panel`, `row`, `value`, `low`, `high`, `text`, `shown`.
        axis: What the numbers are.
        domain: From where to where the axis goes.
        zero: Whether a line stands at 0, for changes.
        sentences: What the chart says in words: its alternative text.
        translate: Says the chart's own words in the reader's language.
        ground: The look.
        width: Of the drawing area, in pixels.
    """
    look = LOOKS[ground]
    drawn = table.assign(
        text=[
            text if shown else translate(NOT_SHOWN)
            for text, shown in zip(table["text"], table["shown"], strict=True)
        ]
    )
    layers = _layers(drawn, translate(axis), domain, look, width, zero=zero)
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
        )
    return finish(chart, list(sentences), table.drop(columns="text"), look, translate)


def _layers(
    drawn: pd.DataFrame,
    axis: str,
    domain: tuple[float, float],
    look: Look,
    width: int,
    *,
    zero: bool,
) -> alt.LayerChart:
    rows = list(dict.fromkeys(drawn["row"]))
    scale = alt.Scale(domain=list(domain), nice=False)
    y = alt.Y("row:N", sort=rows, title=None)
    x = alt.X("low:Q", scale=scale, title=axis, axis=alt.Axis(grid=True, tickCount=5))
    colors = [look.color(place) for place in range(max(1, len(rows)))]
    shapes = [SHAPES[place % len(SHAPES)] for place in range(max(1, len(rows)))]
    color = alt.Color("row:N", scale=alt.Scale(domain=rows, range=colors), legend=None)
    shape = alt.Shape("row:N", scale=alt.Scale(domain=rows, range=shapes), legend=None)
    base = alt.Chart().encode(y=y)
    line = base.mark_rule(strokeWidth=2.5).encode(x=x, x2="high:Q", color=color)
    dot = base.mark_point(filled=True, size=80, opacity=1).encode(
        x=alt.X("value:Q", scale=scale), color=color, shape=shape
    )
    label = base.mark_text(align="left", dx=8, color=look.ink).encode(
        x=alt.value(width), text="text:N"
    )
    layers = [line, dot, label]
    if zero:
        layers.insert(0, base.mark_rule(color=look.quiet, strokeDash=[2, 3]).encode(x=alt.datum(0)))
    return alt.LayerChart(layer=layers).properties(
        width=width, height=max(1, len(rows)) * ROW_HEIGHT
    )
