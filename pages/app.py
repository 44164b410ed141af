"""The shell: who is here, which screens they have, and in which language."""

from __future__ import annotations

from html import escape
from typing import Literal

import streamlit as st

from data.database import open_session
from i18n import INTERFACE_LANGUAGES, best
from nlp.quoting import waiting_for
from pages import words
from pages.appearance import SEAL, STYLE, own_words
from pages.navigation import in_which_study, participant_links, screens_of
from pages.who import Here, announce, seen, withdrew
from pages.words import t
from survey import entering

HERE = "here"
"""Under which key a window remembers whose it is, and in which study."""
KEPT = (words.KEY, "studies-said")


def _choose_language(found: Here | None) -> None:
    """Speak the language of the account; a visitor's browser decides for a visitor."""
    if words.KEY not in st.session_state:
        wanted = [found.identity.language] if found and found.identity.language else []
        words.use(best([*wanted, st.context.locale or "en"], INTERFACE_LANGUAGES))


def _begin_afresh(found: Here) -> None:
    """Forget what this window shows of another study or account: the device has gone over."""
    here = (found.identity.account_id, found.study.id)
    before = st.session_state.get(HERE, here)
    if before != here:
        kept = {name: st.session_state[name] for name in KEPT if name in st.session_state}
        st.session_state.clear()
        st.session_state.update(kept)
    st.session_state[HERE] = here


def _foot(found: Here) -> None:
    """The quiet last line of every screen: language, and the way out."""
    st.divider()
    with st.container(horizontal=True, horizontal_alignment="distribute", key="foot"):
        tags = list(INTERFACE_LANGUAGES)
        chosen = st.segmented_control(
            t("Language"),
            tags,
            default=words.language(),
            format_func=INTERFACE_LANGUAGES.__getitem__,
            label_visibility="collapsed",
            key="choose_language",
            required=True,
        )
        if chosen and chosen != words.language():
            words.use(chosen)
            with open_session() as session:
                entering.choose_language(
                    session=session, account_id=found.identity.account_id, language=chosen
                )
                session.commit()
            st.rerun()
        # Streamlit's links open another window, which browsers within messengers may refuse.
        st.html(f'<a href="/leave">{escape(t("Sign out"))}</a>', width="content")


def main() -> None:
    """Draw one run of the app."""
    st.set_page_config(page_title="真情 Zhenqing", page_icon=str(SEAL), layout="centered")
    st.html(STYLE)
    found = announce()
    if found:
        _begin_afresh(found)
    _choose_language(found)
    st.html(
        own_words(
            bring=t("Choose a file"),
            refused=t("Not taken: it is of another kind, or too large."),
            everything=t("Everything"),
            nothing=t("Nothing found."),
        )
    )
    screens = screens_of(found, withdrew=found is None and withdrew() is not None)
    if found:
        seen(found)
    position: Literal["sidebar", "hidden"] = (
        "hidden" if found is None or found.identity.roles == {"participant"} else "sidebar"
    )
    page = st.navigation(screens, position=position)
    if found:
        _head(found)
    page.run()
    if found:
        _foot(found)


def _head(found: Here) -> None:
    """The first lines: the invented study says so; participants have their three doors."""
    if found.study.invented:
        with st.container(key="invented"):
            st.write(t("This study is invented: no person, no word in it is real."))
    if found.elsewhere:
        in_which_study(found)
    if found.study.closed_at:
        st.info(
            t("This study is closed. It can be read, and nothing in it changes."),
            icon=":material/lock:",
        )
    if found.identity.roles == {"participant"}:
        with open_session() as session:
            waiting = waiting_for(found.author, session=session)
        participant_links(waiting, applies=found.study.kind == "call")


main()
