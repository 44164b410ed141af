"""What do people say about this?"""

from __future__ import annotations

import streamlit as st

from nlp.results import Found, title_of
from pages import words
from pages.researcher.about import about
from pages.researcher.checked import checked
from pages.researcher.code_themes import codes_of_theme
from pages.researcher.deciding import outcome, saw
from pages.researcher.findings import findings
from pages.researcher.listing import NOWHERE, listing
from pages.researcher.marks import mark
from pages.researcher.starring import memos_on_theme, refused, stranded_memos
from pages.who import require_role
from pages.words import t

me = require_role("researcher")
found = findings(me.study.id)
if found is None or not (found.themes or found.hidden):
    st.title(t("Reading comes after the themes"), anchor=False)
    st.write(t("Find the themes first: then the passages behind each of them are here."))
    st.stop()

themes = {theme.number: theme for theme in (*found.themes, *found.hidden)}
titles = {number: title_of(theme, words.language()) for number, theme in themes.items()}
titles[NOWHERE] = t("In no theme")


def asked(of: Found) -> int:
    """Return the theme that the address asks for, or the first."""
    wanted = st.query_params.get("theme", "")
    if wanted == str(NOWHERE):
        return NOWHERE
    number = of.decisions.root(int(wanted)) if wanted.isdecimal() else NOWHERE
    return number if number in themes else next(iter(themes))


def choose(of: Found) -> int:
    """Let the reader take another theme; the address follows, so that it can be sent to others."""
    # Set here, because what was chosen before may be part of another theme by now.
    st.session_state["theme"] = asked(of)
    return int(
        st.selectbox(
            t("Theme"),
            list(titles),
            format_func=titles.__getitem__,
            key="theme",
            label_visibility="collapsed",
            on_change=lambda: st.query_params.update(theme=str(st.session_state["theme"])),
        )
    )


outcome(me, found)
refused()
head = st.container()
chosen = choose(found)
if chosen == NOWHERE:
    head.title(t("What is in no theme?"), anchor=False)
else:
    theme = themes[chosen]
    head.title(t("What do people say about “{theme}”?", theme=titles[chosen]), anchor=False)
    mark(found, theme, checked(found).get(theme.number))
    with st.expander(t("Its words in every language"), icon=":material/translate:", key="words"):
        for tag, terms in theme.keywords.items():
            if terms and tag not in {"und", "mul"}:
                st.write(f"**{words.language_name(tag)}** {' · '.join(terms)}")
    codes_of_theme(me, found, chosen)
    memos_on_theme(me, found, chosen)
    with st.expander(t("Decide about this theme"), icon=":material/edit:", key="decide"):
        about(me, found, theme, titles)
listing(me, found, chosen, titles)
stranded_memos(found)
saw(found)
