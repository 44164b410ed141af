"""Consent, asked before anything else and again when a newer version comes."""

from __future__ import annotations

import streamlit as st

from data.database import open_session
from data.tables import Consent
from i18n import INTERFACE_LANGUAGES
from pages import words
from pages.who import Here
from pages.words import t
from survey import consent, entering


def agree(me: Here) -> None:
    """Ask for consent where the newest version has none, and stop until it is given.

    In a closed study nothing more is given, and what was given can be read.
    """
    if me.study.closed_at:
        return
    with open_session() as session:
        text = consent.missing(session=session, person=me.author)
        given = consent.history(session=session, person=me.author) if text else []
    if text is None:
        return
    _choose_language(me)
    _ask(me, consent.text_of(text, words.language()), [agreed for agreed, _ in given])
    if st.button(t("Begin"), type="primary", disabled=not _read(), key="begin", width="stretch"):
        with open_session() as session:
            consent.give(
                session=session, person=me.author, version=text.version, language=words.language()
            )
            session.commit()
        st.rerun()
    st.stop()


def has_agreed(me: Here) -> bool:
    """Tell whether somebody ever agreed to take part, to whatever version."""
    with open_session() as session:
        return bool(consent.history(session=session, person=me.author))


def _choose_language(me: Here) -> None:
    """Let the text be read in another language: nothing else of the screen is there yet."""
    chosen = st.segmented_control(
        t("Language"),
        list(INTERFACE_LANGUAGES),
        default=words.language(),
        required=True,
        format_func=INTERFACE_LANGUAGES.__getitem__,
        label_visibility="collapsed",
        key="consent-language",
    )
    if chosen != words.language():
        words.use(chosen)
        with open_session() as session:
            entering.choose_language(
                session=session, account_id=me.identity.account_id, language=chosen
            )
            session.commit()
        st.rerun()


def _read() -> bool:
    return st.checkbox(t("I have read this and agree."), key="agree")


def _ask(me: Here, text: str, given: list[Consent]) -> None:
    """Show the text; whoever agreed to an earlier one is told that this one is new."""
    if not given:
        st.title(t("Before you begin"), anchor=False)
    else:
        st.title(t("What you agreed to has changed"), anchor=False)
        st.write(
            t(
                "You agreed to an earlier version {when}. Please read the new one. If you do not "
                "agree, nothing more is asked of you; what you gave can be seen and withdrawn "
                "under “My data”.",
                when=words.moment(given[0].given_at, me.zone),
            )
        )
    with st.container(key="agreed-text"):
        st.markdown(text)
