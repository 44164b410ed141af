"""Which conversation do you bring?"""

from __future__ import annotations

from uuid import UUID

import streamlit as st

from data.database import open_session
from data.history import record
from data.tables import Person
from i18n import Refusal
from pages import words
from pages.navigation import INTERVIEWS, go
from pages.who import require_role
from pages.words import t, tell, tn
from survey import interviews
from survey.people import people_of
from survey.studies import teams_of
from survey.transcripts import Transcript, TranscriptError, read

ENDINGS = ["txt", "vtt", "srt", "docx", "odt", "pdf", "csv", "tsv", "xlsx", "json", "md"]

me = require_role("interviewer")
st.title(t("Which conversation do you bring?"), anchor=False)


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
        text = st.text_area(t("The conversation"), height=240, key="pasted")
        return (t("conversation") + ".txt", text.encode()) if text.strip() else None
    uploaded = st.file_uploader(
        t("Transcript (text, subtitles, Word, OpenDocument, PDF, a table or Whisper’s JSON)"),
        type=ENDINGS,
        key="file",
    )
    return (uploaded.name, uploaded.getvalue()) if uploaded else None


def understood(name: str, content: bytes) -> Transcript | None:
    """Read it, show what was understood, and offer other readings."""
    try:
        transcript = read(name, content)
        if transcript.choices:
            offered = {choice.key: tell(choice.label) for choice in transcript.choices}
            chosen = st.selectbox(
                t("Read it differently"),
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
    for warning in transcript.warnings:
        st.warning(tell(warning))
    return transcript


def preview(transcript: Transcript) -> None:
    """Show the first turns as they were understood."""
    labels = interviews.labels_of(transcript)
    turns = tn("One turn", "{count} turns", len(transcript.turns))
    speakers = tn("one speaker", "{count} speakers", len(labels))
    st.subheader(f"{turns}, {speakers}", anchor=False)
    with st.container(height=320, border=True):
        for turn in transcript.turns[:200]:
            st.text(f"{turn.speaker or '–'}\n{turn.text}")


def assign(labels: list[str], people: list[Person]) -> dict[str, dict[str, str]]:
    """Ask who each speaker is."""
    with open_session() as session:
        teams = teams_of(session=session, study_id=me.study.id)
    names = {
        str(person.id): " · ".join(
            part
            for part in (
                person.code,
                words.of(teams[person.team_id].name) if person.team_id else "",
            )
            if part
        )
        for person in people
    }
    roles = {
        "interviewer": t("Interviewer"),
        "interpreter": t("Interpreter"),
        "other": t("Somebody else"),
    }
    options = [*roles, *names]
    suggested = interviews.suggest_speakers(labels, people)
    chosen: dict[str, dict[str, str]] = {}
    for number, label in enumerate(labels):
        who = suggested.get(label, {})
        guess = who.get("role") or who.get("person")
        answer = st.selectbox(
            t("Who is “{label}”?", label=label or t("the unnamed speaker")),
            options,
            index=options.index(guess) if guess in options else None,
            format_func=(roles | names).__getitem__,
            placeholder=t("Choose"),
            key=f"speaker-{number}-{label}",
        )
        if answer:
            chosen[label] = {"role": answer} if answer in roles else {"person": answer}
    return chosen


given = brought()
if given is None:
    st.write(t("You will see speakers and turns before anything is kept."))
    st.stop()
found = understood(*given)
if found is None:
    st.stop()
preview(found)

with open_session() as opened:
    everyone = people_of(session=opened, study_id=me.study.id)
    record(
        "names.read",
        session=opened,
        study_id=me.study.id,
        account_id=me.identity.account_id,
        purpose="speakers",
    )
    opened.commit()
all_labels = interviews.labels_of(found)
st.subheader(t("Who is who?"), anchor=False)
speakers = assign(all_labels, everyone)

st.subheader(t("When and where?"), anchor=False)
key = st.text_input(t("Name of this conversation"), given[0].rpartition(".")[0], key="key")
left, right = st.columns(2)
held = left.date_input(t("Day"), value=me.today, key="day")
place = right.text_input(t("Place"), key="place")
asked_by = st.text_input(t("Who asked the questions?"), key="asked-by")
missing = [label for label in all_labels if label not in speakers]
if missing:
    st.info(t("Still to say: who is {labels}?", labels=", ".join(missing)))
if st.button(t("Keep this conversation"), type="primary", disabled=bool(missing), key="keep"):
    try:
        with open_session() as opened:
            kept = interviews.keep(
                session=opened,
                study_id=me.study.id,
                key=key.strip() or given[0],
                transcript=found,
                speakers=speakers,
                original=given,
                day=held,
                place=place,
                interviewers=asked_by,
                account_id=me.identity.account_id,
            )
            opened.commit()
    except Refusal as refusal:
        for sentence in refusal.messages:
            st.error(tell(sentence))
    else:
        st.session_state["interview"] = UUID(str(kept.id))
        go(INTERVIEWS)
