"""Figures that follow from a questionnaire alone: choices, numbers, repeats."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from uuid import UUID

import pandas as pd

from i18n import Message, say
from nlp.answers.answers import Asked
from nlp.answers.cells import Cell, Part, protected
from nlp.answers.making import Maker, ids, people, so_many
from nlp.answers.making import answered as told
from survey.answers import Entry, Variable, turns_of
from survey.answers.variables import Path

BINS = 8


def choice_parts(maker: Maker, asked: Asked, variable: Variable) -> list[Part]:
    """Return how often each choice was taken, and how much of each the teams have."""
    answered = [
        (entry, set(value) if isinstance(value, list) else {str(value)})
        for entry, _, value in asked.values(variable)
    ]
    if not answered:
        return []
    offered = maker.choices(variable)
    for _, taken in answered:
        offered |= {name: name for name in sorted(map(str, taken)) if name not in offered}
    cells = []
    for name, called in offered.items():
        having = [entry for entry, taken in answered if name in taken]
        cells.append(
            Cell(
                panel="",
                row=called,
                value=float(len(having)),
                text=counted(maker, len(having), len(answered), people(having)),
                people=people(having),
                entries=ids(having),
            )
        )
    everybody = people(entry for entry, _ in answered)
    cells = protected(cells, maker.threshold)
    said = [told(len(answered), everybody), *_most(cells, len(answered))]
    parts = [
        maker.bars(
            "counts",
            maker.tell(say("How often?")),
            cells,
            axis=say("Answers"),
            sentences=said,
        )
    ]
    teams = _by_team(maker, answered, offered)
    return [*parts, *([teams] if teams else [])]


def counted(maker: Maker, count: int, total: int, by: int) -> str:
    """Write a count beside its bar: 12 of 40, 6 people."""
    if not count:
        return maker.number(0)
    message = say(
        "{count} of {total}, {people}",
        count=maker.number(count),
        total=maker.number(total),
        people=so_many(by),
    )
    return maker.tell(message)


def _most(cells: Sequence[Cell], total: int) -> list[Message]:
    shown = [cell for cell in cells if cell.shown and cell.value > 0]
    if not shown or not total:
        return []
    most = max(shown, key=lambda cell: cell.value)
    return [
        say(
            "Most often: {what}, in {share}% of the answers.",
            what=most.row,
            share=round(100 * most.value / total),
        )
    ]


def _by_team(
    maker: Maker, answered: Sequence[tuple[Entry, set[str]]], offered: dict[str, str]
) -> Part | None:
    rows = []
    behind: dict[tuple[str, str], set[UUID]] = {}
    teams = maker.answers.team_of
    for entry, taken in answered:
        rows.append(
            {"person": entry.person} | {called: name in taken for name, called in offered.items()}
        )
        for name in taken & set(offered):
            key = (offered[name], str(teams.get(entry.person, "")))
            behind.setdefault(key, set()).add(entry.response.id)
    table = pd.DataFrame(rows).set_index("person").astype(float).groupby(level=0).mean()
    return maker.shares("teams", maker.tell(say("Do the teams differ?")), table, behind)


def number_parts(maker: Maker, asked: Asked, variable: Variable) -> list[Part]:
    """Return how numbers are spread."""
    answered = [
        (entry, float(value))
        for entry, _, value in asked.values(variable)
        if isinstance(value, int | float) and math.isfinite(float(value))
    ]
    if not answered:
        return []
    values = pd.Series([value for _, value in answered])
    cells = []
    for low, high in bins(values):
        inside = [entry for entry, value in answered if low <= value < high]
        cells.append(
            Cell(
                panel="",
                row=_span(maker, low, high, whole=bool((values % 1 == 0).all())),
                value=float(len(inside)),
                text=counted(maker, len(inside), len(answered), people(inside)),
                people=people(inside),
                entries=ids(inside),
            )
        )
    by_person = pd.DataFrame(
        {"person": [entry.person for entry, _ in answered], "value": values}
    ).groupby("person")["value"]
    middle = by_person.mean()
    said = [told(len(answered), people(entry for entry, _ in answered))]
    if len(middle) >= maker.threshold:
        said.append(
            say(
                "Everyone counted once, the mean is {mean} and the median {median}.",
                mean=maker.number(float(middle.mean()), 2),
                median=maker.number(float(middle.median()), 2),
            )
        )
    title = maker.tell(say("How are the answers spread?"))
    return [maker.bars("spread", title, cells, axis=say("Answers"), sentences=said)]


def bins(values: pd.Series) -> list[tuple[float, float]]:
    """Return at most eight spans of round numbers that hold all values; their ends are open."""
    low, high = float(values.min()), float(values.max())
    step = (
        1.0 if high - low < BINS and bool((values % 1 == 0).all()) else _round((high - low) / BINS)
    )
    start = math.floor(low / step) * step
    count = max(1, math.floor((high - start) / step) + 1)
    edges = [round(start + place * step, 10) for place in range(count + 1)]
    return list(pairwise(edges))


def _round(step: float) -> float:
    """Return the next larger of 1, 2 and 5 times a power of ten."""
    if step <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(step))
    return next(factor * power for factor in (1.0, 2.0, 5.0, 10.0) if factor * power >= step)


def _span(maker: Maker, low: float, high: float, *, whole: bool) -> str:
    if whole and high - low == 1:
        return maker.number(low)
    last = high - 1 if whole else high
    message = (
        say("{low} to {high}", low=maker.number(low, 2), high=maker.number(last, 2))
        if whole
        else say("{low} to under {high}", low=maker.number(low, 2), high=maker.number(last, 2))
    )
    return maker.tell(message)


def repeat_parts(maker: Maker, asked: Asked, repeats: tuple[Path, ...]) -> list[Part]:
    """Return how many turns of a repeat the entries have."""
    counts = [(entry, len(turns_of(entry.response.answers, repeats))) for entry in asked.entries]
    if not counts:
        return []
    cells = []
    for number in range(max(count for _, count in counts) + 1):
        having = [entry for entry, count in counts if count == number]
        cells.append(
            Cell(
                panel="",
                row=maker.number(number),
                value=float(len(having)),
                text=counted(maker, len(having), len(counts), people(having)),
                people=people(having),
                entries=ids(having),
            )
        )
    total = sum(count for _, count in counts)
    said = [say("{turns} in {entries} entries.", turns=total, entries=len(counts))]
    title = maker.tell(say("How many in one entry?"))
    return [maker.bars("turns", title, cells, axis=say("Entries"), sentences=said)]
