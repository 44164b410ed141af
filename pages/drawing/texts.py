"""Questions answered in words."""

from __future__ import annotations

from typing import Any

import streamlit as st

from pages.drawing.asking import Asking
from pages.words import t


def text(asking: Asking) -> str | None:
    """Draw a text: a line, an area where the form says multiline, or a choice with own words."""
    if asking.suggestions:
        return _suggested(asking)
    common: dict[str, Any] = {
        "label": asking.label,
        "value": asking.value or "",
        "key": asking.key,
        "label_visibility": "collapsed",
        "disabled": asking.disabled,
    }
    if asking.wants("multiline"):
        rows = int(asking.parameter("rows", 4))
        written = st.text_area(height=40 + 29 * rows, **common)
    else:
        written = st.text_input(**common)
    return written or None


def _suggested(asking: Asking) -> str | None:
    """Offer what others wrote before; own words are as welcome."""
    options = list(dict.fromkeys([*([asking.value] if asking.value else []), *asking.suggestions]))
    chosen = st.selectbox(
        asking.label,
        options,
        index=options.index(asking.value) if asking.value else None,
        accept_new_options=True,
        placeholder=t("Choose or write"),
        key=asking.key,
        label_visibility="collapsed",
        disabled=asking.disabled,
    )
    return chosen or None


def note(asking: Asking) -> None:
    """Draw nothing more: a note is its label."""
