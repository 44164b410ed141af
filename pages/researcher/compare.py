"""Who writes about different things?"""

from __future__ import annotations

from collections.abc import Hashable

import streamlit as st

from data.database import open_session
from nlp.chapter.differences import Differences, differences
from nlp.charts import group_chart
from nlp.results import Found, Grouping, title_of
from pages import words
from pages.researcher.findings import findings
from pages.researcher.showing import show
from pages.who import require_role
from pages.words import t, tell
from survey.studies import teams_of

me = require_role("researcher")
found = findings(me.study.id)
if found is None:
    st.title(t("Comparing comes after the themes"), anchor=False)
    st.write(t("Find the themes first: groups are compared by how much they write about each."))
    st.stop()

GROUPINGS: dict[Grouping, str] = {
    "team": t("Teams"),
    "nationality": t("Nationalities"),
    "role": t("Roles"),
}


@st.cache_resource(max_entries=16, show_spinner=False)
def compared(
    key: tuple[object, ...],  # noqa: ARG001 - what the answer depends on
    by: Grouping,
    threshold: int,
    _found: Found,
) -> Differences | None:
    """Compare groups once for a run."""
    return differences(_found, by, threshold=threshold)


def names_of(by: Grouping, codes: list[str]) -> dict[str, str]:
    """Return what the groups are called."""
    if by == "nationality":
        return {code: words.country_name(code) for code in codes}
    if by == "team":
        with open_session() as session:
            teams = teams_of(session=session, study_id=me.study.id)
        return {team.code: words.of(team.name, team.code) for team in teams.values()}
    return {code: code for code in codes}


def heading(result: Differences | None) -> str:
    """Answer the question in one line."""
    if result is None:
        return t("There are not enough people to compare")
    if not result.themes:
        return t("These groups are not distinguishable")
    return t("Some differences hold")


by = st.segmented_control(
    t("Compare"),
    list(GROUPINGS),
    default="team",
    required=True,
    format_func=GROUPINGS.__getitem__,
    label_visibility="collapsed",
    key="by",
)
result = compared((found.run.id, len(found.passages)), by, me.study.threshold, found)
st.title(heading(result), anchor=False)
if result is None:
    st.write(
        t(
            "A group is shown from {threshold} people on, and two are needed.",
            threshold=me.study.threshold,
        )
    )
    st.stop()

groups = found.groups(by)
titles = {theme.number: title_of(theme, words.language()) for theme in found.themes}
names = names_of(by, sorted(groups.unique()))
called: dict[Hashable, str] = dict(titles.items()) | dict(names.items())
for sentence in result.sentences(titles, names):
    st.write(tell(sentence))
st.caption(
    t(
        "People are compared, not texts: each person’s shares first, then groups. p is from "
        "regrouping these people at random, nationalities and roles within their teams, and is "
        "adjusted for all themes."
    )
)
order = {theme.number: place for place, theme in enumerate(found.themes)}
shares = result.levels.sort_values("theme", key=lambda column: column.map(order), kind="stable")
show(
    lambda ground: group_chart(shares, names=called, translate=tell, ground=ground),
    key="groups",
)
with st.expander(t("The numbers as a table")):
    table = result.table.assign(
        theme=result.table["theme"].map(titles),
        group=result.table["group"].map(names),
        other=result.table["other"].map(names),
    )
    st.dataframe(
        table[["theme", "group", "other", "difference", "low", "high", "p", "p_adjusted"]],
        column_config={
            "theme": t("Theme"),
            "group": t("Group"),
            "other": t("Compared with"),
            "difference": st.column_config.NumberColumn(t("Difference"), format="%+.3f"),
            "low": st.column_config.NumberColumn(t("from"), format="%+.3f"),
            "high": st.column_config.NumberColumn(t("to"), format="%+.3f"),
            "p": st.column_config.NumberColumn("p", format="%.3f"),
            "p_adjusted": st.column_config.NumberColumn(t("p, adjusted"), format="%.3f"),
        },
        hide_index=True,
    )
