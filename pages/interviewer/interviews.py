"""Which conversations are here?"""

from __future__ import annotations

import streamlit as st

from data import files
from data.database import open_session
from data.tables import Attachment, Interview
from pages import words
from pages.navigation import TRANSCRIPT, go
from pages.who import require_role
from pages.words import t, tn
from survey import interviews
from survey.people import people_of

me = require_role("interviewer")
with open_session() as opened:
    kept = interviews.interviews_of(session=opened, study_id=me.study.id)
    codes = {
        str(person.id): person.code for person in people_of(session=opened, study_id=me.study.id)
    }


def who(interview: Interview, label: str) -> str:
    """Say who a speaker is: a code, or a role."""
    found = interviews.who(interview, label)
    roles = {
        "interviewer": t("Interviewer"),
        "interpreter": t("Interpreter"),
        "other": t("Somebody else"),
    }
    return codes.get(found.get("person", ""), "") or roles.get(found.get("role", ""), label or "–")


def show(interview: Interview) -> None:
    """Show one conversation, turn by turn, and its original file."""
    facts = [
        words.day(interview.day, today=me.today) if interview.day else "",
        interview.place,
        interview.interviewers,
        ", ".join(words.language_name(tag) for tag in interview.languages),
    ]
    st.caption(" · ".join(fact for fact in facts if fact))
    with open_session() as session:
        turns = interviews.turns_of(session=session, interview_id=interview.id)
        original = session.get(Attachment, interview.original_id) if interview.original_id else None
    if original:
        st.download_button(
            t("The original file"),
            lambda: files.read(original),
            file_name=original.filename,
            mime=original.media_type,
            icon=":material/description:",
        )
    for turn in turns:
        with st.chat_message(
            "user" if "person" in interviews.who(interview, turn.speaker) else "assistant",
            avatar=":material/person:"
            if "person" in interviews.who(interview, turn.speaker)
            else ":material/mic:",
        ):
            st.caption(who(interview, turn.speaker))
            st.text(turn.text)


st.title(
    tn("One conversation", "{count} conversations", len(kept))
    if kept
    else t("No conversation yet"),
    anchor=False,
)
if not kept:
    st.write(t("Bring the transcript of your first interview: a file or pasted text."))
if st.button(t("Bring a transcript"), type="primary", icon=":material/add:", key="bring"):
    go(TRANSCRIPT)
if kept:
    by_key = {interview.id: (interview, count) for interview, count in kept}
    just_kept = st.session_state.pop("interview", None)
    if just_kept in by_key:
        st.session_state["chosen"] = just_kept
        st.success(t("It is kept. Known names will be masked for everyone who reads it."))
    chosen = st.selectbox(
        t("Read"),
        list(by_key),
        format_func=lambda key: (
            f"{by_key[key][0].key} · " + tn("one turn", "{count} turns", by_key[key][1])
        ),
        key="chosen",
    )
    show(by_key[chosen][0])
