"""One application on the screen of somebody who reads it to judge it."""

from __future__ import annotations

from uuid import UUID

import streamlit as st

from data.database import open_session
from data.tables import Person, Questionnaire, Response
from nlp.applying.reading import told
from pages import words
from pages.drawing.files import show
from pages.drawing.shelf import Kept
from pages.words import t
from survey import entry_files
from survey.applying.authors import account_of


def show_application(person: Person, response: Response, *, blind: bool, key: str) -> None:
    """Show what an application says, with its files.

    Args:
        person: Whose.
        response: What was sent.
        blind: Whether names and what identifies are left out.
        key: What tells it from another one on the same screen.
    """
    with open_session() as session:
        questionnaire = session.get_one(Questionnaire, response.questionnaire_id)
        author = account_of(person, session=session)
    lines = list(told(response, questionnaire, person, blind=blind, language=words.language()))
    for number, line in enumerate(lines):
        st.caption(line.label)
        if not line.file:
            st.text(line.text)
        elif kept := _file(author, response.id, line.file, line.text):
            show(kept, key=f"{key}-{number}", of=line.label)
        else:
            st.text(t("{name} is not here any more.", name=line.text))
    if blind and any(line.file for line in lines):
        st.caption(t("Files are shown as they were sent: they may tell who somebody is."))


def _file(author: UUID | None, entry: UUID, name: str, called: str) -> Kept | None:
    """Return a file of an application under the name it has here."""
    if author is None:
        return None
    with open_session() as session:
        found = entry_files.read(session=session, account_id=author, instance_id=entry, name=name)
    return Kept(called, *found) if found else None
