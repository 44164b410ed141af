"""Who writes about different things?"""

from __future__ import annotations

from collections.abc import Hashable

import streamlit as st

from nlp.chapter.differences import LEVEL, Differences
from nlp.charts import difference_chart, group_chart
from nlp.checking import failing, left_out
from nlp.results import Grouping, title_of
from pages import words
from pages.researcher.before_after import before_after
from pages.researcher.checked import checked
from pages.researcher.comparing import compared
from pages.researcher.correcting import correcting
from pages.researcher.findings import findings
from pages.researcher.groups import names_of
from pages.researcher.holding import holding
from pages.researcher.over_days import over_days
from pages.researcher.people_table import people_table
from pages.researcher.showing import show
from pages.who import require_role
from pages.words import t, tell

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
result = compared(me, found, by)
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
names = names_of(me, by, sorted(groups.unique()))
called: dict[Hashable, str] = dict(titles.items()) | dict(names.items())
told = [tell(sentence) for sentence in result.sentences(titles, names)]
for sentence in told:
    st.write(sentence)
for message in left_out(failing(checked(found)), titles, words.language()):
    st.caption(f":material/rule: {tell(message)}")
st.caption(
    t(
        "People are compared, not texts: each person’s shares first, then groups. p is from "
        "regrouping these people at random, nationalities and roles within their teams, and is "
        "adjusted for all themes."
    )
)
order = {theme.number: place for place, theme in enumerate(found.themes)}
kinds = {"shares": t("Shares"), "differences": t("Differences")}
kind = st.segmented_control(
    t("Picture"),
    list(kinds),
    default="shares",
    required=True,
    format_func=kinds.__getitem__,
    label_visibility="collapsed",
    key="comparison",
)
if kind == "shares":
    shares = result.levels.sort_values("theme", key=lambda column: column.map(order), kind="stable")
    show(
        lambda ground: group_chart(shares, names=called, translate=tell, ground=ground),
        key="groups",
        name=f"shares-{by}",
    )
else:
    pairs = result.table.sort_values("theme", key=lambda column: column.map(order), kind="stable")
    show(
        lambda ground: difference_chart(pairs, names=called, translate=tell, ground=ground),
        key="differences",
        name=f"differences-{by}",
    )
    if result.themes and not (result.table["p_adjusted"] <= LEVEL).any():
        st.caption(
            t(
                "No pair holds by itself, although groups differ: with so few people, asking about "
                "each pair leaves too little to go by."
            )
        )
correcting(found, by, result, titles, names)
people_table(me, found)
holding(me, found, by, titles, names)
over_days(me, found, by, titles)
before_after(me, found, by, names, told)
