"""Questions answered with one line that is not prose: codes, numbers as text, places, addresses."""

from __future__ import annotations

import re
from typing import Literal

import streamlit as st

from pages.drawing.asking import Answer, Asking
from pages.words import t

LIVE = "800ms"
"""So long after the last key a line is sent, still in the box or not."""


def line(asking: Asking) -> Answer:
    """Draw one line; numbers bring the keypad on a phone, masked letters are not shown."""
    kind: Literal["default", "password", "phone"] = "default"
    icon = None
    if asking.wants("masked"):
        kind = "password"
    elif asking.wants("numbers"):
        kind, icon = "phone", ":material/dialpad:"
    shown = "" if asking.value is None else str(asking.value)
    link(asking)
    entered = st.text_input(
        **asking.widget(value=shown, type=kind, placeholder="", icon=icon, live=LIVE)
    )
    return asking.taken(shown, entered, entered or None)


def area(asking: Asking) -> Answer:
    """Draw an area for more than a line, where nothing is sent while writing."""
    shown = "" if asking.value is None else str(asking.value)
    rows = int(asking.parameter("rows", 4))
    entered = st.text_area(**asking.widget(value=shown, height=40 + 29 * rows))
    return asking.taken(shown, entered, entered or None)


def link(asking: Asking) -> None:
    """Offer to open an answer that is an address, where the form asks for one."""
    shown = "" if asking.value is None else str(asking.value)
    if asking.wants("url") and re.match(r"https?://\S+$", shown):
        st.link_button(shown, shown, icon=":material/open_in_new:")


def place(asking: Asking) -> Answer:
    """Draw a place, a way or an area as numbers; whatever was there stays until it is changed."""
    how_places_are_written(asking)
    return line(asking)


def how_places_are_written(asking: Asking) -> None:
    """Say how a place, a way or an area is written."""
    if asking.question.type == "geopoint":
        st.caption(t("Latitude and longitude, such as 31.2304 121.4737"))
    else:
        st.caption(t("Latitude and longitude of each point, separated by semicolons"))
