"""What people's decisions about themes changed in a comparison."""

from __future__ import annotations

import streamlit as st

from nlp.results import Found, Grouping, title_of
from pages import words
from pages.researcher.comparing import compared
from pages.researcher.findings import proposal
from pages.who import Here
from pages.words import t, tell


def before_after(
    me: Here, found: Found, by: Grouping, names: dict[str, str], decided: list[str]
) -> None:
    """Show the comparison as the computer proposed the themes beside the one as people decided.

    Args:
        me: Who looks.
        found: The run as people decided it.
        by: What makes the groups.
        names: What the groups are called.
        decided: What the comparison says as people decided.
    """
    proposed = proposal(me.study.id)
    changed = found.decisions.into or found.decisions.splits or found.decisions.moved
    if proposed is None or not (changed or found.decisions.hidden):
        return
    with st.expander(
        t("Before and after what people decided"), icon=":material/compare:", key="before-after"
    ):
        before, after = st.columns(2, gap="large")
        with before:
            st.subheader(t("As the computer proposed"), anchor=False)
            result = compared(me, proposed, by, decided=False)
            titles = {theme.number: title_of(theme, words.language()) for theme in proposed.themes}
            for sentence in result.sentences(titles, names) if result else []:
                st.write(tell(sentence))
        with after:
            st.subheader(t("As people decided"), anchor=False)
            for told in decided:
                st.write(told)
        st.caption(
            t(
                "Merging, splitting, moving and setting aside were decided by people who may have "
                "known the comparison: print the proposed one beside it."
            )
        )
