"""Comparing groups with what blind coders know of the computer's errors."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from nlp.checking.reading import Checked
from nlp.compare import corrected, error_rates
from nlp.results import Found


def correctable(checks: Mapping[int, Checked]) -> dict[int, Checked]:
    """Return the checks that a comparison can be corrected by.

    Those that still fit and of which two people have finished every language: what they said then
    stands for all passages in these languages.
    """
    return {number: check for number, check in checks.items() if check.counts and check.complete}


def correct(
    table: pd.DataFrame, found: Found, checks: Mapping[int, Checked], groups: pd.Series
) -> pd.DataFrame:
    """Add corrected differences to the rows of a comparison whose themes were checked.

    Args:
        table: What `compare_in_steps` returned, without strata.
        found: The run.
        checks: Its checks (`correctable`).
        groups: Person -> group.

    Returns:
        The rows of checked themes with `corrected`, `corrected_low` and `corrected_high` as
        `nlp.compare.corrected` gives them, and with `hits` and `false_alarms`, the mean share that
        passages about the theme and others have in it.
    """
    parts = []
    for number, check in checks.items():
        rows = table[table["theme"] == number]
        if rows.empty or number not in found.shares.columns:
            continue
        said = check.said.mean(axis=1).to_frame(number)
        languages = found.passages["language"]
        asked = languages.index[languages.isin(list(check.languages))].difference(
            pd.Index(sorted(found.empty))
        )
        shares = found.shares.loc[asked, [number]]
        people = found.passages["person"]
        rates = error_rates(shares, said, people, weights=check.weights).loc[number]
        parts.append(
            corrected(rows, shares, said, people, groups, weights=check.weights).assign(
                hits=rates["hits"], false_alarms=rates["false_alarms"]
            )
        )
    return pd.concat(parts, ignore_index=True) if parts else table.iloc[:0]
