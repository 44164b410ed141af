"""An entry as its author reads it: each question with the answer below it."""

from __future__ import annotations

import streamlit as st

from data.tables import Questionnaire, Response
from pages import words
from survey.filling import Filling
from survey.questionnaires import form_of
from survey.xlsform import Question


def read_entry(response: Response, questionnaire: Questionnaire) -> None:
    """Show what was answered, in the words of the version it answers."""
    filling = Filling(form_of(questionnaire), answers=response.answers, language=words.language())
    for place in filling.walk():
        if place.part == "turn":
            label = place.element.label.get(filling.language, "") or place.element.name
            st.markdown(f"**{label} {place.number}**")
        if not isinstance(place.element, Question) or place.part != "question":
            continue
        value = filling.value(place.path)
        if value is None or place.element.type == "note":
            continue
        st.caption(filling.label(place.path).text or place.element.name)
        st.text(_words(filling, place.path, value))


def _words(filling: Filling, path: str, value: object) -> str:
    labels = {offer.name: offer.label.text for offer in filling.choices(path)}
    values = value if isinstance(value, list) else [value]
    return ", ".join(labels.get(str(each), str(each)) for each in values)
