"""Retrieving: the stretches where codes meet, or where one is without the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

import pandas as pd

from nlp.coded.reading import ABOUT, Coded
from nlp.coding.places import Place

Relation = Literal["alone", "and", "or", "not"]
Nearness = Literal["overlapping", "near", "text"]
REACH = 100
"""Code points between two stretches that are near each other."""
Stretch = tuple[int, int]


@dataclass(frozen=True)
class Combination:
    """Which stretches are wanted.

    Attributes:
        first: A code; what is marked with one below it is meant too.
        relation: `alone` (the first, whatever else is there), `and`, `or`, `not` (the first where
            the second is not).
        second: The other code.
        nearness: Where the second has to be, or must not be: `overlapping` the first, `near` it
            (at most `REACH` code points away), or anywhere in the same `text` (the same answer or
            the same turn).
    """

    first: UUID
    relation: Relation = "alone"
    second: UUID | None = None
    nearness: Nearness = "overlapping"


def combined(coded: Coded, wanted: Combination) -> pd.DataFrame:
    """Return the stretches of a combination, by day, person and place.

    Several coders' marks of the same words are one stretch; a stretch of two codes reaches from
    where the first of them begins to where the last ends.

    Returns:
        One row a stretch: `place` (a `Place`), `start`, `end`, `passage` and `nlp.coded.reading`'s
        `ABOUT`.
    """
    first = _marks(coded, wanted.first)
    second = _marks(coded, wanted.second) if wanted.second else {}
    about: dict[Any, dict[str, Any]] = {
        (row.place, row.start, row.end): {name: getattr(row, name) for name in (*ABOUT, "passage")}
        for row in coded.stretches.itertuples()
    }
    rows: list[dict[str, Any]] = []
    for place in dict.fromkeys([*first, *second]):
        mine, other = first.get(place, []), second.get(place, [])
        for (start, end), origin in _met(mine, other, wanted):
            rows.append(about[place, *origin] | {"place": place, "start": start, "end": end})
    columns = [*ABOUT, "passage", "place", "start", "end"]
    found = pd.DataFrame(rows, columns=columns)
    order = found.assign(at=[place.key for place in found["place"]])
    order = order.sort_values(
        by=["day", "person", "at", "start"], na_position="last", kind="stable"
    )
    return found.loc[order.index].reset_index(drop=True)


def _marks(coded: Coded, code: UUID) -> dict[Place, list[Stretch]]:
    """Return the stretches of a code and those below it by text, each once, in order."""
    wanted = coded.stretches[coded.stretches["code"].isin(coded.family.get(code, frozenset()))]
    found: dict[Place, set[Stretch]] = {}
    row: Any
    for row in wanted.itertuples():
        found.setdefault(row.place, set()).add((row.start, row.end))
    return {place: sorted(marks) for place, marks in found.items()}


def _met(
    mine: list[Stretch], other: list[Stretch], wanted: Combination
) -> Iterator[tuple[Stretch, Stretch]]:
    """Yield each stretch of a text that is wanted, and a mark that it comes from."""
    if wanted.relation == "or":
        yield from _joined(sorted({*mine, *other}))
        return
    if wanted.relation == "and":
        pairs = [
            ((min(a[0], b[0]), max(a[1], b[1])), a)
            for a in mine
            for b in other
            if _close(a, b, wanted.nearness)
        ]
    else:
        pairs = [
            (a, a)
            for a in mine
            if wanted.relation == "alone" or not any(_close(a, b, wanted.nearness) for b in other)
        ]
    origin = dict(reversed(pairs))
    for (start, end), first in _joined(sorted(origin)):
        yield (start, end), origin[first]


def _close(a: Stretch, b: Stretch, nearness: Nearness) -> bool:
    gap = max(a[0], b[0]) - min(a[1], b[1])
    return nearness == "text" or (gap <= REACH if nearness == "near" else gap < 0)


def _joined(stretches: list[Stretch]) -> Iterator[tuple[Stretch, Stretch]]:
    """Join stretches that overlap; yield each with the first that it is made of."""
    run: list[Stretch] = []
    for stretch in stretches:
        if run and stretch[0] >= max(end for _, end in run):
            yield (run[0][0], max(end for _, end in run)), run[0]
            run = []
        run.append(stretch)
    if run:
        yield (run[0][0], max(end for _, end in run)), run[0]
