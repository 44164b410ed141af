"""Who these people are: how teams, nationalities and languages go together."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from data.database import open_session
from nlp.compare import crosstab
from nlp.compare.crosstab import EVERYBODY
from nlp.results import Found, Grouping
from pages.researcher.groups import names_of
from pages.who import Here
from pages.words import t, tn
from survey.teams import movers

BY: tuple[Grouping, ...] = ("team", "nationality", "language")


def people_table(me: Here, found: Found) -> None:
    """Show how many people there are of each team, nationality and language.

    What always goes together cannot be told apart by any comparison.
    """
    people = _people(found)
    with st.expander(t("Who these people are"), icon=":material/groups:", key="people-table"):
        st.write(_confounded(people, me.study.threshold))
        other = st.segmented_control(
            t("Beside teams"),
            ["nationality", "language"],
            default="nationality",
            required=True,
            format_func={
                "nationality": t("Nationalities"),
                "language": t("Languages"),
            }.__getitem__,
            label_visibility="collapsed",
            key="people-by",
        )
        st.dataframe(_sheet(me, people, other))
        with open_session() as session:
            moved = len(movers(session=session, study_id=me.study.id))
        if moved:
            st.caption(
                tn(
                    "One person changed teams and counts where most of their passages lie.",
                    "{count} people changed teams and count where most of their passages lie.",
                    moved,
                )
            )
        st.caption(
            t(
                "People; a dash stands for fewer than {threshold}, and for numbers that would give "
                "those away. The language is the one that a person writes most.",
                threshold=me.study.threshold,
            )
        )


def _people(found: Found) -> pd.DataFrame:
    """Return a row for each person: the group most of their passages lie in."""
    return pd.DataFrame({by: found.groups(by) for by in BY}).fillna("")


def _confounded(people: pd.DataFrame, threshold: int) -> str:
    """Say whether nationalities can be told apart from teams."""
    kinds = (
        people[people["nationality"] != ""].groupby("nationality")["team"].agg(["size", "nunique"])
    )
    large = kinds[kinds["size"] >= threshold]
    if large.empty:
        return t("No nationality has as many people as may be shown.")
    inside = int((large["nunique"] == 1).sum())
    if inside == len(large):
        return t(
            "Every nationality that may be shown belongs to one team only: what looks like a "
            "nationality may be the team."
        )
    if inside:
        return t(
            "{inside} of {count} nationalities belong to one team only: there the two cannot be "
            "told apart.",
            inside=inside,
            count=len(large),
        )
    return t("Every nationality that may be shown is found in more than one team.")


def _sheet(me: Here, people: pd.DataFrame, other: str) -> pd.DataFrame:
    table = crosstab(people, ["team", other], threshold=me.study.threshold)
    names = {
        by: names_of(me, by, people[by].unique()) | {EVERYBODY: t("Together"), "": "?"}
        for by in ("team", other)
    }
    written = table.assign(
        team=table["team"].map(names["team"]),
        **{other: table[other].map(names[other])},
        people=[
            t("–") if hidden else f"{n:.0f}"
            for n, hidden in zip(table["people"], table["suppressed"], strict=True)
        ],
    )
    sheet = written.pivot(index=other, columns="team", values="people")
    rows, columns = (list(dict.fromkeys(written[by])) for by in (other, "team"))
    sheet = sheet.loc[rows, columns]
    sheet.index.name = sheet.columns.name = None
    return sheet
