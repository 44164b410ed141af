"""An entry as its author reads it: each question with the answer below it."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import streamlit as st

from data.tables import Questionnaire, Response, ResponseRevision
from pages import words
from pages.drawing.files import show
from pages.drawing.shelf import Shelf
from pages.words import t
from survey.readable import earlier, lines


def read_entry(response: Response, questionnaire: Questionnaire, shelf: Shelf) -> None:
    """Show what was answered, in the words of the version it answers, with the files brought."""
    for line in lines(response, questionnaire, language=words.language()):
        if line.part == "turn":
            st.markdown(f"**{line.label}**")
        else:
            st.caption(line.label)
            kept = shelf.read(line.value) if line.is_file else None
            if kept:
                show(kept, key=f"{response.id}-{line.value}", of=line.label)
            else:
                st.text(line.value)


def read_corrections(
    revisions: list[ResponseRevision],
    response: Response,
    questionnaire: Questionnaire,
    zone: ZoneInfo,
) -> None:
    """Show what an entry said before, newest correction first."""
    for revision in revisions:
        moment = words.moment(revision.created_at, zone)
        st.write(
            t("Corrected {when}: {why}", when=moment, why=revision.reason)
            if revision.reason
            else t("Corrected {when}", when=moment)
        )
        if revision.erased:
            st.write(t("The old wording was removed."))
            continue
        for line in earlier(revision, response, questionnaire, language=words.language()):
            st.caption(line.label)
            st.text(line.value or t("(nothing)"))
