"""The recording beside the transcript."""

from __future__ import annotations

from urllib.parse import urlsplit

import streamlit as st

from data.database import open_session
from data.tables import Attachment, Interview
from i18n import Refusal
from pages.interviewer.escaping import plain
from pages.who import Here
from pages.words import t, tell
from settings import settings
from survey.interviews import recordings

PLAYING = "playing"


def play(interview: Interview, recording: Attachment, seconds: float) -> None:
    """Play the recording from a place in it, from a little before.

    The player fetches what it plays from the server's own address; nothing of it passes here.
    """
    begin = max(0, int(seconds) - 1)
    here = urlsplit(st.context.url or settings().public_url)
    address = f"{here.scheme}://{here.netloc}/{recordings.ADDRESS}/{interview.id}"
    name = t("The recording")
    if recording.media_type.startswith("video/"):
        st.video(address, format=recording.media_type, start_time=begin, autoplay=True, alt=name)
    else:
        st.audio(address, format=recording.media_type, start_time=begin, autoplay=True, alt=name)


def ask_for_recording(me: Here, interview: Interview, recording: Attachment | None) -> None:
    """Offer to bring the recording, or to delete the one that is here."""
    if recording:
        st.write(t("{file} plays from any turn: press its time.", file=plain(recording.filename)))
        with st.popover(t("Delete the recording")):
            st.write(t("This cannot be undone."))
            if st.button(t("Delete it for good"), key="delete-recording"):
                _delete(me, interview)
        return
    brought = st.file_uploader(
        t(
            "Audio or video, up to {limit} MB. "
            "Two hours of speech take 60 to 120 MB as MP3 or M4A.",
            limit=recordings.MEGABYTES,
        ),
        type=list(recordings.ENDINGS),
        max_upload_size=recordings.MEGABYTES,
        key="recording",
    )
    if brought:
        _attach(me, interview, brought.name, brought.getvalue())


def _attach(me: Here, interview: Interview, name: str, content: bytes) -> None:
    try:
        with open_session() as session:
            recordings.attach(
                session.get_one(Interview, interview.id),
                name,
                content,
                session=session,
                account_id=me.identity.account_id,
            )
            session.commit()
    except Refusal as refusal:
        for message in refusal.messages:
            st.error(tell(message))
        return
    st.rerun()


def _delete(me: Here, interview: Interview) -> None:
    with open_session() as session:
        recordings.detach(
            session.get_one(Interview, interview.id),
            session=session,
            account_id=me.identity.account_id,
        )
        session.commit()
    st.session_state.pop(PLAYING, None)
    st.rerun()
