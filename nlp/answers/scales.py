"""Scales: over the days by team, and as change within people where languages are compared."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any
from uuid import UUID

import numpy as np
import pandas as pd

from i18n import Message, say
from nlp.answers.answers import Asked, label_of
from nlp.answers.cells import Cell, Part, concealed
from nlp.answers.making import HIDDEN, Maker, answered, frame, so_many
from nlp.charts.dots import dot_chart
from nlp.charts.drawing import Drawing
from nlp.charts.look import Ground
from nlp.charts.scales import scale_chart
from nlp.compare.cells import SHOWN, hidden
from nlp.compare.days import over_time
from nlp.names import language_name
from survey.answers import Variable

EVENT = say("({number}) {day}: {event}.")
"""What happened on a day, numbered as in the picture."""
SPANS = 10
"""At most so many points of a line."""
FEWEST = 2
"""Entries in each half of the month without which there is no change to speak of."""


def scale_parts(maker: Maker, asked: Asked, variable: Variable) -> list[Part]:
    """Return a scale by team over the days, and its change within people by language."""
    assert variable.scale is not None  # noqa: S101 - asked for scales alone
    rows = [
        (entry.person, entry.response.day, float(value), entry.response.id)
        for entry, _, value in asked.values(variable)
        if isinstance(value, int | float)
    ]
    if not rows:
        return []
    table = pd.DataFrame(rows, columns=["person", "day", "value", "entry"])
    parts = [_over_days(maker, table, variable.scale)]
    change = _changes(maker, table)
    return [*parts, *([change] if change else [])]


def _over_days(maker: Maker, table: pd.DataFrame, scale: tuple[float, float]) -> Part:
    low, high = scale
    days = (table["day"].max() - table["day"].min()).days + 1
    every = max(1, math.ceil(days / SPANS))
    # Between 0 and 1, as shares are: the rules for intervals and small cells are the same.
    scaled = table[["person", "day"]].assign(value=(table["value"] - low) / (high - low))
    teams = maker.answers.team_of
    levels = over_time(scaled, threshold=maker.threshold, groups=teams, every=every)
    first = table["day"].min()
    behind: dict[tuple[str, int], list[UUID]] = {}
    for person, day, entry in zip(table["person"], table["day"], table["entry"], strict=True):
        place = (str(teams.get(person, "")), (day - first).days // every)
        behind.setdefault(place, []).append(entry)
    cells: list[Cell] = []
    days_of: list[dt.date] = []
    for row in levels.to_dict(orient="records"):
        day = row["day"].date()
        place = (str(row["group"]), (day - first).days // every)
        cells.append(_point(maker, row, _span(day, every), scale, behind.get(place, [])))
        days_of.append(day)
    events = {
        dt.date.fromisoformat(event["day"]): label_of(event["title"], maker.language, "")
        for event in maker.answers.study.design.get("events", [])
        if table["day"].min() <= dt.date.fromisoformat(event["day"]) <= table["day"].max()
    }
    said = _said(table, cells, events)
    draw = partial(_lines, cells, days_of, scale=scale, events=events, said=said, maker=maker)
    return Part("days", maker.tell(say("Over the days, by team")), said, cells, draw)


def _point(
    maker: Maker,
    row: Any,  # noqa: ANN401 - a row of pandas
    span: str,
    scale: tuple[float, float],
    entries: Sequence[UUID],
) -> Cell:
    low, high = scale
    value, lower, upper = (low + float(row[end]) * (high - low) for end in ("share", "low", "high"))
    suppressed = bool(row["suppressed"])
    cell = Cell(
        panel=maker.team(str(row["group"])),
        row=span,
        value=value,
        low=lower,
        high=upper,
        text="" if suppressed else maker.number(value, 1, always=True),
        people=0 if suppressed else int(row["people"]),
        entries=tuple(entries),
    )
    return concealed(cell) if suppressed else cell


def _span(day: dt.date, every: int) -> str:
    last = day + dt.timedelta(days=every - 1)
    return f"{day:%m-%d}" if every == 1 else f"{day:%m-%d} – {last:%m-%d}"


def _said(table: pd.DataFrame, cells: list[Cell], events: Mapping[dt.date, str]) -> list[Message]:
    said = [answered(len(table), int(table["person"].nunique()))]
    for panel in dict.fromkeys(cell.panel for cell in cells):
        shown = [cell for cell in cells if cell.panel == panel and cell.shown]
        if len(shown) > 1:
            said.append(
                say(
                    "{team}: {first} at first, {last} at last.",
                    team=panel,
                    first=shown[0].text,
                    last=shown[-1].text,
                )
            )
    said += [
        Message(EVENT.text, {"number": number, "day": f"{day:%m-%d}", "event": events[day]})
        for number, day in enumerate(sorted(events), start=1)
    ]
    return said if all(cell.shown for cell in cells) else [*said, HIDDEN]


def _lines(
    cells: Sequence[Cell],
    days: Sequence[dt.date],
    ground: Ground,
    *,
    scale: tuple[float, float],
    events: Mapping[dt.date, str],
    said: Sequence[Message],
    maker: Maker,
) -> Drawing:
    return scale_chart(
        frame(cells).assign(day=list(days)),
        domain=scale,
        events=events,
        sentences=said,
        translate=maker.tell,
        ground=ground,
    )


def _changes(maker: Maker, table: pd.DataFrame) -> Part | None:
    """Return how much each person's answers changed, by the language they write in.

    People of different languages may use a scale differently; what each of them says later can
    still be compared with what the same person said before.
    """
    study = maker.answers.study
    middle = study.start + (study.end - study.start) / 2
    later = pd.Series([day > middle for day in table["day"]], index=table.index)
    by_half = table["value"].groupby([table["person"], later])
    means, sizes = by_half.mean().unstack(), by_half.size().unstack(fill_value=0)
    if means.shape[1] < 2:
        return None
    enough = (sizes[True] >= FEWEST) & (sizes[False] >= FEWEST)
    change = (means[True] - means[False])[enough]
    languages = maker.answers.language_of.reindex(change.index)
    groups = sorted(set(languages.dropna()))
    counts = [int((languages == tag).sum()) for tag in groups]
    reasons = hidden(counts, [False] * len(groups), maker.threshold)
    if SHOWN not in reasons:
        return None
    cells = [
        _change(maker, table, change[languages == tag], tag, shown=reason == SHOWN)
        for tag, reason in zip(groups, reasons, strict=True)
    ]
    said: list[Message] = [
        say(
            "{language}: {change}, from the first half of the study to the second.",
            language=cell.row,
            change=cell.text,
        )
        for cell in cells
        if cell.shown
    ]
    if not all(cell.shown for cell in cells):
        said.append(HIDDEN)
    ends = [abs(end) for cell in cells if cell.shown for end in (cell.low, cell.high)]
    most = max(1.0, *ends)
    title = maker.tell(say("Change within people, by language"))
    return Part("change", title, said, cells, partial(_dots, cells, most, said, maker))


def _change(maker: Maker, table: pd.DataFrame, change: pd.Series, tag: str, *, shown: bool) -> Cell:
    from scipy.special import stdtrit

    values = change.to_numpy(dtype=np.float64)
    mean = float(values.mean())
    half = math.nan
    if values.size > 1:
        half = float(stdtrit(values.size - 1, 0.975) * values.std(ddof=1) / math.sqrt(values.size))
    text = maker.tell(
        say(
            "{change} ({low} to {high}), {people}",
            change=signed(mean),
            low=signed(mean - half),
            high=signed(mean + half),
            people=so_many(int(values.size)),
        )
    )
    cell = Cell(
        panel="",
        row=language_name(tag, maker.language),
        value=mean,
        low=mean - half,
        high=mean + half,
        text=text,
        people=int(values.size),
        entries=tuple(table.loc[table["person"].isin(change.index), "entry"]),
    )
    return cell if shown else concealed(cell)


def signed(value: float) -> str:
    """Write a change with its sign (a true minus): +0.4."""
    rounded = round(value, 1)
    return f"+{rounded:.1f}" if rounded > 0 else f"−{-rounded:.1f}" if rounded < 0 else "0"


def _dots(
    cells: list[Cell], most: float, said: list[Message], maker: Maker, ground: Ground
) -> Drawing:
    return dot_chart(
        frame(cells),
        axis=say("Mean change of a person, in points of the scale (line: 95% interval)"),
        domain=(-most, most),
        zero=True,
        sentences=said,
        translate=maker.tell,
        ground=ground,
    )
