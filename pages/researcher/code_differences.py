"""Which differences between groups hold, in what people coded."""

from __future__ import annotations

import streamlit as st

from nlp.chapter.differences import Differences
from nlp.coded import Coded, Side, person_codes
from nlp.compare import compare_in_steps, group_shares
from pages.researcher.comparing import FEW
from pages.who import Here
from pages.words import t, tell


def code_differences(me: Here, coded: Coded, by: Side, names: dict[str, str]) -> None:
    """Say on demand which groups differ in how much of what they say carries a code.

    Args:
        me: Who looks.
        coded: What was coded.
        by: What makes the groups: `team`, `role` or `nationality`.
        names: What they are called.
    """
    if not st.toggle(t("Ask which differences hold"), key=f"code-differences-{by}"):
        return
    people = coded.passages.groupby("person")
    groups = people[by].agg(lambda each: str(each.mode().iat[0]))
    groups = groups[groups != ""]
    if (groups.value_counts() >= me.study.threshold).sum() < 2:
        st.write(t("There are not enough people to compare"))
        return
    if len(groups) > FEW:
        st.write(t("With so many people this takes long: compare them in the export."))
        return
    teams = people["team"].agg(lambda each: str(each.mode().iat[0]))
    strata = teams if by != "team" and teams.nunique() > 1 else None
    # Numbers for the codes, as a comparison has them.
    shares = person_codes(coded, "passages")
    titles = {place: coded.names()[code] for place, code in enumerate(coded.used)}
    shares.columns = list(titles)
    result = Differences(
        table=compare_in_steps(shares, groups, threshold=me.study.threshold, strata=strata),
        levels=group_shares(shares, groups, threshold=me.study.threshold),
        people=len(groups),
    )
    for sentence in result.sentences(titles, names):
        st.write(tell(sentence))
    st.caption(
        t("Themes here are codes: how much of each person’s read passages carries each of them.")
    )
