"""Questions answered with a day or a time."""

from __future__ import annotations

from datetime import date, time

import streamlit as st

from pages.drawing.asking import Asking


def day(asking: Asking) -> str | None:
    """Draw a date."""
    try:
        value = date.fromisoformat(asking.value or "")
    except ValueError:
        value = None
    chosen = st.date_input(
        asking.label,
        value=value,
        min_value=date(1900, 1, 1),
        max_value=date(2100, 12, 31),
        format="YYYY-MM-DD",
        key=asking.key,
        label_visibility="collapsed",
        disabled=asking.disabled,
    )
    return chosen.isoformat() if chosen else None


def clock(asking: Asking) -> str | None:
    """Draw a time of day."""
    try:
        value = time.fromisoformat((asking.value or "")[:8])
    except ValueError:
        value = None
    chosen = st.time_input(
        asking.label,
        value=value,
        key=asking.key,
        label_visibility="collapsed",
        disabled=asking.disabled,
        step=300,
    )
    return chosen.isoformat() if chosen else None
