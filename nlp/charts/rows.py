"""Rows that fit a phone: what a number is called stands above its mark, the number at the right.

Panels are headings between rows rather than charts of their own, so that one chart takes the width
it is given, wherever it is shown.
"""

from __future__ import annotations

import altair as alt
import pandas as pd

from nlp.charts.look import SMALL_SIZE, TEXT_SIZE, Look

ROW = 38
"""Height of a row in pixels: its words, and its mark below them."""
FOOT = 58
"""Height of the axis below the rows."""
WORDS = -8
MARK = 9
"""Where words and mark lie, from the middle of a row."""


def placed(table: pd.DataFrame) -> pd.DataFrame:
    """Give every row its place, with a heading before each panel that has a name.

    Args:
        table: With the columns `panel` and `row`.

    Returns:
        The rows with `place`; headings have `heading` and nothing else.
    """
    found: list[dict[str, object]] = []
    before: object = None
    for row in table.to_dict(orient="records"):
        if row["panel"] and row["panel"] != before:
            found.append({"heading": row["panel"], "place": len(found)})
        before = row["panel"]
        found.append({str(name): value for name, value in row.items()} | {"place": len(found)})
    return pd.DataFrame(found, columns=[*table.columns, "heading", "place"])


def places(drawn: pd.DataFrame) -> alt.Y:
    """Return the vertical scale of placed rows."""
    return alt.Y("place:O", axis=None, scale=alt.Scale(domain=list(range(len(drawn))), padding=0))


def words(drawn: pd.DataFrame, look: Look) -> list[alt.Chart]:
    """Return headings, names and numbers."""
    base = alt.Chart().encode(y=places(drawn))
    heading = base.transform_filter("isValid(datum.heading)").mark_text(
        align="left", baseline="middle", dy=MARK, fontWeight=600, fontSize=TEXT_SIZE, color=look.ink
    )
    rows = base.transform_filter("isValid(datum.row)")
    name = rows.mark_text(
        align="left", baseline="middle", dy=WORDS, fontSize=SMALL_SIZE, color=look.ink
    )
    number = rows.mark_text(
        align="right", baseline="middle", dy=WORDS, fontSize=SMALL_SIZE, color=look.quiet
    )
    return [
        heading.encode(x=alt.value(0), text="heading:N"),
        name.encode(x=alt.value(0), text="row:N"),
        number.encode(x=alt.value("width"), text="text:N"),
    ]


def height(drawn: pd.DataFrame) -> int:
    """Return the height of a chart of placed rows, its axis included."""
    return max(1, len(drawn)) * ROW + FOOT
