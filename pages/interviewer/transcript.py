"""Which interview do you want to add?"""

from __future__ import annotations

import datetime as dt

import streamlit as st

from data.database import open_session
from i18n import Refusal
from pages.interviewer import chosen
from pages.interviewer.assigning import assign
from pages.navigation import CONVERSATION, go
from pages.who import require_role
from pages.words import t, tell, tn
from survey import interviews
from survey.people import people_of, record_reading
from survey.transcripts import Transcript, TranscriptError, read

ENDINGS = ["txt", "vtt", "srt", "docx", "odt", "pdf", "csv", "tsv", "xlsx", "json", "md"]

me = require_role("interviewer")
st.title(t("Which interview do you want to add?"), anchor=False)


def brought() -> tuple[str, bytes] | None:
    """Return the name and content of the file or the pasted text."""
    how = st.segmented_control(
        t("How"),
        ["file", "text"],
        default="file",
        required=True,
        format_func={"file": t("A file"), "text": t("Pasted text")}.__getitem__,
        label_visibility="collapsed",
        key="how",
    )
    if how == "text":
        text = st.text_area(t("The transcript"), height=240, key="pasted")
        return (t("conversation") + ".txt", text.encode()) if text.strip() else None
    uploaded = st.file_uploader(
        t("Transcript (text, subtitles, Word, OpenDocument, PDF, a table or Whisper’s JSON)"),
        type=ENDINGS,
        key="file",
    )
    return (uploaded.name, uploaded.getvalue()) if uploaded else None


def understood(name: str, content: bytes) -> Transcript | None:
    """Read it, show what was understood, and offer other readings below."""
    shown = st.container()
    try:
        transcript = read(name, content)
        if transcript.choices:
            offered = {choice.key: tell(choice.label) for choice in transcript.choices}
            chosen = st.selectbox(
                t("Not right? Read it another way"),
                list(offered),
                index=None,
                format_func=offered.__getitem__,
                placeholder=t("As it was understood"),
                key="reading",
            )
            if chosen:
                transcript = read(name, content, choice=chosen)
    except TranscriptError as error:
        for message in error.messages:
            st.error(tell(message))
        return None
    with shown:
        for warning in transcript.warnings:
            st.warning(tell(warning))
        preview(transcript)
    return transcript


def preview(transcript: Transcript) -> None:
    """Show the first turns as they were understood."""
    labels = interviews.labels_of(transcript)
    turns = tn("One turn", "{count} turns", len(transcript.turns))
    speakers = tn("one speaker", "{count} speakers", len(labels))
    st.subheader(t("{turns}, {speakers}", turns=turns, speakers=speakers), anchor=False)
    with st.container(height=320, border=True):
        for turn in transcript.turns[:200]:
            st.text(f"{turn.speaker or '–'}\n{turn.text}")


def keep(transcript: Transcript, original: tuple[str, bytes]) -> None:
    """Keep the conversation and go to it."""
    try:
        with open_session() as session:
            kept = interviews.keep(
                session=session,
                study_id=me.study.id,
                key=key.strip() or original[0],
                transcript=transcript,
                speakers=speakers,
                original=original,
                day=held if isinstance(held, dt.date) else None,
                place=place.strip(),
                interviewers=asked_by.strip(),
                account_id=me.identity.account_id,
            )
            session.commit()
    except Refusal as refusal:
        for sentence in refusal.messages:
            st.error(tell(sentence))
        return
    st.session_state["just-kept"] = kept.id
    go(CONVERSATION, interview=kept.id)


given = brought()
if given is None:
    st.write(t("You will see speakers and turns before anything is saved."))
    st.stop()
found = understood(*given)
if found is None:
    st.stop()

with open_session() as opened:
    everyone = people_of(session=opened, study_id=me.study.id)
    people = chosen.people(me, session=opened)
    record_reading(
        session=opened,
        study_id=me.study.id,
        account_id=me.identity.account_id,
        purpose="speakers",
    )
    opened.commit()
all_labels = interviews.labels_of(found)
st.subheader(t("Who is who?"), anchor=False)
st.write(t("What you cannot say yet stays on your list. Until then those words are not analysed."))
speakers = assign(all_labels, interviews.suggest_speakers(all_labels, everyone), people)

st.subheader(t("When and where?"), anchor=False)
key = st.text_input(t("Name of this interview"), given[0].rpartition(".")[0], key="key")
left, right = st.columns(2)
held = left.date_input(t("Day"), value=None, max_value=me.today, key="day")
place = right.text_input(t("Place"), key="place")
asked_by = st.text_input(t("Who asked the questions?"), key="asked-by")
if st.button(t("Save this interview"), type="primary", key="keep"):
    keep(found, given)
