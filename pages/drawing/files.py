"""Questions answered with a file: a photograph, a recording, a film, a document."""

from __future__ import annotations

import streamlit as st

from i18n import Refusal
from pages.drawing.asking import Answer, Asking
from pages.drawing.shelf import Kept, Shelf
from pages.words import t, tell
from survey.file_types import ENDINGS, MAX_MEGABYTES

DRAWN = ("draw", "signature", "annotate")
"""What a phone app would draw on the screen: here a picture of it is brought."""


def file(asking: Asking) -> Answer:
    """Draw what was brought, with a way to remove it; or else where to bring something."""
    shelf = asking.shelf
    if shelf is None:
        st.caption(t("No file can be brought here."))
        return asking.value
    if asking.value:
        return _brought(asking, shelf, str(asking.value))
    if asking.disabled:
        return None
    return _bring(asking, shelf)


def _brought(asking: Asking, shelf: Shelf, name: str) -> Answer:
    kept = shelf.read(name)
    if kept:
        show(kept, key=asking.key, of=asking.label)
    else:
        st.caption(f":material/attach_file: {name}")
    if asking.disabled:
        return name
    if st.button(t("Remove this file"), icon=":material/delete:", key=f"{asking.key}-out"):
        shelf.remove(name)
        return None
    return name


def show(kept: Kept, *, key: str, of: str) -> None:
    """Show a file that is an answer: to look at, to hear, or to download."""
    kind = kept.media_type.partition("/")[0]
    if kind == "image" and kept.media_type in SHOWN:
        st.image(kept.content, alt=of)
    elif kind == "audio":
        st.audio(kept.content, kept.media_type)
    elif kind == "video":
        st.video(kept.content, kept.media_type)
    else:
        st.download_button(
            kept.name, kept.content, kept.name, key=f"{key}-get", icon=":material/attach_file:"
        )


SHOWN = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp", "image/bmp"})
"""Pictures that every browser can show."""


def _bring(asking: Asking, shelf: Shelf) -> Answer:
    kind = asking.question.type if asking.question.type in ENDINGS else "file"
    limit = MAX_MEGABYTES[kind]
    endings = ENDINGS[kind]
    if asking.wants(*DRAWN):
        st.caption(t("Draw it on paper and bring a picture of it."))
    if endings:
        kinds = ", ".join(ending.upper() for ending in endings if ending != "jpeg")
        st.caption(t("{kinds}; at most {limit} MB", kinds=kinds, limit=limit))
    else:
        st.caption(t("At most {limit} MB", limit=limit))
    st.caption(_what_is_removed(kind))
    recorded = None
    if kind == "audio":
        recorded = st.audio_input(**asking.widget(key=f"{asking.key}-record"))
    elif kind == "image" and asking.wants("new", "new-front", "selfie"):
        recorded = st.camera_input(**asking.widget(key=f"{asking.key}-camera"))
    uploaded = st.file_uploader(**asking.widget(type=list(endings) or None, max_upload_size=limit))
    brought = uploaded or recorded
    if brought is None:
        return None
    try:
        longest = int(asking.parameter("max-pixels", 0)) or None
        return shelf.keep(asking.path, brought.name, brought.getvalue(), kind=kind, longest=longest)
    except Refusal as refusal:
        for message in refusal.messages:
            st.error(tell(message), icon=":material/error:")
        return None


def _what_is_removed(kind: str) -> str:
    """Say what is not kept of a file (`survey.traces`)."""
    match kind:
        case "image":
            return t("Where, when and with what it was taken is removed.")
        case "video":
            return t("Where and when it was taken is removed from MP4, MOV and 3GP films only.")
        case "audio":
            return t("Where and when it was made is removed from M4A recordings only.")
    return t(
        "Where and when it was taken is removed from pictures and from MP4 and MOV films only."
    )
