"""Which passages a researcher looks at: filters that say how many people remain."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from data.database import open_session
from nlp.reading import questions
from pages import words
from pages.who import Here
from pages.words import t
from survey.studies import teams_of

OF_PEOPLE = ("team", "nationality", "role")


@dataclass(frozen=True)
class Filtered:
    """What a filter leaves.

    Attributes:
        passages: The rows that remain.
        people: How many people wrote them.
        shown: Whether they may be shown; not where they, or those they leave out, are so few that
            a passage would point to its author.
        active: Whether anything was filtered at all.
    """

    passages: pd.DataFrame
    people: int
    shown: bool
    active: bool


def narrow(
    passages: pd.DataFrame,
    chosen: dict[str, list[str]],
    days: tuple[dt.date, dt.date] | None,
    *,
    threshold: int,
) -> Filtered:
    """Keep the passages that fit what was chosen.

    Args:
        passages: As in `Found.passages`.
        chosen: For each column the values that are wanted; none where all are.
        days: First and last day, or none for all.
        threshold: The fewest people that may be shown.
    """
    of_people = pd.Series(data=True, index=passages.index)
    of_passages = of_people.copy()
    for column, values in chosen.items():
        if values:
            kept = passages[column].isin(values)
            if column in OF_PEOPLE:
                of_people &= kept
            else:
                of_passages &= kept
    if days:
        of_passages &= passages["day"].between(*days)
    remaining = passages[of_people & of_passages]
    people = remaining["person"].nunique()
    left_out = passages.loc[~of_people, "person"].nunique()
    active = bool(days) or any(chosen.values())
    few = people < threshold or 0 < left_out < threshold
    return Filtered(remaining, people, not (active and few), active)


def ask(me: Here, passages: pd.DataFrame) -> Filtered:
    """Ask what to look at, and keep those passages."""
    names = _names(me)
    chosen: dict[str, list[str]] = {}
    with st.expander(t("Filter"), icon=":material/filter_alt:", key="filter"):
        for column, (label, called) in names.items():
            values = sorted(set(passages[column].unique()) - {""}, key=called)
            if len(values) > 1:
                chosen[column] = st.multiselect(
                    label,
                    values,
                    format_func=called,
                    placeholder=t("All"),
                    key=f"filter-{column}",
                )
        days = _days(passages)
    return narrow(passages, chosen, days, threshold=me.study.threshold)


def _days(passages: pd.DataFrame) -> tuple[dt.date, dt.date] | None:
    known = sorted(passages["day"].dropna().unique())
    if len(known) < 2:
        return None
    first, last = st.select_slider(
        t("Days"),
        known,
        value=(known[0], known[-1]),
        format_func=lambda day: f"{day:%d.%m.}",
        key="filter-days",
    )
    return None if (first, last) == (known[0], known[-1]) else (first, last)


def _names(me: Here) -> dict[str, tuple[str, Callable[[str], str]]]:
    """Return for each filter what it and its values are called."""
    with open_session() as session:
        teams = {
            team.code: words.of(team.name, team.code)
            for team in teams_of(session=session, study_id=me.study.id).values()
        }
        asked = {
            key: words.of(texts, key)
            for key, texts in questions(session=session, study_id=me.study.id).items()
        }
    sources = {"reflection": t("Entries"), "interview": t("Interviews")}
    return {
        "team": (t("Team"), lambda code: teams.get(code, code)),
        "nationality": (t("Nationality"), words.country_name),
        "role": (t("Role"), str),
        "language": (t("Language"), words.language_name),
        "source": (t("Where it was said"), lambda source: sources.get(source, source)),
        "question": (t("Question"), lambda key: asked.get(key, key)),
    }
