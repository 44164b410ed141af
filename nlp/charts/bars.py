"""Bars: one number a row, each written at its bar."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import altair as alt
import pandas as pd

from i18n import Message, say
from nlp.charts.drawing import Drawing, Translate, finish, records
from nlp.charts.look import LOOKS, Ground
from nlp.charts.rows import MARK, height, placed, places, words

NOT_SHOWN = say("not shown, to protect people")
THICKNESS = 9


def bar_chart(
    table: pd.DataFrame,
    *,
    axis: Message,
    sentences: Sequence[Message] = (),
    colors: Mapping[str, int] | None = None,
    translate: Translate = str,
    ground: Ground = "light",
    width: int | str = "container",
) -> Drawing:
    """Draw numbers as bars.

    Args:
        table: One row a bar, in order: `panel` ("" where there is only one), `row`, `value` (not
            negative; NaN where it is not shown), `text` (the number as it is written), `shown`.
        axis: What the numbers are.
        sentences: What the chart says in words: its alternative text.
        colors: The place of each row's colour in the series; all the first by default.
        translate: Says the chart's own words in the reader's language.
        ground: The look.
        width: Of the drawing area, in pixels; `container` fills what it is put into.

    Returns:
        One bar for each row, below a heading for each panel.
    """
    look = LOOKS[ground]
    drawn = placed(with_words(table, translate))
    drawn = drawn.assign(start=0.0)
    top = float(table["value"].max()) if table["value"].notna().any() else 1.0
    rows = list(dict.fromkeys(table["row"]))
    color = alt.Color(
        "row:N",
        scale=alt.Scale(
            domain=rows, range=[look.color((colors or {}).get(row, 0)) for row in rows]
        ),
        legend=None,
    )
    x = alt.X(
        "start:Q",
        scale=alt.Scale(domain=[0, top or 1.0], nice=False),
        title=translate(axis),
        axis=alt.Axis(grid=True, tickCount=4, format="~s" if top >= 10_000 else alt.Undefined),
    )
    bars = (
        alt.Chart()
        .transform_filter("isValid(datum.value)")
        .mark_bar(height=THICKNESS, yOffset=MARK)
        .encode(x=x, x2="value:Q", y=places(drawn), color=color)
    )
    chart = alt.layer(bars, *words(drawn, look), data=records(drawn)).properties(
        width=width, height=height(drawn)
    )
    return finish(chart, list(sentences), table.drop(columns="text"), look, translate)


def with_words(table: pd.DataFrame, translate: Translate) -> pd.DataFrame:
    """Say of numbers that are not shown that they are not."""
    texts = [
        text if shown else translate(NOT_SHOWN)
        for text, shown in zip(table["text"], table["shown"], strict=True)
    ]
    return table.assign(text=texts)
