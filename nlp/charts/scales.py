"""A scale through the days: a line with its band for each team, one panel below another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

import altair as alt
import pandas as pd

from i18n import Message, say
from nlp.charts.drawing import Drawing, Translate, finish, records
from nlp.charts.look import LOOKS, WIDTH, Ground, Look

PANEL_HEIGHT = 90


def scale_chart(
    table: pd.DataFrame,
    *,
    domain: tuple[float, float],
    events: Mapping[dt.date, str] | None = None,
    sentences: Sequence[Message] = (),
    translate: Translate = str,
    ground: Ground = "light",
    width: int = WIDTH,
) -> Drawing:
    """Draw the mean of a scale over the days.

    Args:
        table: One row a panel and span of days: `panel`, `day` (its first), `value`, `low`, `high`;
            NaN where it is not shown; further columns `row` and `text` name the span and number.
        domain: The lowest and the highest answer.
        events: What happened on the shoot, by day.
        sentences: What the chart says in words: its alternative text.
        translate: Says the chart's own words in the reader's language.
        ground: The look.
        width: Of the drawing area, in pixels.
    """
    look = LOOKS[ground]
    panels = list(dict.fromkeys(table["panel"]))
    drawn = table.assign(day=[day.isoformat() for day in table["day"]])
    marks = pd.DataFrame(
        [
            {"panel": panel, "day": day.isoformat(), "event": name}
            for panel in panels
            for day, name in sorted((events or {}).items())
        ]
    )
    layers = _layers(domain, translate, look)
    if len(marks):
        layers += _events(look)
    chart = (
        alt.LayerChart(layer=layers)
        .properties(width=width, height=PANEL_HEIGHT)
        .facet(
            row=alt.Row(
                "panel:N",
                sort=panels,
                title=None,
                header=alt.Header(labelOrient="top", labelAnchor="start", labelPadding=4),
            ),
            spacing=14,
            data=records(pd.concat([drawn, marks]) if len(marks) else drawn),
        )
    )
    return finish(chart, list(sentences), table.drop(columns=["row", "text"]), look, translate)


def _layers(domain: tuple[float, float], translate: Translate, look: Look) -> list[alt.Chart]:
    scale = alt.Scale(domain=list(domain), nice=False)
    title = translate(say("Mean of the people of the team (band: 95 % interval)"))
    axis = alt.Axis(format="%m-%d", labelOverlap="greedy", tickCount=6, labelSeparation=8)
    base = (
        alt.Chart()
        .transform_filter("!isValid(datum.event)")
        .encode(x=alt.X("day:T", title=title, axis=axis))
    )
    y = alt.Y("value:Q", title=None, scale=scale, axis=alt.Axis(grid=True, tickCount=3))
    band = base.mark_area(
        opacity=0.16, color=look.color(0), invalid="break-paths-show-path-domains"
    )
    line = base.mark_line(
        strokeWidth=2, color=look.color(0), invalid="break-paths-show-path-domains"
    )
    dot = base.mark_point(filled=True, size=36, opacity=1, color=look.color(0))
    return [
        band.encode(y=alt.Y("low:Q", title=None, scale=scale), y2="high:Q"),
        line.encode(y=y),
        dot.encode(y=y),
    ]


def _events(look: Look) -> list[alt.Chart]:
    base = alt.Chart().transform_filter("isValid(datum.event)").encode(x="day:T")
    rule = base.mark_rule(color=look.quiet, strokeDash=[2, 3])
    text = base.mark_text(align="left", baseline="top", dx=4, color=look.quiet)
    return [rule, text.encode(y=alt.value(0), text="event:N")]
