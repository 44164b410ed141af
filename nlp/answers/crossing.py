"""Two choices of the same turn against each other: who did it, and who would have before."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import pandas as pd

from i18n import say
from nlp.answers.answers import Asked
from nlp.answers.cells import Cell, Part, protected
from nlp.answers.generic import counted
from nlp.answers.making import Maker, answered, ids, people
from survey.answers import Entry
from survey.figures import CrossFigure

Turn = tuple[Entry, list[Any]]


def cross_parts(maker: Maker, asked: Asked, wanted: CrossFigure) -> list[Part]:
    """Return the counts of the columns, their amounts, the teams, and the cross-table."""
    rows, columns = asked.joined.variable(wanted.rows), asked.joined.variable(wanted.columns)
    amount = asked.joined.variable(wanted.amount) if wanted.amount else None
    if rows is None or columns is None:
        return []
    given = [columns, rows, *([amount] if amount else [])]
    turns = list(asked.turns(given))
    if not turns:
        return []
    named = maker.choices(columns)
    colors = {called: place for place, called in enumerate(named.values())}
    everybody = people(entry for entry, _ in turns)
    cells = [
        _cell(maker, "", called, [turn for turn in turns if turn[1][0] == name], len(turns))
        for name, called in named.items()
    ]
    cells = protected(cells, maker.threshold)
    said = [
        answered(len(turns), everybody),
        *(
            say("{what}: {share}%.", what=cell.row, share=round(100 * cell.value / len(turns)))
            for cell in cells
            if cell.shown
        ),
    ]
    parts = [
        maker.bars(
            "columns", maker.label(columns), cells, axis=say("Answers"), sentences=said,
            colors=colors,
        )
    ]  # fmt: skip
    if amount:
        parts.append(_amounts(maker, turns, named, maker.label(amount), colors))
    if teams := _teams(maker, turns, named):
        parts.append(teams)
    parts.append(_crossed(maker, turns, maker.choices(rows), named, maker.label(rows)))
    return parts


def _cell(maker: Maker, panel: str, row: str, turns: Sequence[Turn], total: int) -> Cell:
    entries = [entry for entry, _ in turns]
    return Cell(
        panel=panel,
        row=row,
        value=float(len(turns)),
        text=counted(maker, len(turns), total, people(entries)),
        people=people(entries),
        entries=ids(entries),
    )


def _amounts(
    maker: Maker, turns: Sequence[Turn], named: dict[str, str], title: str, colors: dict[str, int]
) -> Part:
    cells = []
    for name, called in named.items():
        having = [turn for turn in turns if turn[1][0] == name and _is_number(turn[1][2])]
        entries = [entry for entry, _ in having]
        total = sum(float(values[2]) for _, values in having)
        cells.append(
            Cell(
                panel="",
                row=called,
                value=total,
                text=maker.number(total, 1),
                people=people(entries),
                entries=ids(entries),
            )
        )
    total = sum(cell.value for cell in cells)
    said = [say("“{question}” {total} in all.", question=title, total=maker.number(total, 1))]
    return maker.bars("amounts", title, cells, axis=say("Sum"), sentences=said, colors=colors)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and math.isfinite(float(value))


def _teams(maker: Maker, turns: Sequence[Turn], named: dict[str, str]) -> Part | None:
    teams = maker.answers.team_of
    rows = []
    behind: dict[tuple[str, str], set[UUID]] = {}
    for entry, values in turns:
        rows.append(
            {"person": entry.person}
            | {called: float(values[0] == name) for name, called in named.items()}
        )
        if values[0] in named:
            key = (named[values[0]], str(teams.get(entry.person, "")))
            behind.setdefault(key, set()).add(entry.response.id)
    table = pd.DataFrame(rows).groupby("person").mean()
    return maker.shares("teams", maker.tell(say("Do the teams differ?")), table, behind)


def _crossed(
    maker: Maker,
    turns: Sequence[Turn],
    rows: dict[str, str],
    columns: dict[str, str],
    title: str,
) -> Part:
    colors = {called: place for place, called in enumerate(columns.values())}
    by_row = {called: [turn for turn in turns if turn[1][1] == row] for row, called in rows.items()}
    cells = []
    for called, inside in by_row.items():
        cells += [
            _cell(maker, called, name, [t for t in inside if t[1][0] == column], len(inside))
            for column, name in columns.items()
        ]
    said = [
        say(
            "{what}: {count} of {total}.",
            what=called,
            count=len(inside),
            total=len(turns),
        )
        for called, inside in by_row.items()
        if people(entry for entry, _ in inside) >= maker.threshold
    ]
    return maker.bars("cross", title, cells, axis=say("Answers"), sentences=said, colors=colors)
