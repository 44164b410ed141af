"""Where is the chapter?"""

from __future__ import annotations

import streamlit as st

from data.database import open_session
from i18n import Refusal
from nlp.chapter import Format, write
from pages import words
from pages.researcher.findings import findings
from pages.who import require_role
from pages.words import t, tell

me = require_role("researcher")
MEDIA = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html",
    "md": "text/markdown",
}
NAMES: dict[Format, str] = {"docx": "Word", "html": "HTML", "md": "Markdown"}

if findings(me.study.id) is None:
    st.title(t("The chapter comes after the themes"), anchor=False)
    st.write(t("Find the themes first: the chapter is written from them."))
    st.stop()
st.title(t("The chapter is ready to be made"), anchor=False)
st.write(
    t(
        "It says how many people wrote what, the themes with quotations, what can be told apart "
        "and what cannot, and how it was computed. It is marked as a draft that nobody reviewed, "
        "and its quotations as not released."
    )
)
languages = {"en": "English", "zh-Hans": "简体中文"}
language = st.segmented_control(
    t("Language of the chapter"),
    list(languages),
    default=words.language() if words.language() in languages else "en",
    required=True,
    format_func=languages.__getitem__,
    key="chapter-language",
)
kind = st.segmented_control(
    t("File"), list(NAMES), default="docx", required=True, format_func=NAMES.__getitem__, key="kind"
)
made_for = (kind, language)
if st.button(t("Write the chapter"), type="primary", key="write"):
    try:
        with open_session() as opened, st.spinner(t("Writing the chapter")):
            content = write(me.study.slug, session=opened, format=kind, language=language)
            opened.commit()
        st.session_state["chapter"] = (made_for, content)
    except Refusal as refusal:
        for message in refusal.messages:
            st.error(tell(message))
if st.session_state.get("chapter", (None,))[0] == made_for:
    st.download_button(
        t("Download the chapter"),
        st.session_state["chapter"][1],
        file_name=f"{me.study.slug}-{language}.{kind}",
        mime=MEDIA[kind],
        icon=":material/download:",
        key="download",
    )
