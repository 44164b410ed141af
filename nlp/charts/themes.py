"""How much of what a person writes belongs to each theme: one bar a theme."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import pandas as pd

from i18n import Message, say
from nlp.charts.drawing import Drawing, Translate, finish, percent, records
from nlp.charts.look import LOOKS, ROW_HEIGHT, WIDTH, Ground

TEXT_ROOM = 112
"""Pixels behind the longest bar, so that its label has room."""


def theme_chart(
    themes: Sequence[tuple[str, float, int]],
    *,
    translate: Translate = str,
    ground: Ground = "light",
    width: int = WIDTH,
) -> Drawing:
    """Draw the shares of themes.

    Args:
        themes: For each theme its title, its share from 0 to 1, and how many people are behind it;
            drawn in this order.
        translate: Says the chart's own words in the reader's language.
        ground: The look.
        width: Of the drawing area, in pixels.
    """
    look = LOOKS[ground]
    rows = pd.DataFrame(themes, columns=["theme", "share", "voices"])
    drawn = rows.assign(
        place=range(len(rows)),
        share=rows["share"] * 100,
        label=[
            translate(say("{share}% · {voices} people", share=percent(share), voices=voices))
            for _, share, voices in themes
        ],
    )
    longest = max(1.0, float(drawn["share"].max() if len(drawn) else 1.0))
    x = alt.X(
        "share:Q",
        scale=alt.Scale(domainMin=0, domainMax=alt.ExprRef(_end(longest)), nice=False),
        title=translate(say("Mean share of what a person says, in %")),
        axis=alt.Axis(labels=False),
    )
    y = alt.Y("theme:N", sort=alt.EncodingSortField("place"), title=None)
    tooltip = [alt.Tooltip(f"{field}:N", title=" ") for field in ("theme", "label")]
    bars = (
        alt.Chart()
        .mark_bar(color=look.series[0], height=ROW_HEIGHT * 0.6)
        .encode(x=x, y=y, tooltip=tooltip)
    )
    labels = (
        alt.Chart().mark_text(align="left", dx=6, color=look.ink).encode(x=x, y=y, text="label:N")
    )
    chart = alt.layer(bars, labels, data=records(drawn)).properties(
        width=width, height=max(1, len(rows)) * (ROW_HEIGHT + 6)
    )
    return finish(chart, _words(themes), rows, look, translate)


def _end(longest: float) -> str:
    """Return where the axis ends, so that a label fits behind the longest bar at any width."""
    return f"{longest} * width / max(width - {TEXT_ROOM}, width / 4)"


def _words(themes: Sequence[tuple[str, float, int]]) -> list[Message]:
    sentences = [say("Shares of {themes} themes.", themes=len(themes))]
    sentences += [
        say("{theme}: {share}%, {voices} people.", theme=title, share=percent(share), voices=voices)
        for title, share, voices in themes
    ]
    return sentences
