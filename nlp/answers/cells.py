"""The numbers of a figure: each with the people and the entries it comes from."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

import pandas as pd

from i18n import Message
from nlp.charts.drawing import Drawing
from nlp.charts.look import Ground
from nlp.compare.cells import SHOWN, hidden


@dataclass(frozen=True)
class Cell:
    """One number.

    Attributes:
        panel: What it is part of; "" where there is one panel only.
        row: What it is the number of.
        value: The number; NaN where it is not shown.
        text: How it is written beside its mark.
        people: How many people it comes from.
        entries: The entries it comes from; none where it is not shown.
        low: Lower end of its 95 % interval, NaN for none.
        high: Upper end.
        shown: Whether it may be shown: few people would point to single ones.
    """

    panel: str
    row: str
    value: float
    text: str
    people: int
    entries: tuple[UUID, ...]
    low: float = math.nan
    high: float = math.nan
    shown: bool = True

    @property
    def name(self) -> str:
        """What it is called where there is no panel around it."""
        return f"{self.panel} · {self.row}" if self.panel else self.row


@dataclass(frozen=True)
class Part:
    """One chart of a figure with its numbers.

    Attributes:
        key: Its key within the figure.
        title: What it shows.
        sentences: What it says, in words, written from its numbers.
        cells: Its numbers.
        draw: Draws it on a ground.
    """

    key: str
    title: str
    sentences: Sequence[Message]
    cells: Sequence[Cell]
    draw: Callable[[Ground], Drawing]

    @property
    def table(self) -> pd.DataFrame:
        """Its numbers as rows: panel, row, value, low, high, people, entries, shown."""
        return pd.DataFrame(
            [
                (
                    cell.panel,
                    cell.row,
                    cell.value,
                    cell.low,
                    cell.high,
                    cell.people if cell.shown else math.nan,
                    len(cell.entries) if cell.shown else math.nan,
                    cell.shown,
                )
                for cell in self.cells
            ],
            columns=["panel", "row", "value", "low", "high", "people", "entries", "shown"],
        )


@dataclass(frozen=True)
class Figure:
    """An answer to one question: its parts, and what has to be known to read them.

    Attributes:
        key: `tasks` for one that the study defines, `daily:/data/today/mood` for a question.
        title: The question.
        parts: Its charts, the most important first; none where nothing was answered.
        notes: What has to be known to read it: rates, units, what is left out.
    """

    key: str
    title: str
    parts: Sequence[Part]
    notes: Sequence[Message] = field(default_factory=tuple)


def protected(cells: Sequence[Cell], threshold: int) -> list[Cell]:
    """Hide the cells of few people, panel by panel, with one more where it would give them away.

    Args:
        cells: The cells, those of a panel adding up to something known.
        threshold: The fewest people of a shown cell; the rule is `nlp.compare.cells.hidden`.
    """
    reasons: dict[int, str] = {}
    for panel in dict.fromkeys(cell.panel for cell in cells):
        places = [place for place, cell in enumerate(cells) if cell.panel == panel]
        counts = [cells[place].people for place in places]
        found = hidden(counts, [False] * len(places), threshold)
        reasons |= dict(zip(places, found, strict=True))
    # Nobody is no small cell: where nobody chose something, that is what is to be said.
    return [
        cell if reasons[place] == SHOWN or cell.people == 0 else concealed(cell)
        for place, cell in enumerate(cells)
    ]


def concealed(cell: Cell) -> Cell:
    """Return a cell without its number."""
    nothing = math.nan
    return replace(cell, value=nothing, low=nothing, high=nothing, text="", entries=(), shown=False)
