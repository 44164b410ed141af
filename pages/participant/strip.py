"""The month as one quiet line: a sign for each day."""

from __future__ import annotations

from html import escape
from itertools import groupby

import streamlit as st

from pages.words import t, tn
from survey.progress import Mark, Progress

SIGNS = {
    Mark.WRITTEN: "●",
    Mark.LATE: "◐",
    Mark.MISSED: "○",
    Mark.OPEN: "◇",
    Mark.DUE: "◆",
    Mark.EXCUSED: "–",
    Mark.COMING: "·",
}


def strip(month: Progress) -> None:
    """Draw a person's month: weeks apart, a sign for each day, and what the signs mean."""
    days = sorted(month.days.items())
    weeks = [
        "".join(SIGNS[mark] for _, mark in week)
        for _, week in groupby(days, key=lambda item: item[0].isocalendar()[:2])
    ]
    said = _said(month)
    with st.container(key="strip", gap="small"):
        st.html(f'<p role="img" aria-label="{escape(said)}">{escape(" ".join(weeks))}</p>')
        st.caption(said)


def _said(month: Progress) -> str:
    """Say what the signs mean, of those that are there."""
    count = {mark: list(month.days.values()).count(mark) for mark in Mark}
    named = {
        Mark.WRITTEN: tn("one day written", "{count} days written", count[Mark.WRITTEN]),
        Mark.LATE: tn("one written later", "{count} written later", count[Mark.LATE]),
        Mark.MISSED: tn("one left out", "{count} left out", count[Mark.MISSED]),
        Mark.OPEN: tn("one still open", "{count} still open", count[Mark.OPEN]),
        Mark.DUE: t("now"),
        Mark.EXCUSED: tn("one excused", "{count} excused", count[Mark.EXCUSED]),
        Mark.COMING: tn("one to come", "{count} to come", count[Mark.COMING]),
    }
    return "\N{EM SPACE}".join(
        f"{SIGNS[mark]}\N{NO-BREAK SPACE}{words}" for mark, words in named.items() if count[mark]
    )
