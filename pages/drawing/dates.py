"""Questions answered with a day, a month, a year or a time."""

from __future__ import annotations

from datetime import date, datetime, time

import streamlit as st
from babel.dates import get_month_names

from pages import words
from pages.drawing.asking import Answer, Asking
from pages.words import t

FIRST, LAST = date(1900, 1, 1), date(2100, 12, 31)
MINUTES = 300
"""Times to choose from lie so many seconds apart; any other can be typed."""


def day(asking: Asking) -> Answer:
    """Draw a date: a day, or only a month or a year where the form says so."""
    value = _date(asking.value)
    if asking.wants("year"):
        return _year(asking, value)
    if asking.wants("month-year"):
        return _month(asking, value)
    entered = st.date_input(
        **asking.widget(value=value, min_value=FIRST, max_value=LAST, format="YYYY-MM-DD")
    )
    return asking.taken(value, entered, entered.isoformat() if entered else None)


def _date(text: object) -> date | None:
    try:
        found = date.fromisoformat(str(text)[:10])
    except ValueError:
        return None
    return found if FIRST <= found <= LAST else None


def _year(asking: Asking, value: date | None) -> Answer:
    """Draw a year; its first day is kept, as the standard says."""
    shown = value.year if value else None
    entered = _year_box(asking, shown, asking.key)
    return asking.taken(shown, entered, f"{entered}-01-01" if entered else None)


def _year_box(asking: Asking, shown: int | None, key: str) -> int | None:
    return st.number_input(
        t("Year"),
        value=shown,
        min_value=FIRST.year,
        max_value=LAST.year,
        step=1,
        key=key,
        disabled=asking.disabled,
        placeholder=t("Year"),
        label_visibility="collapsed",
    )


def _month(asking: Asking, value: date | None) -> Answer:
    """Draw a month of a year; the answer is its first day, once both are there."""
    names = get_month_names("wide", locale=words.language().replace("-", "_"))
    shown = (value.year, value.month) if value else (None, None)
    left, right = st.columns(2)
    with left:
        month = st.selectbox(
            t("Month"),
            range(1, 13),
            index=shown[1] - 1 if shown[1] else None,
            format_func=lambda number: names[number],
            key=f"{asking.key}-month",
            disabled=asking.disabled,
            placeholder=t("Month"),
            label_visibility="collapsed",
        )
    with right:
        year = _year_box(asking, shown[0], asking.key)
    if month is None or year is None:
        return asking.value if value is None else None
    return asking.taken(shown, (year, month), f"{year:04}-{month:02}-01")


def clock(asking: Asking) -> Answer:
    """Draw a time of day."""
    try:
        value = time.fromisoformat(str(asking.value)[:5]) if asking.value else None
    except ValueError:
        value = None
    entered = st.time_input(**asking.widget(value=value, step=MINUTES))
    return asking.taken(value, entered, entered.isoformat() if entered else None)


def moment(asking: Asking) -> Answer:
    """Draw a day with a time."""
    try:
        found = datetime.fromisoformat(str(asking.value)[:16]) if asking.value else None
    except ValueError:
        found = None
    value = found if found and FIRST <= found.date() <= LAST else None
    entered = st.datetime_input(
        **asking.widget(
            value=value,
            min_value=datetime.combine(FIRST, time.min),
            max_value=datetime.combine(LAST, time.max),
            format="YYYY-MM-DD",
            step=MINUTES,
        )
    )
    return asking.taken(value, entered, entered.isoformat() if entered else None)
