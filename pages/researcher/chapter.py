"""What is missing to the chapter?"""

from __future__ import annotations

import streamlit as st

from data.database import open_session
from i18n import Refusal
from nlp.chapter import Format, missing, write
from pages import words
from pages.researcher.findings import findings
from pages.researcher.own_words import own_words
from pages.who import require_role
from pages.words import t, tell, tn

me = require_role("researcher")
MEDIA = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html",
    "md": "text/markdown",
}
NAMES: dict[Format, str] = {"docx": "Word", "html": "HTML", "md": "Markdown"}
LANGUAGES = {"en": "English", "zh-Hans": "简体中文"}

if findings(me.study.id) is None:
    st.title(t("The chapter comes after the themes"), anchor=False)
    st.write(t("Find the themes first: the chapter is written from them."))
    st.stop()

head = st.container()
language = st.segmented_control(
    t("Language of the chapter"),
    list(LANGUAGES),
    default=words.language() if words.language() in LANGUAGES else "en",
    required=True,
    format_func=LANGUAGES.__getitem__,
    key="chapter-language",
)
with open_session() as session:
    open_points = missing(me.study.slug, session=session, language=language)
with head:
    if open_points:
        st.title(
            tn(
                "One thing is missing to a final chapter",
                "{count} things are missing to a final chapter",
                len(open_points),
            ),
            anchor=False,
        )
        st.write(t("Until then it is a draft, and every page of it says so."))
        with st.expander(t("What is missing"), icon=":material/checklist:", key="missing"):
            for point in open_points:
                st.write(f"- {tell(point)}")
    else:
        st.title(t("The chapter can be final"), anchor=False)
        st.write(
            t(
                "Nothing is missing. When you make it now, its quotations count as printed: their "
                "authors cannot change their choice any more."
            )
        )

own_words(me, language)
kind = st.segmented_control(
    t("File"), list(NAMES), default="docx", required=True, format_func=NAMES.__getitem__, key="kind"
)
made_for = (kind, language)
label = t("Write the draft") if open_points else t("Write the final chapter")
if st.button(label, type="primary", key="write"):
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
