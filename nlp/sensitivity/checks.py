"""The same question to the groups, asked of parts of the material and of raw vectors.

Neither shares nor differences are given, only whether groups differ and which group writes most:
shares of groups with and without a few people would tell what these wrote.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from nlp.compare import group_shares, omnibus
from nlp.results import WITHIN_TEAMS, Found, Grouping
from nlp.sensitivity.narrowing import narrowed

Kind = Literal["all", "source", "question", "language", "minimum", "raw"]
MINIMA = (3, 5)
"""Fewest entries of a person that are tried."""
COLUMNS = [
    "kind", "value", "theme", "explained", "p", "p_adjusted", "people", "groups", "separable",
    "most",
]  # fmt: skip


@dataclass(frozen=True)
class Check:
    """A part of the material, or another way to look at it.

    Attributes:
        kind: `all` (as reported), `source`, `question`, `language` (only passages of one),
            `minimum` (only people with so many entries) or `raw` (raw vectors).
        value: Which source, question, language or number; empty for the others.
        shares: Person x theme.
    """

    kind: Kind
    value: str
    shares: pd.DataFrame


def check(
    found: Found, by: Grouping, *, threshold: int, raw: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Ask each theme whether groups differ: in everything, in parts of it, and by raw vectors.

    Args:
        found: The run, with what people decided.
        by: What makes the groups; nationalities, roles and languages are exchanged within teams.
        threshold: The fewest people of a group that takes part.
        raw: What `raw_shares` returned; None leaves that check out.

    Returns:
        One row for each check and theme, the whole material first: `kind`, `value`, `theme`,
        `explained` (share of the variance between groups), `p` and `p_adjusted` (over the themes of
        the same check), `people` and `groups` that took part, `separable`, and `most`, the group
        that writes most about it (blank where it must not be told). Parts in which fewer than two
        groups have enough people are left out.
    """
    groups = found.groups(by)
    teams = found.groups("team")
    strata = teams if by in WITHIN_TEAMS and teams.nunique() > 1 else None
    tables = []
    for each in _checks(found, raw):
        if by == "language" and each.kind == "language":
            continue
        present = groups.reindex(each.shares.index).dropna()
        if (present.value_counts() >= threshold).sum() < 2:
            continue
        table = omnibus(each.shares, present, threshold=threshold, strata=strata)
        most = _most(each.shares, present, threshold)
        tables.append(
            table.assign(kind=each.kind, value=each.value, most=table["theme"].map(most).fillna(""))
        )
    if not tables:
        return pd.DataFrame(columns=COLUMNS)
    return pd.concat(tables, ignore_index=True)[COLUMNS]


def _checks(found: Found, raw: pd.DataFrame | None) -> Iterator[Check]:
    yield Check("all", "", found.person_shares)
    for source in _several(found, "source"):
        yield Check("source", source, narrowed(found, sources=[source]))
    for question in _several(found, "question"):
        yield Check("question", question, narrowed(found, questions=[question]))
    for language in _several(found, "language"):
        yield Check("language", language, narrowed(found, languages=[language]))
    for minimum in MINIMA:
        yield Check("minimum", str(minimum), narrowed(found, minimum=minimum))
    if raw is not None and len(raw):
        yield Check("raw", "", narrowed(found, shares=raw))


def _several(found: Found, column: str) -> list[str]:
    """Return the values of a column, the most frequent first; none where there is one only."""
    values = found.passages.loc[found.passages[column] != "", column].value_counts()
    rest = bool((found.passages[column] == "").any())
    return [str(value) for value in values.index] if len(values) + rest > 1 else []


def _most(shares: pd.DataFrame, groups: pd.Series, threshold: int) -> dict[object, str]:
    """Name the group that writes most about each theme, among those that may be shown."""
    levels = group_shares(shares, groups, threshold=threshold)
    shown = levels[~levels["suppressed"]]
    best: dict[object, str] = {}
    for theme, part in shown.groupby("theme"):
        share = part["share"].to_numpy(dtype=float)
        if len(share) > 1 and np.ptp(share) > 0:
            best[theme] = str(part["group"].iloc[int(share.argmax())])
    return best
