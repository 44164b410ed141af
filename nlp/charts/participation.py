"""Who wrote on which day: a mark for each person and day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import altair as alt
import pandas as pd

from i18n import Message, say
from nlp.charts.drawing import Drawing, Translate, finish, percent, records
from nlp.charts.look import LOOKS, ROW_HEIGHT, Ground, Look
from survey.progress import Mark, Progress

MARK_SIZE = 46
SILENT = "silent"
"""A missed day of somebody who has fallen silent."""
SHAPES = {
    Mark.WRITTEN: "circle",
    Mark.LATE: "triangle-up",
    Mark.MISSED: "cross",
    SILENT: "triangle-down",
    Mark.OPEN: "diamond",
    Mark.DUE: "square",
    Mark.EXCUSED: "M-1,-0.25L1,-0.25L1,0.25L-1,0.25Z",  # a dash
}
"""Days to come are left empty."""


@dataclass(frozen=True)
class Row:
    """One line of the chart: what a person is called here, their group, and their month."""

    name: str
    group: str
    progress: Progress


def participation_chart(
    rows: Sequence[Row],
    *,
    translate: Translate = str,
    ground: Ground = "light",
    width: int | str = "container",
) -> Drawing:
    """Draw who wrote when.

    Args:
        rows: The people, in the order to show them; those of a group together.
        translate: Says the chart's own words in the reader's language.
        ground: The look.
        width: Of the drawing area in pixels; `container` fills what it is put into.

    Returns:
        One row a person and one place a day: a mark that differs in shape and colour; rings are
        around corrected entries.
    """
    look = LOOKS[ground]
    names = _names()
    table = pd.DataFrame(
        [
            (row.name, row.group, day, _kind(row, day), day in row.progress.corrected)
            for row in rows
            for day in sorted(row.progress.days)
        ],
        columns=["person", "group", "day", "mark", "corrected"],
    )
    drawn = table[table["mark"] != Mark.COMING].assign(
        kind=lambda part: [translate(names[mark]) for mark in part["mark"]],
        day=lambda part: [day.isoformat() for day in part["day"]],
    )
    days = sorted({day.isoformat() for row in rows for day in row.progress.days})
    order = [row.name for row in rows]
    kinds = {mark: translate(names[mark]) for mark in SHAPES}
    chart = _layers(drawn, days, order, kinds, look).properties(
        width=width, height=max(1, len(rows)) * ROW_HEIGHT
    )
    return finish(chart, _words(rows), table, look, translate)


def _kind(row: Row, day: dt.date) -> str:
    mark = row.progress.days[day]
    return SILENT if mark is Mark.MISSED and day in row.progress.silent_days else mark


def _layers(
    drawn: pd.DataFrame, days: list[str], order: list[str], kinds: Mapping[str, str], look: Look
) -> alt.LayerChart | alt.FacetChart:
    colors = {
        Mark.WRITTEN: look.color(0),
        Mark.LATE: look.color(2),
        Mark.MISSED: look.quiet,
        SILENT: look.accent,
        Mark.OPEN: look.quiet,
        Mark.DUE: look.quiet,
        Mark.EXCUSED: look.quiet,
    }
    shown = [mark for mark in SHAPES if kinds[mark] in set(drawn["kind"])]
    domain = [kinds[mark] for mark in shown]
    # Every Monday has its date; with more, dates run into each other on a phone.
    mondays = [day for day in days if dt.date.fromisoformat(day).weekday() == 0]
    x = alt.X(
        "day:O",
        scale=alt.Scale(domain=days),
        title=None,
        axis=alt.Axis(
            values=mondays, labelAngle=0, labelExpr="substring(datum.value, 5)", labelOverlap=True
        ),
    )
    y = alt.Y("person:N", sort=order, title=None)
    dots = (
        alt.Chart()
        .mark_point(filled=True, size=MARK_SIZE, opacity=1)
        .encode(
            x=x,
            y=y,
            color=alt.Color(
                "kind:N",
                scale=alt.Scale(domain=domain, range=[colors[mark] for mark in shown]),
                title=None,
                legend=alt.Legend(columns=3),  # four run out of a phone's screen
            ),
            shape=alt.Shape(
                "kind:N",
                scale=alt.Scale(domain=domain, range=[SHAPES[mark] for mark in shown]),
                title=None,
                legend=alt.Legend(columns=3),
            ),
            tooltip=[
                alt.Tooltip(f"{field}:N", title=" ") for field in ("person", "group", "day", "kind")
            ],
        )
    )
    rings = (
        alt.Chart()
        .transform_filter("datum.corrected")
        .mark_point(shape="circle", size=MARK_SIZE * 4, color=look.ink, strokeWidth=1.2)
        .encode(x=x, y=y)
    )
    return alt.layer(dots, rings, data=records(drawn))


def _names() -> dict[str, Message]:
    return {
        Mark.WRITTEN: say("written"),
        Mark.LATE: say("written late"),
        Mark.DUE: say("due now"),
        Mark.OPEN: say("can still be written"),
        Mark.MISSED: say("missed"),
        SILENT: say("fallen silent"),
        Mark.EXCUSED: say("excused"),
        Mark.COMING: say("to come"),
    }


def _words(rows: Sequence[Row]) -> list[Message]:
    sentences = [say("Entries of {people} people, day by day.", people=len(rows))]
    sentences += [
        say(
            "{person}: {written} of {expected} ({rate}%), {late} late.",
            person=row.name,
            written=row.progress.written,
            expected=row.progress.expected,
            rate=percent(row.progress.rate),
            late=row.progress.late,
        )
        for row in rows
        if row.progress.rate is not None
    ]
    return sentences
