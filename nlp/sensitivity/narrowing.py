"""Shares of people from a part of what they said: one question, one source, one language."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from nlp.results import Found


def entries(found: Found) -> pd.DataFrame:
    """Count what each person gave.

    Returns:
        Person (index) x `entries` (a questionnaire on a day, or an interview on a day), `passages`
        (empty answers left out) and `days`.
    """
    said = _said(found)
    grouped = said.groupby("person")
    return pd.DataFrame(
        {
            "entries": entries_of(said),
            "passages": grouped.size(),
            "days": grouped["day"].nunique(),
        }
    )


def narrowed(
    found: Found,
    *,
    sources: Collection[str] | None = None,
    questions: Collection[str] | None = None,
    languages: Collection[str] | None = None,
    minimum: int = 1,
    shares: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return person x theme shares of a part of the passages.

    Args:
        found: The run.
        sources: Only these (`reflection`, `interview`).
        questions: Only answers to these (`questionnaire:path`).
        languages: Only passages in these.
        minimum: People with fewer entries in this part are left out.
        shares: Passage x theme in place of the run's own.

    Returns:
        Means over each person's passages, empty answers left out; people without any are not in it.
    """
    said = _said(found)
    for column, wanted in (("source", sources), ("question", questions), ("language", languages)):
        if wanted is not None:
            said = said[said[column].isin(list(wanted))]
    if minimum > 1:
        given = entries_of(said)
        said = said[said["person"].map(given) >= minimum]
    own = (found.shares if shares is None else shares).reindex(said.index).dropna(how="all")
    means: pd.DataFrame = own.groupby(said["person"].reindex(own.index)).mean()
    return means


def entries_of(said: pd.DataFrame) -> pd.Series:
    """Count the entries of each person among these passages."""
    kind = said["question"].str.partition(":")[0].where(said["question"] != "", "interview")
    entry = kind + "|" + said["day"].astype(str)
    counted: pd.Series = entry.groupby(said["person"]).nunique()
    return counted


def _said(found: Found) -> pd.DataFrame:
    """Return the passages that are not empty answers."""
    return found.passages.drop(index=list(found.empty), errors="ignore")
