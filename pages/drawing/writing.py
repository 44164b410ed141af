"""The box people write in: our own component, which sends unsent text by itself.

Its scripts lie in `pages/static/writing`: `device.js` keeps unsent text on the device, `text.js`
brings one text to the server (`server.drafts`, `server.reviewing`), `writing.js` is the box on the
screen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

import streamlit as st

from pages.appearance import STATIC
from pages.drawing.asking import Asking
from pages.drawing.entry import Entry
from pages.words import t

FOLDER = STATIC / "writing"
HELD = ", ".join(
    f"[class*='st-key-{name}'] button" for name in ("send", "add-", "remove-", "next-", "back-")
)
"""Buttons that act on the whole entry: they wait until the server has every text of it."""


def version() -> str:
    """Return what changes with the scripts, so that no browser mixes old and new ones."""
    digest = sha256()
    for file in sorted(FOLDER.glob("*.js")):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


# Components are started from a blob: address, which knows no relative ones.
START = f"""
const script = new URL("app/static/writing/writing.js?{version()}", document.baseURI);
export default async (component) => (await import(script)).draw(component);
"""
_box = st.components.v2.component(
    "zhenqing_writing",
    js=START,
    css=(FOLDER / "writing.css").read_text(encoding="utf-8"),
    isolate_styles=False,
)


STANDARD: Mapping[str, Any] = {
    "hint": "",
    "suggestions": [],
    "disabled": False,
    "multiline": False,
    "rows": 1,
    "keys": "",
    "masked": False,
    "held": HELD,
}
"""What a box is like unless it is said."""


@dataclass(frozen=True)
class Written:
    """What the box told: its text, and the revision of the draft that the text rests on."""

    text: str
    base: int


def write(asking: Asking, shown: str, **box: Any) -> Written | None:  # noqa: ANN401 - as JSON
    """Draw the box for a question; None as long as it has told nothing.

    Args:
        asking: The question.
        shown: What stands in the box for the answer kept so far.
        box: What the box is like, as `writing.js` knows it.
    """
    asked = {
        "label": asking.label,
        "hint": asking.hint,
        "suggestions": list(asking.suggestions),
        "disabled": asking.disabled,
    }
    return write_beside(asking.entry, asking.path, shown, **asked, **box)


def write_beside(
    entry: Entry,
    path: str,
    shown: str,
    **box: Any,  # noqa: ANN401 - as JSON
) -> Written | None:
    """Draw the box for a text that is kept with an entry, under a path of its own.

    Args:
        entry: The entry.
        path: The path of its draft.
        shown: What stands in the box.
        box: What the box is like, as `writing.js` knows it; its `label` at least.
    """
    draft = entry.drafts.get(path)
    place = {
        "owner": str(entry.account_id),
        "assignment": str(entry.assignment_id),
        "day": entry.day.isoformat(),
        "instance": str(entry.instance_id),
        "path": path,
    }
    return write_at(
        place,
        shown,
        revision=draft.revision if draft else 0,
        saved_at=draft.updated_at if draft else None,
        zone=entry.zone,
        **box,
    )


def write_at(
    place: Mapping[str, str],
    shown: str,
    *,
    revision: int,
    saved_at: datetime | None,
    zone: str,
    **box: Any,  # noqa: ANN401 - as JSON
) -> Written | None:
    """Draw the box for a text wherever it is kept.

    Args:
        place: Whose text it is (`owner`), what it belongs to (`instance`, `path`), and what else
            the route that keeps it must know; `to` is that route, `draft` by default.
        shown: What stands in the box.
        revision: That of what the server has, 0 for nothing.
        saved_at: When the server got it.
        zone: The name of the zone whose wall clock counts for the person.
        box: What the box is like, as `writing.js` knows it; its `label` at least.
    """
    data = {
        **STANDARD,
        **place,
        "text": shown,
        "revision": revision,
        "saved_at": saved_at.isoformat() if saved_at else None,
        "zone": zone,
        "words": _words(),
        **box,
    }
    # Not asking.key, which changes with the turns of repeats: the box stays the same box.
    key = f"writing-{place['instance']}{place['path']}"
    result = _box(key=key, data=data, on_written_change=_told)
    match result.get("written"):
        case {"text": str(text), "base": int(base)}:
            return Written(text, base)
    return None


def _told() -> None:
    """Declare that the box tells something; that the script runs is all there is to do."""


def _words() -> dict[str, str]:
    return {
        "saved": t("Saved {time}", time="{time}"),
        "unsent": t("Not saved to the study yet; kept on this device."),
        "unkept": t("Not saved to the study yet. Please keep this page open."),
        "conflict": t(
            "This was changed on another device or in another tab. Choose which text to keep."
        ),
        "elsewhere": t(
            "Above is what you wrote here. This was saved elsewhere at {time}:", time="{time}"
        ),
        "nothing": t("(nothing)"),
        "mine": t("Keep what I wrote here"),
        "other": t("Take the other text"),
    }
