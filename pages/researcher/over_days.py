"""Themes over the days of the study, with what happened on the set."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable

import streamlit as st

from nlp.charts import days_chart
from nlp.compare import over_time
from nlp.results import Found, Grouping
from pages import words
from pages.researcher.groups import names_of
from pages.researcher.showing import show
from pages.who import Here
from pages.words import t, tell

AT_ONCE = 3
"""Themes drawn where nobody chose any."""
SPAN = 3
"""Days in a span where nobody chose: few people write every day."""


def over_days(me: Here, found: Found, by: Grouping, titles: dict[int, str]) -> None:
    """Show how themes come and go, for everybody or group by group.

    Args:
        me: Who looks.
        found: The run.
        by: What makes the groups, where groups are wanted.
        titles: What its themes are called.
    """
    with st.expander(t("Over the days"), icon=":material/timeline:", key="over-days"):
        chosen = st.multiselect(
            t("Themes"),
            list(titles),
            default=list(titles)[:AT_ONCE],
            format_func=titles.__getitem__,
            placeholder=t("Choose a theme"),
            key="days-themes",
        )
        span = st.slider(t("Days taken together"), 1, 10, SPAN, key="days-span")
        apart = st.toggle(t("Groups side by side"), key="days-apart")
        if not chosen:
            return
        groups = found.groups(by) if apart else None
        entries = found.shares[chosen].join(found.passages[["person", "day"]])
        table = over_time(entries, threshold=me.study.threshold, groups=groups, every=span)
        if table.empty or table["suppressed"].all():
            st.write(t("No span of days has enough people to be shown. Take more days together."))
            return
        names: dict[Hashable, str] = dict(titles.items())
        if groups is not None:
            names |= dict(names_of(me, by, groups.unique()).items())
        show(
            lambda ground: days_chart(
                table, names=names, events=_events(me), translate=tell, ground=ground
            ),
            key="days",
            name="days",
        )
        st.caption(
            t("Each person counts once in each span. Dashed lines are what happened on the set.")
        )


def _events(me: Here) -> dict[dt.date, str]:
    return {
        dt.date.fromisoformat(event["day"]): words.of(event["title"])
        for event in me.study.design.get("events", [])
    }
