"""The language of the questions, where the form speaks more languages than the screens do."""

from __future__ import annotations

import streamlit as st

from i18n import INTERFACE_LANGUAGES
from pages.words import language_name, t
from survey.filling import Filling


def offer_languages(filling: Filling) -> None:
    """Let a person read the questions in any language of the form; answers stay as they are.

    Where the screens speak all of its languages, the choice at their foot is enough.
    """
    languages = [tag for tag in filling.form.languages if tag != "und"]
    if len(languages) < 2 or set(languages) <= set(INTERFACE_LANGUAGES):
        return
    shown = filling.language if filling.language in languages else languages[0]
    filling.language = st.selectbox(
        t("Language of the questions"),
        languages,
        index=languages.index(shown),
        format_func=language_name,
        key=f"spoken-{filling.instance_id}",
    )
