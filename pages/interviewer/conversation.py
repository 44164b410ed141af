"""What was said? A conversation turn by turn, to read, hear and correct."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

import streamlit as st

from data import files
from data.database import open_session
from data.tables import Attachment, Interview, Turn
from pages import words
from pages.interviewer import chosen
from pages.interviewer.editing import edit
from pages.interviewer.escaping import plain
from pages.interviewer.finding import find_and_replace
from pages.interviewer.listening import PLAYING, ask_for_recording, play
from pages.interviewer.open_turn import EDITING, GO_TO, is_open, open_turn
from pages.interviewer.tasks import show_tasks
from pages.navigation import ABOUT, MASKING, go
from pages.who import require_role
from pages.words import t, tn
from survey.interviews import reading, turns, who
from survey.interviews.facts import forget_original, missing, still_readable
from survey.interviews.recordings import recording_of

me = require_role("interviewer")
SIZE = 40

with open_session() as opened:
    interview = chosen.interview_of(me, session=opened)
    labels = reading.labels_in(session=opened, interview_id=interview.id)
    count = reading.count_of(session=opened, interview_id=interview.id)
    codes = chosen.codes(me, session=opened)
    recording = recording_of(interview, session=opened)
    original = opened.get(Attachment, interview.original_id) if interview.original_id else None
    holds_removed = still_readable(interview, session=opened)
    changed = turns.changed_in(session=opened, interview_id=interview.id)


def facts() -> str:
    """Say in one line who and when."""
    known = [
        words.day(interview.day, today=me.today) if interview.day else "",
        interview.place,
        interview.interviewers,
        words.together([words.language_name(tag) for tag in interview.languages]),
        tn("one turn", "{count} turns", count),
    ]
    return " · ".join(fact for fact in known if fact)


def doors(*, todo: bool) -> None:
    """Lead to what else can be done with this conversation; first to what is still to say."""
    # One accent on a screen: while a turn is open, it is that turn's.
    wanted = todo and EDITING not in st.session_state
    first: Literal["primary", "secondary"] = "primary" if wanted else "secondary"
    with st.container(horizontal=True):
        if st.button(t("Who and when"), icon=":material/event:", key="about", type=first):
            go(ABOUT, interview=interview.id)
        if st.button(t("What will be masked?"), icon=":material/visibility_off:", key="masking"):
            go(MASKING, interview=interview.id)
        if original:
            st.download_button(
                t("The original file"),
                lambda: files.read(original),
                file_name=original.filename,
                mime=original.media_type,
                icon=":material/description:",
            )


def warn_of_removed() -> None:
    """Say that removed words still stand in the original file, and offer to delete it."""
    st.warning(
        t(
            "Somebody had words removed here. "
            "The original file and the recording still contain them."
        )
    )
    if original is None:
        return
    with st.popover(t("Delete the original file")):
        st.write(t("This cannot be undone."))
        if st.button(t("Delete it for good"), key="delete-original"):
            with open_session() as session:
                forget_original(
                    session.get_one(Interview, interview.id),
                    session=session,
                    account_id=me.identity.account_id,
                )
                session.commit()
            st.rerun()


def show(turn: Turn) -> None:
    """Show one turn: who speaks, when, and the words."""
    if is_open(turn):
        edit(me, interview, turn, labels)
    else:
        with st.container(gap="xxsmall"):
            _read(turn)
    if recording and st.session_state.get(PLAYING) == turn.id:
        play(interview, recording, turn.start or 0.0)


def listen(turn_id: UUID) -> None:
    """Play the recording from a turn."""
    st.session_state[PLAYING] = turn_id


def _read(turn: Turn) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if turn.start is not None and recording:
            st.button(
                chosen.clock(turn.start),
                icon=":material/play_arrow:",
                type="tertiary",
                key=f"play-{turn.id}",
                on_click=listen,
                args=(turn.id,),
            )
        speaker = chosen.spoken_as(interview, turn.speaker, codes)
        when = chosen.clock(turn.start) if turn.start is not None and not recording else ""
        marks = [plain(speaker), when, t("corrected") if turn.id in changed else ""]
        st.caption(" · ".join(mark for mark in marks if mark), width="stretch")
        st.button(
            t("Correct"),
            icon=":material/edit:",
            type="tertiary",
            key=f"edit-{turn.id}",
            on_click=open_turn,
            args=(turn,),
        )
    if not turn.text:
        st.caption(t("These words were removed."))
    elif "person" in who(interview, turn.speaker):
        st.text(turn.text)
    else:
        st.caption(plain(turn.text))


st.title(t("What was said in “{name}”?", name=plain(interview.key)), anchor=False)
st.caption(plain(facts()))
# Containers that are always there: what comes below keeps its place, and stays open if it was.
with st.container():
    if st.session_state.pop("just-kept", None) == interview.id:
        st.success(t("Saved. Known names will be masked for everyone who reads it."))
tasks = missing(interview, labels)
with st.container():
    show_tasks(tasks)
doors(todo=bool(tasks))
with st.container():
    if holds_removed:
        warn_of_removed()
with st.expander(t("Find and replace"), icon=":material/search:"):
    find_and_replace(me, interview.id)
with st.expander(t("The recording"), icon=":material/graphic_eq:"):
    ask_for_recording(me, interview, recording)

if GO_TO in st.session_state:
    st.session_state["page"] = st.session_state.pop(GO_TO) // SIZE + 1
pages = max(1, -(-count // SIZE))
page = st.pagination(pages, key="page") if pages > 1 else 1
with open_session() as opened:
    shown = reading.page_of(session=opened, interview_id=interview.id, page=page - 1, size=SIZE)
for each in shown:
    show(each)
