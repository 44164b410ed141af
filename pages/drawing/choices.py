"""Questions answered by choosing."""

from __future__ import annotations

from typing import Any

import streamlit as st

from pages.drawing.asking import Asking
from pages.words import t

MANY = 8
"""From so many choices on they are a list that opens, not a column of buttons."""


def select_one(asking: Asking) -> str | None:
    """Draw a choice of one."""
    labels = {offer.name: offer.label.text for offer in asking.filling.choices(asking.path)}
    names = list(labels)
    common: dict[str, Any] = {
        "label": asking.label,
        "options": names,
        "index": names.index(asking.value) if asking.value in labels else None,
        "format_func": lambda name: labels.get(name, name),
        "key": asking.key,
        "label_visibility": "collapsed",
        "disabled": asking.disabled,
    }
    if len(names) >= MANY or asking.wants("minimal", "autocomplete", "search"):
        chosen: str | None = st.selectbox(placeholder=t("Choose"), **common)
    else:
        chosen = st.radio(**common)
    return chosen


def select_multiple(asking: Asking) -> list[str] | None:
    """Draw a choice of several."""
    labels = {offer.name: offer.label.text for offer in asking.filling.choices(asking.path)}
    chosen = [name for name in asking.value or [] if name in labels]
    common: dict[str, Any] = {
        "label": asking.label,
        "options": list(labels),
        "default": chosen,
        "format_func": lambda name: labels.get(name, name),
        "key": asking.key,
        "label_visibility": "collapsed",
        "disabled": asking.disabled,
    }
    if len(labels) >= 2 * MANY or asking.wants("minimal", "autocomplete", "search"):
        return st.multiselect(placeholder=t("Choose"), **common) or None
    return st.pills(selection_mode="multi", **common) or None


def acknowledge(asking: Asking) -> str | None:
    """Draw a box to tick."""
    ticked = st.checkbox(
        t("Yes"), value=asking.value == "OK", key=asking.key, disabled=asking.disabled
    )
    return "OK" if ticked else None
