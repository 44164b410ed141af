"""Theme shares through the days of a study: a line with its band, groups side by side."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Mapping

import altair as alt
import pandas as pd

from i18n import Message, say
from nlp.charts.drawing import Drawing, Translate, finish, percent, records
from nlp.charts.look import LOOKS, SHAPES, SMALL_SIZE, TEXT_SIZE, WIDTH, Ground, Look

PANEL_HEIGHT = 110
NARROWEST = 150
"""Of a panel, in pixels, when groups stand side by side."""


def days_chart(
    table: pd.DataFrame,
    *,
    names: Mapping[Hashable, str] | None = None,
    events: Mapping[dt.date, str] | None = None,
    translate: Translate = str,
    ground: Ground = "light",
    width: int = WIDTH,
) -> Drawing:
    """Draw the shares of themes over the days.

    Args:
        table: What `nlp.compare.over_time` returns; themes are drawn in its order.
        names: What themes and groups are called; what is not named is written as it is.
        events: What happened on the shoot: numbered lines on their days, named above the chart.
        translate: Says the chart's own words in the reader's language.
        ground: The look.
        width: Of the drawing area, in pixels.

    Returns:
        One row of panels a theme, one column a group (their bands would cover each other in one
        panel). Lines are broken where a day is not shown.
    """
    look = LOOKS[ground]
    called = dict(names or {})
    rows = table.assign(
        theme=[str(called.get(theme, theme)) for theme in table["theme"]],
        group=[str(called.get(group, group)) for group in table["group"]],
    )
    drawn = rows.assign(
        day=[day.date().isoformat() for day in rows["day"]],
        **{end: rows[end] * 100 for end in ("share", "low", "high")},
    )
    themes, groups = list(dict.fromkeys(rows["theme"])), list(dict.fromkeys(rows["group"]))
    marked = _event_rows(events or {}, themes, groups)
    layers = [*_layers(groups, translate, look), *(_events(look) if len(marked) else [])]
    above = alt.Header(labelOrient="top", labelAnchor="start", labelPadding=4)
    sides = len(groups) > 1
    chart = (
        alt.LayerChart(layer=layers)
        .properties(
            width=max(NARROWEST, width // max(1, len(groups))) if sides else width,
            height=PANEL_HEIGHT,
        )
        .facet(
            row=alt.Row(
                "theme:N", sort=themes, title=None, header=_beside(width) if sides else above
            ),
            column=alt.Column("group:N", sort=groups, title=None) if sides else alt.Undefined,
            spacing=16,
            data=records(pd.concat([drawn, marked])),
        )
    )
    if events:
        chart = chart.properties(title=_named(events, translate, look))
    return finish(chart, _words(rows), rows, look, translate)


def _named(events: Mapping[dt.date, str], translate: Translate, look: Look) -> alt.TitleParams:
    """Name the events above the chart: on their lines the names would cover one another."""
    lines = [f"{n}  {day:%m-%d}  {name}" for n, (day, name) in enumerate(sorted(events.items()), 1)]
    return alt.TitleParams(
        text=translate(say("What happened")),
        subtitle=lines,
        anchor="start",
        color=look.ink,
        fontSize=TEXT_SIZE,
        subtitleColor=look.quiet,
        subtitleFontSize=SMALL_SIZE,
        offset=14,
    )


def _beside(width: int) -> alt.Header:
    """Put the theme's name to the left of its row, where no group's name is in the way."""
    return alt.Header(labelOrient="left", labelAngle=0, labelAlign="left", labelLimit=width * 0.6)


def _layers(groups: list[str], translate: Translate, look: Look) -> list[alt.Chart]:
    title = translate(say("Mean share, in % (band: 95% interval)"))
    few = 3 if len(groups) > 1 else 8
    axis = alt.Axis(format="%m-%d", labelOverlap="greedy", tickCount=few, labelSeparation=8)
    x = alt.X("day:T", title=title, axis=axis)
    color = alt.Color("group:N", scale=_scale(groups, look.series), legend=None)
    base = alt.Chart().transform_filter("!isValid(datum.event)").encode(x=x, color=color)
    y = alt.Y("share:Q", title=None, axis=alt.Axis(grid=True, tickCount=4))
    band = base.mark_area(opacity=0.16, invalid="break-paths-show-path-domains")
    line = base.mark_line(strokeWidth=2, invalid="break-paths-show-path-domains")
    dot = base.mark_point(filled=True, size=36, opacity=1)
    shape = alt.Shape("group:N", scale=_scale(groups, SHAPES), legend=None)
    return [
        band.encode(y=alt.Y("low:Q", title=None), y2="high:Q"),
        line.encode(y=y),
        dot.encode(y=y, shape=shape),
    ]


def _event_rows(
    events: Mapping[dt.date, str], themes: list[str], groups: list[str]
) -> pd.DataFrame:
    """Repeat the events for every panel."""
    return pd.DataFrame(
        [
            {"theme": theme, "group": group, "day": day.isoformat(), "event": str(number)}
            for theme in themes
            for group in groups
            for number, day in enumerate(sorted(events), 1)
        ]
    )


def _events(look: Look) -> list[alt.Chart]:
    base = alt.Chart().transform_filter("isValid(datum.event)").encode(x="day:T")
    rule = base.mark_rule(color=look.quiet, strokeDash=[2, 3])
    text = base.mark_text(align="left", baseline="top", dx=2, color=look.quiet)
    return [rule, text.encode(y=alt.value(0), text="event:N")]


def _scale(groups: list[str], values: tuple[str, ...]) -> alt.Scale:
    return alt.Scale(
        domain=groups, range=[values[i % len(values)] for i in range(max(1, len(groups)))]
    )


def _words(rows: pd.DataFrame) -> list[Message]:
    sentences = [
        say(
            "Shares of {themes} themes over {days} days or spans of days, each with its "
            "95% interval.",
            themes=rows["theme"].nunique(),
            days=rows["day"].nunique(),
        )
    ]
    shown = rows[~rows["suppressed"].astype(bool)]
    for (theme, group), part in shown.groupby(["theme", "group"], sort=False):
        ends = {"first": percent(part["share"].iloc[0]), "last": percent(part["share"].iloc[-1])}
        if group:
            line = say(
                "{theme}, {group}: from {first}% to {last}%.", theme=theme, group=group, **ends
            )
        else:
            line = say("{theme}: from {first}% to {last}%.", theme=theme, **ends)
        sentences.append(line)
    if len(shown) < len(rows):
        sentences.append(say("Shares that could point to single people are not shown."))
    return sentences
