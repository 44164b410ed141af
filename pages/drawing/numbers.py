"""Questions answered with a number."""

from __future__ import annotations

import streamlit as st
from babel.numbers import format_decimal

from pages import words
from pages.drawing import lines
from pages.drawing.asking import Answer, Asking

LARGEST = 2**53 - 1
"""Browsers count no further; larger numbers are written as text."""


def integer(asking: Asking) -> Answer:
    """Draw a whole number, with buttons for one more and one less."""
    value = asking.value
    if value is not None and not (isinstance(value, int) and abs(value) <= LARGEST):
        return lines.line(asking)
    separated(asking)
    entered = st.number_input(**asking.widget(value=value, step=1, placeholder=""))
    return asking.taken(value, entered, entered)


def decimal(asking: Asking) -> Answer:
    """Draw a number with decimals."""
    value = asking.value
    if value is not None and not (isinstance(value, int | float) and abs(value) <= LARGEST):
        return lines.line(asking)
    separated(asking)
    shown = None if value is None else float(value)
    entered = st.number_input(
        **asking.widget(value=shown, step=None, format="%.10g", placeholder="")
    )
    return asking.taken(shown, entered, entered)


def separated(asking: Asking) -> None:
    """Show a number with its thousands apart where the form says so: boxes cannot."""
    if asking.wants("thousands-sep") and isinstance(asking.value, int | float):
        st.caption(format_decimal(asking.value, locale=words.language().replace("-", "_")))
