"""What becomes of this study?"""

from __future__ import annotations

import streamlit as st

from data.database import open_session
from data.tables import Study
from i18n import Refusal
from pages import words
from pages.who import require_role
from pages.words import moment, t, tell
from survey.closing import close, reopen
from survey.deleting import Receipt, delete_study
from survey.own_studies import own_studies, switch
from survey.study_archives import ENDING

me = require_role("coordinator")
slug = me.study.slug
title = words.of(me.study.texts.get("title"), slug)


def set_closed(*, closed: bool) -> None:
    """Close the study, or open it again."""
    with open_session() as session:
        study = session.get_one(Study, me.study.id)
        change = close if closed else reopen
        change(study, session=session, account_id=me.identity.account_id)
        session.commit()
    st.rerun()


def delete(typed: str) -> Receipt:
    """Delete the study, after going over to another one if there is any.

    Raises:
        Refusal: What was typed is not its short name.
    """
    with open_session() as session:
        study = session.get_one(Study, me.study.id)
        others = [
            each.study.id
            for each in own_studies(session=session, account_id=me.identity.account_id)
            if me.study.id not in {each.study.id, each.study.parent_id}
        ]
        if typed.strip() == slug and others:
            switch(session=session, identity=me.identity, study_id=others[0])
        return delete_study(study, typed=typed, session=session, account_id=me.identity.account_id)


def show(receipt: Receipt) -> None:
    """Show that the study is gone, with its receipt; nothing else of it is on this page."""
    st.title(t("{study} is deleted", study=title), anchor=False)
    st.write(t("Keep the receipt: it says what was deleted, when and by whom, in counts."))
    st.code(receipt.text(), language=None)
    st.download_button(
        t("Download the receipt"),
        receipt.text(),
        file_name=f"receipt-{receipt.slug}.txt",
        mime="text/plain",
        type="primary",
        on_click="ignore",
        key="receipt",
    )
    st.link_button(t("Go on"), "/", type="tertiary")
    st.stop()


def keep_or_close() -> None:
    """Offer to close the study, or to open it again."""
    st.subheader(t("Closing"), anchor=False)
    if me.study.closed_at:
        st.write(t("It was closed {when}.", when=moment(me.study.closed_at, me.zone)))
        if st.button(t("Open it again"), key="reopen"):
            set_closed(closed=False)
        return
    st.write(
        t(
            "A closed study is read and no longer written. People see what they gave, download it "
            "and withdraw; researchers read and export. It can be opened again."
        )
    )
    if st.button(t("Close the study"), type="primary", key="close"):
        set_closed(closed=True)


def take_along() -> None:
    """Say how the whole study is taken out as one file."""
    st.subheader(t("Archive"), anchor=False)
    st.write(
        t(
            "One file holds the whole study, and brings it back here or elsewhere. Drafts that "
            "nobody but their authors may read are in it too, so it is made by whoever runs the "
            "server, with these commands:"
        )
    )
    st.code(
        f"python manage.py archive-study {slug} {slug}{ENDING}\n"
        f"python manage.py restore-study {slug}{ENDING}",
        language=None,
        wrap_lines=True,
    )


def last_step() -> Receipt | None:
    """Offer to delete the study for good; return the receipt once that is done."""
    st.subheader(t("Deleting for good"), anchor=False)
    st.write(
        t(
            "Everything in it goes, with its call for applications and what the public answered. "
            "Nobody can bring it back, except from an archive that somebody keeps. You get a "
            "receipt."
        )
    )
    with st.form("delete", border=False):
        typed = st.text_input(
            t("Type its short name, {slug}, to delete it", slug=slug), key="typed", max_chars=80
        )
        pressed = st.form_submit_button(t("Delete the study for good"))
    if not pressed:
        return None
    try:
        return delete(typed)
    except Refusal as refusal:
        st.error(tell(refusal.messages[0]))
        return None


# All in one place, so that nothing of a study that is gone stays on the page.
everything = st.empty()
with everything.container():
    st.title(
        t("This study is closed")
        if me.study.closed_at
        else t("What becomes of {study}?", study=title),
        anchor=False,
    )
    keep_or_close()
    take_along()
    done = last_step()
if done:
    everything.empty()
    show(done)
