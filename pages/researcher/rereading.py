"""Asking researchers to read again what words of somebody were taken out of."""

from __future__ import annotations

import streamlit as st

from data.database import open_session
from data.tables import ChapterText, Memo
from nlp.chapter.authors import slots
from nlp.rereading import shortened
from nlp.results import Found, title_of
from pages import words
from pages.interviewer.escaping import plain
from pages.who import Here
from pages.words import t, tell, tn
from survey.studies import teams_of

SHOWN = 60
"""Characters of a memo by which its writer knows it."""


def to_read_again(me: Here, found: Found | None) -> None:
    """List the researchers' own texts that lost words which somebody took back."""
    with open_session() as session:
        lost = shortened(found, session=session, study_id=me.study.id)
        teams = list(teams_of(session=session, study_id=me.study.id).values()) if lost else []
    if not lost:
        return
    places = {
        slot.key: tell(slot.title) for slot in slots(me.study, teams, language=words.language())
    }
    themes = _titles(found)
    lines = [
        *(_paragraph(row, places) for row in lost.paragraphs),
        *(t("The name of “{theme}”", theme=themes.get(each, "")) for each in lost.names),
        *(
            t("The description of “{theme}”", theme=themes.get(each, ""))
            for each in lost.descriptions
        ),
        *(_memo(row) for row in lost.memos),
    ]
    with st.expander(
        tn(
            "One of your texts quoted somebody who took their words back",
            "{count} of your texts quoted somebody who took their words back",
            len(lost),
        ),
        icon=":material/person_remove:",
        key="read-again",
        expanded=True,
    ):
        st.write(
            t(
                "What stood there word for word is […] now. Read them again: nobody but you can "
                "tell what is still said of this person in other words."
            )
        )
        st.write("\n".join(f"- {plain(line)}" for line in lines))


def _titles(found: Found | None) -> dict[int, str]:
    themes = (*found.themes, *found.hidden) if found else ()
    return {theme.number: title_of(theme, words.language()) for theme in themes}


def _paragraph(row: ChapterText, places: dict[str, str]) -> str:
    return t(
        "{place} ({language})",
        place=places.get(row.key, row.key),
        language=words.language_name(row.language),
    )


def _memo(row: Memo) -> str:
    said = " ".join(row.text.split())
    return t("A memo: “{text}”", text=said if len(said) <= SHOWN else f"{said[:SHOWN]}…")
