"""A map of passages: what means the same lies close together."""

from __future__ import annotations

from collections.abc import Hashable, Mapping

import altair as alt
import pandas as pd

from i18n import Message, say
from nlp.charts.drawing import Drawing, Translate, finish, records
from nlp.charts.look import LOOKS, SHAPES, WIDTH, Ground, Look

LABELLED = 12
"""Groups whose names stand on the map; those of more would cover one another."""
LABEL_WIDTH, LABEL_HEIGHT = 0.6, 0.09
"""Of a name on the map, where the map is two wide and two high."""
LETTERS = 60
"""Of a passage, said when one points at it."""


def map_chart(
    points: pd.DataFrame,
    *,
    names: Mapping[Hashable, str] | None = None,
    translate: Translate = str,
    ground: Ground = "light",
    width: int = WIDTH,
) -> Drawing:
    """Draw passages where they lie.

    Args:
        points: One row a passage: `x`, `y` (-1 to 1), `group` (the most frequent first in their
            order; blank for none), `text`; index: the passages.
        names: What groups are called; what is not named is written as it is.
        translate: Says the chart's own words in the reader's language.
        ground: The look.
        width: Of the drawing area, in pixels; it is square.

    Returns:
        A dot for each passage, in the colour and shape of its group, the groups' names on their
        middles. Axes are not drawn: where something lies means nothing, only what is beside it.
        The field `key` of a dot is its passage.
    """
    look = LOOKS[ground]
    called = dict(names or {})
    groups = list(dict.fromkeys(points.loc[points["group"] != "", "group"]))
    said = {group: str(called.get(group, group)) for group in groups}
    drawn = points.assign(
        key=points.index,
        name=points["group"].map(said).fillna(""),
        text=points["text"].map(_shortened),
    )[["key", "x", "y", "name", "text"]]
    order = [said[group] for group in groups]
    chart = alt.layer(*_layers(drawn, order, look)).properties(width=width, height=width)
    table = points.assign(group=points["group"].map(said).fillna(""))[["group", "text", "x", "y"]]
    return finish(chart, _words(points, said), table.reset_index(drop=True), look, translate)


def _layers(drawn: pd.DataFrame, order: list[str], look: Look) -> list[alt.Chart]:
    scale = alt.Scale(domain=[-1.08, 1.08], nice=False)
    x = alt.X("x:Q", scale=scale, axis=None)
    y = alt.Y("y:Q", scale=scale, axis=None)
    tooltip = [alt.Tooltip(f"{field}:N", title=" ") for field in ("name", "text")]
    inside, outside = drawn[drawn["name"] != ""], drawn[drawn["name"] == ""]
    dots = (
        alt.Chart(records(inside))
        .mark_point(filled=True, size=34, opacity=0.8)
        .encode(
            x=x,
            y=y,
            color=alt.Color("name:N", scale=_scale(order, look.series), legend=None),
            shape=alt.Shape("name:N", scale=_scale(order, SHAPES, every=5), legend=None),
            tooltip=tooltip,
        )
    )
    faint = (
        alt.Chart(records(outside))
        .mark_point(size=16, opacity=0.5, color=look.quiet)
        .encode(x=x, y=y, tooltip=tooltip)
    )
    named = inside[inside["name"].isin(order[:LABELLED])]
    middles = _apart(named.groupby("name", sort=False)[["x", "y"]].median().reset_index())
    base = alt.Chart(records(middles)).encode(x=x, y=y, text="name:N")
    halo = base.mark_text(
        fontWeight=600, stroke=look.ground, strokeWidth=4, color=look.ground, limit=190
    )
    label = base.mark_text(fontWeight=600, color=look.ink, limit=190)
    return [faint, dots, halo, label]


def _apart(labels: pd.DataFrame) -> pd.DataFrame:
    """Move labels down until none covers one above it."""
    placed: list[tuple[float, float]] = []
    moved = labels.sort_values("y", ascending=False, kind="stable")
    for x, y in zip(moved["x"], moved["y"], strict=True):
        lower = y
        for other_x, other_y in placed:
            if abs(x - other_x) < LABEL_WIDTH:
                lower = min(lower, other_y - LABEL_HEIGHT)
        placed.append((x, lower))
    return moved.assign(y=[y for _, y in placed])


def _scale(order: list[str], values: tuple[str, ...], *, every: int = 1) -> alt.Scale:
    """Give each group a value; the next one after `every` groups."""
    return alt.Scale(
        domain=order,
        range=[values[place // every % len(values)] for place in range(max(1, len(order)))],
    )


def _shortened(text: str) -> str:
    return text if len(text) <= LETTERS else text[: LETTERS - 1] + "…"


def _words(points: pd.DataFrame, said: Mapping[Hashable, str]) -> list[Message]:
    sentences = [
        say(
            "A map of {passages} passages in {groups} groups; what means the same lies close "
            "together.",
            passages=len(points),
            groups=len(said),
        )
    ]
    sentences += [
        say("{group}: {count} of them.", group=name, count=int((points["group"] == group).sum()))
        for group, name in said.items()
    ]
    return sentences
