"""Consent, asked before anything else."""

from __future__ import annotations

import streamlit as st

from data.database import open_session
from pages import words
from pages.who import Here
from pages.words import t
from survey import consent


def agree(me: Here) -> None:
    """Ask for consent where the newest version has none, and stop until it is given."""
    with open_session() as session:
        text = consent.missing(session=session, person=me.author)
    if text is None:
        return
    st.title(t("Before you begin"), anchor=False)
    st.markdown(words.of(text.texts))
    read = st.checkbox(t("I have read this and agree."), key="agree")
    if st.button(t("Begin"), type="primary", disabled=not read, key="begin", width="stretch"):
        with open_session() as session:
            consent.give(
                session=session, person=me.author, version=text.version, language=words.language()
            )
            session.commit()
        st.rerun()
    st.stop()
