"""A scale through the days: a line with its band for each team, one panel below another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence

import altair as alt
import pandas as pd

from i18n import Message, say
from nlp.charts.drawing import Drawing, Translate, finish, records
from nlp.charts.look import LOOKS, SMALL_SIZE, TEXT_SIZE, Ground, Look

PANEL = 120
"""Height of a panel in pixels, its heading included."""
FOOT = 50
DRAWN = 0.68
"""How much of a panel the scale takes; the heading has the rest."""


MEAN = say("Mean of the people of the team (band: 95% interval)")


def scale_chart(
    table: pd.DataFrame,
    *,
    domain: tuple[float, float],
    events: Collection[dt.date] = (),
    sentences: Sequence[Message] = (),
    translate: Translate = str,
    ground: Ground = "light",
    width: int | str = "container",
    axis: Message = MEAN,
) -> Drawing:
    """Draw the mean of a scale over the days.

    Args:
        table: One row a panel and span of days: `panel`, `day` (its first), `value`, `low`, `high`;
            NaN where it is not shown; further columns `row` and `text` name the span and number.
        domain: The lowest and the highest answer.
        events: Days on which something happened, marked by their numbers.
        sentences: What the chart says in words: its alternative text.
        translate: Says the chart's own words in the reader's language.
        ground: The look.
        width: Of the drawing area, in pixels; `container` fills what it is put into.
        axis: What the numbers are.

    Returns:
        One chart in which each panel has its own part of the height, so that it takes whatever
        width it is given. Lines are broken where a number is not shown.
    """
    look = LOOKS[ground]
    panels = list(dict.fromkeys(table["panel"]))
    drawn = table.assign(day=[day.isoformat() for day in table["day"]])
    for end in ("value", "low", "high"):
        drawn[f"at_{end}"] = [
            _height(panels.index(panel), value, domain)
            for panel, value in zip(drawn["panel"], drawn[end], strict=True)
        ]
    layers = [
        *_frames(panels, domain, look),
        *_lines(panels, translate(axis), look),
        *_marks(sorted(events), look),
    ]
    chart = alt.layer(*layers, data=records(drawn)).properties(
        width=width, height=len(panels) * PANEL + FOOT
    )
    plain = table.drop(columns=["row", "text"])
    return finish(chart, list(sentences), plain, look, translate)


def _height(panel: int, value: float, domain: tuple[float, float]) -> float:
    """Return where a value lies: panels count downwards, values upwards."""
    low, high = domain
    return -panel - 1 + DRAWN * (value - low) / (high - low)


def _y(panels: Sequence[str], field: str) -> alt.Y:
    scale = alt.Scale(domain=[-len(panels), 0], nice=False)
    return alt.Y(field, axis=None, scale=scale)


def _frames(panels: Sequence[str], domain: tuple[float, float], look: Look) -> list[alt.Chart]:
    """Return headings, and lines at the lowest and the highest answer with their numbers."""
    low, high = domain
    ends = [
        {"at": _height(number, end, domain), "said": f"{end:g}"}
        for number in range(len(panels))
        for end in (low, high)
    ]
    names = [{"at": -number - 0.14, "said": panel} for number, panel in enumerate(panels)]
    rule = alt.Chart(alt.InlineData(values=ends)).mark_rule(color=look.surface)
    number = alt.Chart(alt.InlineData(values=ends)).mark_text(
        align="left", baseline="bottom", fontSize=SMALL_SIZE - 2, color=look.quiet
    )
    heading = alt.Chart(alt.InlineData(values=names)).mark_text(
        align="left", fontWeight=600, fontSize=TEXT_SIZE, color=look.ink
    )
    return [
        rule.encode(y=_y(panels, "at:Q")),
        number.encode(x=alt.value(0), y=_y(panels, "at:Q"), text="said:N"),
        heading.encode(x=alt.value(0), y=_y(panels, "at:Q"), text="said:N"),
    ]


def _lines(panels: Sequence[str], title: str, look: Look) -> list[alt.Chart]:
    axis = alt.Axis(format="%m-%d", labelOverlap="greedy", tickCount=6, labelSeparation=8)
    base = alt.Chart().encode(
        x=alt.X("day:T", title=title, axis=axis), detail=alt.Detail("panel:N")
    )
    band = base.mark_area(
        opacity=0.16, color=look.color(0), invalid="break-paths-show-path-domains"
    )
    line = base.mark_line(
        strokeWidth=2, color=look.color(0), invalid="break-paths-show-path-domains"
    )
    dot = base.mark_point(filled=True, size=36, opacity=1, color=look.color(0))
    return [
        band.encode(y=_y(panels, "at_low:Q"), y2="at_high:Q"),
        line.encode(y=_y(panels, "at_value:Q")),
        dot.encode(y=_y(panels, "at_value:Q")),
    ]


def _marks(days: Sequence[dt.date], look: Look) -> list[alt.Chart]:
    if not days:
        return []
    values = [{"day": day.isoformat(), "said": str(n)} for n, day in enumerate(days, start=1)]
    base = alt.Chart(alt.InlineData(values=values)).encode(x="day:T")
    rule = base.mark_rule(color=look.quiet, strokeDash=[2, 3], opacity=0.6)
    text = base.mark_text(align="left", baseline="top", dx=3, fontSize=SMALL_SIZE - 2)
    return [rule, text.encode(y=alt.value(0), text="said:N")]
