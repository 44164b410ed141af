"""From codes to themes and back: which themes a code falls into, which codes a theme holds."""

from __future__ import annotations

from uuid import UUID

import streamlit as st

from data.database import open_session
from i18n import Refusal
from nlp.coded import codes_in_theme, themes_of_code
from nlp.coded.beginning import begin_theme
from nlp.coding.codebook import Branch
from nlp.results import Found, title_of
from pages import words
from pages.interviewer.escaping import plain
from pages.navigation import FOLDER, PASSAGES, RETRIEVE, go
from pages.researcher.coded import coded_of, kept_back
from pages.researcher.findings import findings
from pages.who import Here
from pages.words import t, tell, tn

MOST = 5
"""Themes of a code, or codes of a theme, that are named."""


def code_themes(me: Here, branch: Branch) -> None:
    """Say which themes a code falls into, and offer to begin one from it.

    Args:
        me: Who is here.
        branch: The code.
    """
    st.page_link(
        str(FOLDER / RETRIEVE.file),
        label=t("Read what is marked with it"),
        icon=RETRIEVE.icon,
        query_params={"code": str(branch.code.id)},
    )
    found = findings(me.study.id)
    if found is None:
        return
    coded = coded_of(me)
    titles = {theme.number: title_of(theme, words.language()) for theme in found.themes}
    titles[-1] = t("In no theme")
    met = [
        each for each in themes_of_code(coded, found.main, branch.code.id) if each.theme in titles
    ]
    kept_back(coded)
    if met:
        st.caption(t("The themes it falls into, by the part of its passages"))
        for each in met[:MOST]:
            share = f"{each.of_code:.0%}"
            people = tn("one person", "{count} people", each.people)
            st.page_link(
                str(FOLDER / PASSAGES.file),
                label=plain(f"{titles[each.theme]} · {share} · {people}"),
                query_params={"theme": str(each.theme)},
            )
    _begin(me, branch.code.id, found)


def _begin(me: Here, code_id: UUID, found: Found) -> None:
    """Offer to begin a theme from a code, or show the one that was."""
    begun = [theme for theme, code in found.decisions.begun.items() if code == str(code_id)]
    if begun:
        st.page_link(
            str(FOLDER / PASSAGES.file),
            label=t("The theme that was begun from it"),
            icon=PASSAGES.icon,
            query_params={"theme": str(begun[0])},
        )
        return
    if not st.button(
        t("Begin a theme from it"),
        icon=":material/add_circle:",
        help=t(
            "Its passages become a theme of their own and leave the themes they are in. It can be "
            "undone, and a new run begins it again with what is marked then."
        ),
        key=f"begin-{code_id}",
    ):
        return
    try:
        with open_session() as session:
            number = begin_theme(
                code_id,
                session=session,
                study=me.study,
                run=found.run,
                account_id=me.identity.account_id,
                seen=found.decisions.revision,
                language=words.language(),
            )
            session.commit()
    except Refusal as refusal:
        st.warning(tell(refusal.messages[0]), icon=":material/front_hand:")
        return
    go(PASSAGES, theme=number)


def codes_of_theme(me: Here, found: Found, theme: int) -> None:
    """Say which codes a theme holds.

    Args:
        me: Who is here.
        found: The newest run.
        theme: The theme's number.
    """
    coded = coded_of(me)
    met = codes_in_theme(coded, found.main, theme) if coded.used else []
    if not met:
        return
    with st.expander(t("What people coded in it"), icon=":material/label:", key="theme-codes"):
        names = coded.names()
        for each in met[:MOST]:
            share = f"{each.of_theme:.0%}"
            people = tn("one person", "{count} people", each.people)
            st.page_link(
                str(FOLDER / RETRIEVE.file),
                label=plain(f"{names[each.code]} · {share} · {people}"),
                query_params={"code": str(each.code)},
            )
        st.caption(t("The part of its passages in texts that were read and coded."))
