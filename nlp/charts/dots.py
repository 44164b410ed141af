"""Dots with their intervals: one estimate a row."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import pandas as pd

from i18n import Message
from nlp.charts.bars import with_words
from nlp.charts.drawing import Drawing, Translate, finish, records
from nlp.charts.look import LOOKS, SHAPES, Ground
from nlp.charts.rows import MARK, height, placed, places, words

FILLED = tuple(shape for shape in SHAPES if shape != "stroke")
"""Shapes that show when they are filled."""


def dot_chart(
    table: pd.DataFrame,
    *,
    axis: Message,
    domain: tuple[float, float],
    zero: bool = False,
    sentences: Sequence[Message] = (),
    translate: Translate = str,
    ground: Ground = "light",
    width: int | str = "container",
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
        width: Of the drawing area, in pixels; `container` fills what it is put into.
    """
    look = LOOKS[ground]
    drawn = placed(with_words(table, translate))
    rows = list(dict.fromkeys(table["row"]))
    scale = alt.Scale(domain=list(domain), nice=False)
    x = alt.X("low:Q", scale=scale, title=translate(axis), axis=alt.Axis(grid=True, tickCount=5))
    colors = [look.color(place) for place in range(max(1, len(rows)))]
    shapes = [FILLED[place % len(FILLED)] for place in range(max(1, len(rows)))]
    color = alt.Color("row:N", scale=alt.Scale(domain=rows, range=colors), legend=None)
    shape = alt.Shape("row:N", scale=alt.Scale(domain=rows, range=shapes), legend=None)
    base = alt.Chart().transform_filter("isValid(datum.value)").encode(y=places(drawn))
    line = base.mark_rule(strokeWidth=2.5, yOffset=MARK).encode(x=x, x2="high:Q", color=color)
    dot = base.mark_point(filled=True, size=80, opacity=1, yOffset=MARK).encode(
        x=alt.X("value:Q", scale=scale), color=color, shape=shape
    )
    layers = [line, dot, *words(drawn, look)]
    if zero:
        rule = alt.Chart().mark_rule(color=look.quiet, strokeDash=[2, 3])
        layers.insert(0, rule.encode(x=alt.datum(0)))
    chart = alt.layer(*layers, data=records(drawn)).properties(width=width, height=height(drawn))
    return finish(chart, list(sentences), table.drop(columns="text"), look, translate)
