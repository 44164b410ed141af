"""Taking the codebook out as a file, and bringing one in."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from data.database import open_session
from i18n import Refusal
from nlp.coding.codebook_file import COLUMNS, take, written
from pages.researcher.code import book
from pages.who import Here
from pages.words import t, tell

SAID = "said-about-codebook-file"


def files(me: Here, *, empty: bool) -> None:
    """Offer the codebook as a file, and to take codes from one."""
    with st.expander(t("As a file"), icon=":material/table:", key="codebook-file"):
        for icon, sentence in st.session_state.pop(SAID, ()):
            st.markdown(f"{icon} {sentence}")
        if not empty:
            with st.container(horizontal=True):
                _offer(me, "csv", "CSV", "text/csv")
                _offer(me, "xlsx", "Excel", "application/vnd.openxmlformats-officedocument."
                       "spreadsheetml.sheet")  # fmt: skip
        st.caption(
            t(
                "A table with the columns {columns}. Codes that are there already are changed, "
                "others are added; nothing is taken away.",
                columns=", ".join(COLUMNS),
            )
        )
        brought = st.file_uploader(
            t("A codebook as CSV or Excel"), type=["csv", "xlsx"], key="brought-codebook"
        )
        if brought and st.button(t("Take these codes"), key="take-codebook"):
            _take(me, brought.name, brought.getvalue())
            st.rerun()


def _offer(me: Here, form: Literal["csv", "xlsx"], label: str, media: str) -> None:
    def content() -> bytes:
        with open_session() as session:
            made = written(
                session=session,
                study_id=me.study.id,
                account_id=me.identity.account_id,
                format=form,
            )
            session.commit()
        return made

    st.download_button(
        label,
        content,
        file_name=f"{me.study.slug}-codebook.{form}",
        mime=media,
        icon=":material/download:",
        key=f"codebook-{form}",
    )


def _take(me: Here, name: str, content: bytes) -> None:
    """Take the codes of a file, all of them or none."""
    try:
        with open_session() as session:
            taken = take(name, content, book(me, session))
            session.commit()
    except Refusal as refusal:
        st.session_state[SAID] = [
            (":material/warning:", tell(message)) for message in refusal.messages
        ]
        return
    st.session_state[SAID] = [
        (
            ":material/check:",
            t("{made} added, {changed} changed.", made=taken.made, changed=taken.changed),
        )
    ]
