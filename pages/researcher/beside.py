"""The passages of one theme, read beside the picture it was picked in."""

from __future__ import annotations

import streamlit as st

from data.database import open_session
from nlp.reading import readings
from nlp.results import Found
from pages import words
from pages.navigation import FOLDER, PASSAGES
from pages.researcher.checked import checked
from pages.researcher.listing import reading_order
from pages.researcher.marks import mark
from pages.who import Here
from pages.words import t, tn

READ = 4
"""Passages beside the picture; the others are a click away."""


def beside(me: Here, found: Found, number: int | None, title: str) -> None:
    """Show what is typical of a theme, each passage below what it answers.

    Args:
        me: Who reads.
        found: The run, or what a filter leaves of it.
        number: The theme; none before one was picked.
        title: What it is called.
    """
    if number is None:
        st.caption(t("Pick a theme in the picture to read its passages here."))
        return
    theme = next(theme for theme in found.themes if theme.number == number)
    st.subheader(title, anchor=False)
    mark(found, theme, checked(found).get(theme.number))
    keys = [key for key in reading_order(found, number) if key in found.passages.index]
    with open_session() as session:
        shown = readings(
            keys[:READ],
            session=session,
            study_id=me.study.id,
            account_id=me.identity.account_id,
        )
        session.commit()
    for reading in shown:
        asked = words.of(reading.question) or reading.turn_before
        language = words.language_name(reading.language)
        with st.container(key=f"beside-{reading.key}", gap="small"):
            st.caption(f"{asked} · {language}" if asked else language)
            st.text(reading.masked)
    st.page_link(
        str(FOLDER / PASSAGES.file),
        label=tn("Read its passage", "Read its {count} passages", len(keys)),
        icon=":material/arrow_forward:",
        query_params={"theme": str(number)},
    )
