"""What is missing to the chapter?"""

from __future__ import annotations

import streamlit as st

from data.database import open_session
from data.tables.base import now
from jobs import ledger
from nlp.chapter import Format, missing
from pages import words
from pages.interviewer.escaping import plain
from pages.researcher.findings import findings
from pages.researcher.made_chapter import download
from pages.researcher.own_words import own_words
from pages.researcher.rereading import to_read_again
from pages.waiting import wait_for
from pages.who import require_role
from pages.words import t, tell, tn

me = require_role("researcher")
NAMES: dict[Format, str] = {"docx": "Word", "html": "HTML", "md": "Markdown"}
LANGUAGES = {"en": "English", "zh-Hans": "简体中文"}

found = findings(me.study.id)
if found is None:
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
    open_points = missing(me.study.slug, session=session, language=language, found=found)
with head:
    if open_points:
        st.title(
            tn(
                "One thing is missing before the chapter can be final",
                "{count} things are missing before the chapter can be final",
                len(open_points),
            ),
            anchor=False,
        )
        st.write(t("Until then it is a draft, and every page of it says so."))
        with st.expander(t("What is missing"), icon=":material/checklist:", key="missing"):
            st.write("\n".join(f"- {plain(tell(point))}" for point in open_points))
    else:
        st.title(t("The chapter can be final"), anchor=False)
        st.write(
            t(
                "Nothing is missing. When you make it now, its quotations count as printed: their "
                "authors cannot change their choice any more."
            )
        )

to_read_again(me, found)
own_words(me, language)
kind = st.segmented_control(
    t("File"), list(NAMES), default="docx", required=True, format_func=NAMES.__getitem__, key="kind"
)
label = t("Write the draft") if open_points else t("Write the final chapter")
job = wait_for("chapter", me.study.id)
busy = job is not None and job.status in ledger.UNFINISHED
if not busy and st.button(label, type="primary", key="write"):
    ledger.ask(
        "chapter",
        study_id=me.study.id,
        account_id=me.identity.account_id,
        format=kind,
        language=language,
        asked=now().isoformat(),
    )
    st.rerun()
if job is not None and job.status == "done":
    download(me, job)
