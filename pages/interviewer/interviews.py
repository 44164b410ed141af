"""Which conversations are here, and what is still to do for them?"""

from __future__ import annotations

import streamlit as st

from data.database import open_session
from data.tables import Interview
from i18n import Message
from pages import words
from pages.interviewer.escaping import plain
from pages.interviewer.tasks import show_tasks
from pages.navigation import CONVERSATION, TRANSCRIPT, go
from pages.who import require_role
from pages.words import t, tn
from survey import interviews
from survey.interviews.facts import missing
from survey.interviews.reading import labels_in

me = require_role("interviewer")
SHOWN = 20


def facts(interview: Interview, count: int) -> str:
    """Say in one line what is known of a conversation."""
    known = [
        words.day(interview.day, today=me.today) if interview.day else "",
        interview.place,
        words.together([words.language_name(tag) for tag in interview.languages]),
        tn("one turn", "{count} turns", count),
    ]
    return " · ".join(fact for fact in known if fact)


def show(interview: Interview, count: int, tasks: list[Message]) -> None:
    """Show one conversation: its name, what is missing, and the way to it."""
    with st.container(border=True):
        st.subheader(plain(interview.key), anchor=False)
        st.caption(plain(facts(interview, count)))
        show_tasks(tasks)
        if st.button(t("Read and correct"), key=f"open-{interview.id}"):
            go(CONVERSATION, interview=interview.id)


with open_session() as opened:
    kept = interviews.interviews_of(session=opened, study_id=me.study.id)
    shown = kept[: st.session_state.get("interviews-shown", SHOWN)]
    todo = [
        missing(interview, labels_in(session=opened, interview_id=interview.id))
        for interview, _ in shown
    ]

st.title(
    tn("One interview", "{count} interviews", len(kept)) if kept else t("No interviews yet"),
    anchor=False,
)
if not kept:
    st.write(t("Add the transcript of your first interview: upload a file or paste the text."))
if st.button(t("Add a transcript"), type="primary", icon=":material/add:", key="bring"):
    go(TRANSCRIPT)
for (interview, count), tasks in zip(shown, todo, strict=True):
    show(interview, count, tasks)
if len(kept) > len(shown) and st.button(t("Show earlier interviews"), key="earlier"):
    st.session_state["interviews-shown"] = len(shown) + SHOWN
    st.rerun()
