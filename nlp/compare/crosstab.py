"""How many people there are of each kind, without showing the few."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from nlp.compare.sample import written

EVERYBODY = "*"
"""Stands in a column of the table for all its values together."""
Cell = tuple[str, ...]
Counts = dict[Cell, int]


def crosstab(people: pd.DataFrame, by: Sequence[str], *, threshold: int) -> pd.DataFrame:
    """Count people by several properties at once, with all totals.

    Cells with fewer people than the threshold are hidden, those without anybody too: were they
    shown, the hidden ones beside them would be known to have somebody, which often gives them
    away. Since the table adds up, further cells are hidden until no hidden small cell can be worked
    out to have fewer than `threshold` people: for each of them the largest number is found that
    fits everything shown (a linear program over all rows, columns and totals), and while that is
    too small, the smallest shown cell of a line through it is hidden as well.

    Args:
        people: One row a person.
        by: Columns of `people`, for example team, nationality and language; blanks count as a
            value of their own, written "".
        threshold: The fewest people a shown cell may have.

    Returns:
        One row for each combination of values (`EVERYBODY` for a total): the columns of `by`,
        `people` (NaN where hidden) and `suppressed`.

    Source:
        Secondary cell suppression with an audit by linear programming: Willenborg and de Waal
        (2001), Elements of Statistical Disclosure Control, Springer.
    """
    kinds = [_kinds(people[column]) for column in by]
    counts = _counts(people, by, kinds)
    covered = _covered(counts, _lines(kinds, counts), threshold)
    rows = [
        (*cell, np.nan if cell in covered else n, cell in covered) for cell, n in counts.items()
    ]
    table = pd.DataFrame(rows, columns=[*by, "people", "suppressed"])
    return table.astype({"people": float, "suppressed": bool})


def _named(column: pd.Series) -> pd.Series:
    return column.map(lambda value: "" if pd.isna(value) else str(value).strip())


def _kinds(column: pd.Series) -> list[str]:
    return sorted(set(_named(column)), key=written)


def _counts(people: pd.DataFrame, by: Sequence[str], kinds: list[list[str]]) -> Counts:
    """Count people in every cell and in every total."""
    named = list(zip(*(_named(people[column]) for column in by), strict=True))
    counts: Counts = dict.fromkeys(product(*([*kind, EVERYBODY] for kind in kinds)), 0)
    for values in named:
        for cell in product(*((value, EVERYBODY) for value in values)):
            counts[cell] += 1
    return counts


def _lines(kinds: list[list[str]], counts: Counts) -> list[tuple[list[Cell], Cell]]:
    """List what adds up to what: (cells, their total)."""
    return [
        (parts, total)
        for total in counts
        for axis in range(len(kinds))
        if total[axis] == EVERYBODY and (parts := _parts(total, axis, kinds[axis]))
    ]


def _parts(total: Cell, axis: int, kind: list[str]) -> list[Cell]:
    return [(*total[:axis], value, *total[axis + 1 :]) for value in kind]


def _covered(counts: Counts, lines: list[tuple[list[Cell], Cell]], threshold: int) -> set[Cell]:
    """Choose the cells to hide."""
    if threshold <= 1:
        return set()
    covered = {cell for cell, count in counts.items() if count < threshold}
    waiting = sorted(cell for cell in covered if counts[cell])
    while waiting:
        most = _most(waiting, covered, counts, lines)
        waiting = [
            cell for cell, most_people in zip(waiting, most, strict=True) if most_people < threshold
        ]
        added = {
            helper
            for cell in waiting
            if (helper := _helper(cell, covered, counts, lines)) is not None
        }
        if not added:
            break
        covered |= added
    return covered


def _most(
    asked: list[Cell], covered: set[Cell], counts: Counts, lines: list[tuple[list[Cell], Cell]]
) -> NDArray[np.float64]:
    """Return the most people that each of the cells could have, given everything shown."""
    from scipy.optimize import linprog
    from scipy.sparse import lil_matrix

    place = {cell: i for i, cell in enumerate(sorted(covered))}
    used = [(parts, total) for parts, total in lines if any(c in place for c in [*parts, total])]
    sums = lil_matrix((len(used), len(place)))
    known = np.zeros(len(used))
    for row, (parts, total) in enumerate(used):
        for cell, sign in [*((part, 1) for part in parts), (total, -1)]:
            if cell in place:
                sums[row, place[cell]] = sign
            else:
                known[row] -= sign * counts[cell]
    most = np.empty(len(asked))
    for at, cell in enumerate(asked):
        aim = np.zeros(len(place))
        aim[place[cell]] = -1
        found = linprog(aim, A_eq=sums.tocsr(), b_eq=known, bounds=(0, None), method="highs")
        most[at] = -found.fun if found.success else np.inf
    return np.floor(most + 1e-6)


def _helper(
    cell: Cell, covered: set[Cell], counts: Counts, lines: list[tuple[list[Cell], Cell]]
) -> Cell | None:
    """Find the smallest shown cell to hide for another: on a line with it, else anywhere."""
    near = {c for parts, total in lines if cell in (line := [*parts, total]) for c in line}
    for choice in (near, set(counts)):
        shown = [c for c in choice if c not in covered]
        if shown:
            return min(shown, key=lambda c: (counts[c], c))
    return None
