"""How far groups lie apart: a dot with its interval, and where it stands to zero."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import altair as alt
import pandas as pd

from i18n import Message, say
from nlp.charts.drawing import Drawing, Translate, finish, points, records
from nlp.charts.look import LOOKS, Ground, Look
from nlp.charts.rows import MARK, height, placed, places, words
from nlp.compare.pair import LEVEL

ENDS = ("difference", "low", "high")


def difference_chart(
    table: pd.DataFrame,
    *,
    names: Mapping[Hashable, str] | None = None,
    translate: Translate = str,
    ground: Ground = "light",
) -> Drawing:
    """Draw the differences between pairs of groups.

    Args:
        table: What `nlp.compare.compare` or `compare_in_steps` returns; themes in its order.
        names: What themes and groups are called; what is not named is written as it is.
        translate: Says the chart's own words in the reader's language.
        ground: The look.

    Returns:
        A heading for each theme, one row a pair. A difference that holds after adjustment is a
        filled dot on a thick line, any other a ring on a thin one.
    """
    look = LOOKS[ground]
    called = dict(names or {})
    rows = table.assign(
        theme=[str(called.get(theme, theme)) for theme in table["theme"]],
        group=[str(called.get(group, group)) for group in table["group"]],
        other=[str(called.get(other, other)) for other in table["other"]],
        holds=table["p_adjusted"] <= LEVEL,
    )
    rows = rows[["theme", "group", "other", *ENDS, "p", "p_adjusted", "holds", "suppressed"]]
    drawn = placed(
        rows.assign(
            panel=rows["theme"],
            row=[f"{row.group} − {row.other}" for row in rows.itertuples()],
            text=[_label(row, translate) for row in rows.itertuples()],
            **{end: rows[end] * 100 for end in ENDS},
        )
    )
    layers = [*_layers(drawn, translate, look), *words(drawn, look)]
    chart = alt.layer(*layers, data=records(drawn))
    chart = chart.properties(width="container", height=height(drawn))
    return finish(chart, _words(rows), rows, look, translate)


def _layers(drawn: pd.DataFrame, translate: Translate, look: Look) -> list[alt.Chart]:
    """Return the line at zero, and each difference with its interval."""
    far = drawn[["low", "high"]].abs().max().max()
    reach = max(5.0, float(far) * 1.02) if pd.notna(far) else 100.0
    scale = alt.Scale(domain=[-reach, reach], nice=False)
    title = translate(say("Difference in percentage points (line: 95% interval)"))
    x = alt.X("low:Q", scale=scale, title=title, axis=alt.Axis(grid=True, tickCount=7))
    base = alt.Chart().encode(y=places(drawn))
    zero = (
        alt.Chart()
        .mark_rule(color=look.ink, strokeWidth=1)
        .encode(x=alt.XDatum(0, scale=scale, title=title))
    )
    layers: list[alt.Chart] = [zero]
    for test, color, thick, filled in (
        ("datum.holds === false", look.quiet, 1.5, False),
        ("datum.holds === true", look.color(0), 3.5, True),
    ):
        part = base.transform_filter(f"isValid(datum.difference) && {test}")
        line = part.mark_rule(color=color, strokeWidth=thick, clip=True, yOffset=MARK)
        layers.append(line.encode(x=x, x2="high:Q"))
        fill = color if filled else look.ground
        layers.append(
            part.mark_point(
                size=80, opacity=1, stroke=color, fill=fill, strokeWidth=1.8, shape="circle",
                yOffset=MARK,
            ).encode(x=alt.X("difference:Q", scale=scale))
        )  # fmt: skip
    return layers


def _label(row: Any, translate: Translate) -> str:  # noqa: ANN401 - a named tuple of pandas
    if row.suppressed:
        return translate(say("not shown, to protect people"))
    if pd.isna(row.difference):
        return translate(say("cannot be separated from the teams"))
    numbers = {end: points(getattr(row, end)) for end in ENDS}
    if row.holds:
        return translate(say("{difference} ({low} to {high}), holds", **numbers))
    return translate(say("{difference} ({low} to {high})", **numbers))


def _words(rows: pd.DataFrame) -> list[Message]:
    holding = rows[rows["holds"]]
    sentences = [
        say(
            "Differences between pairs of groups in {themes} themes, each with its 95% interval; "
            "{holding} of {asked} hold after adjustment.",
            themes=rows["theme"].nunique(),
            holding=len(holding),
            asked=int(rows["p_adjusted"].notna().sum()),
        )
    ]
    sentences += [
        say(
            "{theme}: {group} minus {other} is {difference} points ({low} to {high}).",
            theme=row.theme,
            group=row.group,
            other=row.other,
            **{end: points(float(getattr(row, end))) for end in ENDS},
        )
        for row in holding.itertuples()
    ]
    if rows["suppressed"].any():
        sentences.append(say("Shares that could point to single people are not shown."))
    return sentences
