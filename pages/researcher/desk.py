"""The desk that texts are coded on: our own component, which marks through a route of its own.

Its scripts lie in `pages/static/coding`: `desk.js` speaks with the server (`server.coding`),
`drawing.js` shows what is marked, `choosing.js` is the keyboard, `panel.js` the codes.
"""

from __future__ import annotations

from hashlib import sha256
from uuid import UUID

import streamlit as st

from pages import words
from pages.appearance import STATIC
from pages.who import Here
from pages.words import t

FOLDER = STATIC / "coding"


def _version() -> str:
    """Return what changes with the scripts, so that no browser mixes old and new ones."""
    digest = sha256()
    for file in sorted(FOLDER.glob("*.js")):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


# Components are started from a blob: address, which knows no relative ones.
START = f"""
const script = new URL("app/static/coding/coding.js?{_version()}", document.baseURI);
export default async (component) => (await import(script)).draw(component);
"""
_desk = st.components.v2.component(
    "zhenqing_coding",
    js=START,
    css=(FOLDER / "coding.css").read_text(encoding="utf-8"),
    isolate_styles=False,
)


def desk(me: Here, kind: str, key: UUID, *, version: str) -> None:
    """Draw a text to be coded.

    Args:
        me: Who codes.
        kind: `entry` or `interview`.
        key: The response or the interview.
        version: Changes when the browser is to fetch the text again.
    """
    _desk(
        key=f"coding-{key}",
        data={
            "kind": kind,
            "key": str(key),
            "version": version,
            "language": words.language(),
            "zone": str(me.zone),
            "words": _words(),
        },
    )


def _words() -> dict[str, object]:
    return {
        "reading": t("The text. Arrow keys choose words and sentences, Shift extends, "
                     "the key of a code marks, Enter finds a code."),
        "codes": t("Codes"),
        "find": t("Find a code"),
        "choose": t("Choose some words in the text, then a code."),
        "no_codes": t("There are no codes yet. Make one in the codebook first."),
        "finished": t("You have finished this text."),
        "opening": t("Opening the text …"),
        "saved": t("Saved {time}", time="{time}"),
        "saving": t("Saving …"),
        "unsaved": t("Not saved yet; it is sent again as soon as the study can be reached."),
        "undo": t("Undo"),
        "memo": t("A memo"),
        "has_memo": t("with a memo"),
        "remove": t("Remove this mark"),
        "gone": t("a code that is gone"),
        "coder": t("Coder {number}", number="{number}"),
        "decided": t("decided together"),
        "speaker": t("Speaker {number}", number="{number}"),
        "roles": {
            "interviewer": t("Interviewer"),
            "interpreter": t("Interpreter"),
            "other": t("Somebody else"),
        },
        "lost": t("These words were corrected after you had marked them"),
        "again": t("Mark them as they read now"),
        "let_go": t("Let it go"),
        "nothing": t("Nothing stands there any more."),
    }  # fmt: skip
