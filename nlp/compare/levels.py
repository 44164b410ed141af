"""How much of a theme each group has, with an interval for each group."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from nlp.compare.cells import SHOWN, extreme, hidden
from nlp.compare.pair import LEVEL
from nlp.compare.sample import Labels, Sample, sample

Floats = NDArray[np.float64]
COLUMNS = ["theme", "group", "share", "low", "high", "people", "suppressed", "reason"]


def group_shares(shares: pd.DataFrame, groups: Labels, *, threshold: int) -> pd.DataFrame:
    """Give the mean share of each theme in each group.

    Args:
        shares: Person x theme, each share between 0 and 1; NaN for a person without passages.
        groups: Person -> group; people without a group are left out.
        threshold: The fewest people a shown group may have; see `nlp.compare.cells.hidden`.

    Returns:
        One row for each theme and group: `theme`, `group`, `share` (mean over people), `low` and
        `high` (95 % interval of `mean_interval`, within 0 and 1), `people` (with a share in the
        theme), `suppressed` and `reason`. Suppressed rows hold NaN.
    """
    people = sample(shares, groups)
    rows: list[tuple[object, ...]] = []
    for theme, label in enumerate(people.themes):
        cells = [_cell(people, theme, group) for group in range(len(people.groups))]
        reasons = hidden([c.size for c in cells], [extreme(c) for c in cells], threshold)
        spread = pooled_spread(cells)
        for group, cell, reason in zip(people.groups, cells, reasons, strict=True):
            if reason == SHOWN:
                low, high = mean_interval(cell, spread)
                numbers = (cell.mean(), low, high, float(cell.size))
                rows.append((label, group, *numbers, False, reason))
            else:
                rows.append((label, group, *[np.nan] * 4, True, reason))
    table = pd.DataFrame(rows, columns=COLUMNS)
    return table.astype(
        {"share": float, "low": float, "high": float, "people": float, "suppressed": bool}
    )


@dataclass(frozen=True)
class Spread:
    """The standard deviation within all groups and its degrees of freedom; nan and 0 if unknown."""

    deviation: float
    freedom: int


def pooled_spread(cells: list[Floats]) -> Spread:
    """Return the standard deviation within groups."""
    freedom = sum(max(cell.size - 1, 0) for cell in cells)
    if not freedom:
        return Spread(float("nan"), 0)
    squares = sum(float(((cell - cell.mean()) ** 2).sum()) for cell in cells if cell.size)
    return Spread(float(np.sqrt(squares / freedom)), freedom)


def mean_interval(values: Floats, spread: Spread) -> tuple[float, float]:
    """Return a 95 % interval of a mean share.

    It is the wider of two Student intervals, one from the group's own standard deviation and one
    from that within all groups: a handful of people who all said nothing of a theme look surer than
    they are.

    Args:
        values: Shares of the people of the group, between 0 and 1.
        spread: The spread within groups (`pooled_spread`).

    Returns:
        Lower and upper end within 0 and 1; 0 and 1 for a single person.
    """
    from scipy.special import stdtrit

    if values.size < 2:
        return 0.0, 1.0
    own = float(stdtrit(values.size - 1, 1 - LEVEL / 2)) * float(values.std(ddof=1))
    pooled = float(stdtrit(spread.freedom, 1 - LEVEL / 2)) * spread.deviation
    half = float(np.fmax(own, pooled)) / np.sqrt(values.size)
    middle = float(values.mean())
    return max(0.0, middle - half), min(1.0, middle + half)


def _cell(people: Sample, theme: int, group: int) -> Floats:
    values = people.values[people.codes == group, theme]
    known: Floats = values[~np.isnan(values)]
    return known
