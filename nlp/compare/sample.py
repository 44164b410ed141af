"""The people of a comparison: their shares, their groups and the strata they stay in."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Codes = NDArray[np.int64]
Bools = NDArray[np.bool_]
Labels = Mapping[Any, Any] | pd.Series
"""Person -> group, as a mapping or a Series with people in its index."""


@dataclass(frozen=True)
class Sample:
    """People who belong to a group, in an order that depends on their keys alone.

    Attributes:
        people: Keys of the people.
        themes: Labels of the themes.
        values: Person x theme shares; NaN where a person gave nothing to take a share of.
        groups: Labels of the groups, ordered by how they are written.
        codes: For each person the position of the group in `groups`.
        strata: For each person the number of the stratum within which labels may be exchanged.
    """

    people: list[Hashable]
    themes: list[Hashable]
    values: Floats
    groups: list[Hashable]
    codes: Codes
    strata: Codes

    def patterns(self) -> list[tuple[Bools, list[int]]]:
        """Gather themes by who has a share in them: (mask of people, positions of the themes)."""
        found: dict[bytes, tuple[Bools, list[int]]] = {}
        for theme in range(len(self.themes)):
            there = ~np.isnan(self.values[:, theme])
            found.setdefault(there.tobytes(), (there, []))[1].append(theme)
        return list(found.values())


def sample(shares: pd.DataFrame, groups: Labels, strata: Labels | None = None) -> Sample:
    """Bring shares and labels together.

    Args:
        shares: Person x theme. A person who occurs in several rows counts once, with the mean.
        groups: Person -> group. People without a group (absent, None, NaN or blank) are left out.
        strata: Person -> stratum, for example the team; without it everybody is in one stratum.
            People without a stratum form one of their own.

    Returns:
        The sample; it may have no people, one group or no themes.
    """
    numbers = shares.apply(pd.to_numeric, errors="coerce").astype(float)
    numbers = numbers.replace([np.inf, -np.inf], np.nan)
    if not numbers.index.is_unique:
        numbers = numbers.groupby(level=0).mean()
    group_of = labels(groups)
    members = sorted((key for key in numbers.index if key in group_of), key=written)
    names = sorted({group_of[key] for key in members}, key=written)
    place = {name: i for i, name in enumerate(names)}
    return Sample(
        people=members,
        themes=list(numbers.columns),
        values=numbers.loc[members].to_numpy(dtype=np.float64),
        groups=names,
        codes=np.array([place[group_of[key]] for key in members], dtype=np.int64),
        strata=_strata(members, strata),
    )


def labels(groups: Labels) -> dict[Hashable, Hashable]:
    """Return person -> label as a dictionary without people whose label is missing or blank."""
    return {person: label for person, label in groups.items() if not _missing(label)}


def _missing(label: object) -> bool:
    """Tell None, every kind of NaN (which differ from themselves) and blanks from labels."""
    if label is None or label is pd.NaT or label is pd.NA:
        return True
    return label != label or not str(label).strip()  # noqa: PLR0124 - only NaN differs from itself


def written(label: Hashable) -> tuple[str, str]:
    """Order labels of any type by how they are written."""
    return (str(label), type(label).__name__)


def _strata(members: list[Hashable], strata: Labels | None) -> Codes:
    if strata is None:
        return np.zeros(len(members), dtype=np.int64)
    stratum_of = labels(strata)
    names = sorted({stratum_of[key] for key in members if key in stratum_of}, key=written)
    place = {name: i for i, name in enumerate(names)}
    return np.array(
        [place[stratum_of[key]] if key in stratum_of else len(names) for key in members],
        dtype=np.int64,
    )
