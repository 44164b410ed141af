"""The month of one team, week by week; never fewer people than the threshold."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from i18n import Message, say
from nlp.answers import Answers
from nlp.charts import Drawing
from nlp.charts.look import Ground
from nlp.charts.scales import scale_chart
from nlp.coded import Coded
from nlp.coded.team import codes_over_weeks, scales_of, themes_over_weeks, writing
from nlp.results import Found, title_of
from pages import words
from pages.interviewer.escaping import plain
from pages.researcher.showing import show
from pages.who import Here
from pages.words import t, tell

MOST = 4
"""Themes and codes drawn."""


def team_case(me: Here, team: str, answers: Answers, coded: Coded, found: Found | None) -> None:
    """Show how many wrote, how they answered, and what they spoke of, week by week.

    Args:
        me: Who looks.
        team: Its code.
        answers: The answers of the study.
        coded: What was coded.
        found: The newest run; None before the first.
    """
    if int((answers.team_of == team).sum()) < me.study.threshold:
        st.info(
            t(
                "A team is shown from {threshold} people on; its people can be read one by one.",
                threshold=me.study.threshold,
            ),
            icon=":material/shield_person:",
        )
        return
    _writing(me, team, answers)
    _scales(me, team, answers)
    if found:
        titles = {theme.number: title_of(theme, words.language()) for theme in found.themes}
        table = themes_over_weeks(found, team, threshold=me.study.threshold, most=MOST)
        _over_weeks(me, t("What they write about"), table, dict(titles.items()), key="team-themes")
    if coded.used:
        table = codes_over_weeks(coded, team, threshold=me.study.threshold, most=MOST)
        names = dict(coded.names().items())
        _over_weeks(me, t("What people coded in it"), table, names, key="team-codes")
    st.caption(
        t(
            "Each person counts once in each week. Weeks in which fewer than {threshold} people "
            "of the team wrote are not shown, nor what would give them away.",
            threshold=me.study.threshold,
        )
    )


def _writing(me: Here, team: str, answers: Answers) -> None:
    table = writing(answers, team, threshold=me.study.threshold)
    written = [
        {
            t("Week from"): words.day(row["day"].date(), today=me.today),
            t("People"): t("–") if row["suppressed"] else f"{row['people']:.0f}",
            t("Entries"): t("–") if row["suppressed"] else f"{row['entries']:.0f}",
        }
        for row in table.to_dict(orient="records")
    ]
    st.dataframe(pd.DataFrame(written), hide_index=True)


def _scales(me: Here, team: str, answers: Answers) -> None:
    table = scales_of(answers, team, threshold=me.study.threshold, language=words.language())
    for number, (scale, part) in enumerate(table.groupby("scale", sort=False)):
        if part["suppressed"].all():
            continue
        shown = part[~part["suppressed"]]
        said = [
            say(
                "{question} {first} at first, {last} at last.",
                question=str(panel),
                first=f"{each['value'].iloc[0]:.1f}",
                last=f"{each['value'].iloc[-1]:.1f}",
            )
            for panel, each in shown.groupby("panel", sort=False)
        ]
        domain = (float(scale[0]), float(scale[1]))  # type: ignore[index]  # a pair
        drawn = part.drop(columns=["scale", "suppressed"]).assign(row="", text="")
        show(
            partial(_drawn, drawn, domain, said),
            key=f"team-scales-{number}",
            name="team",
        )


def _drawn(
    table: pd.DataFrame, domain: tuple[float, float], said: list[Message], ground: Ground
) -> Drawing:
    return scale_chart(table, domain=domain, sentences=said, translate=tell, ground=ground)


def _over_weeks(
    me: Here, title: str, table: pd.DataFrame, names: Mapping[Any, str], *, key: str
) -> None:
    """Show shares week by week; in words where there is a single week."""
    st.subheader(title, anchor=False)
    if table.empty or table["suppressed"].all():
        st.write(t("No week has enough people to be shown."))
        return
    shown = table[~table["suppressed"]]
    if shown["day"].nunique() == 1:
        told = [
            t("“{name}” {share}", name=names.get(row["theme"], ""), share=f"{row['share']:.0%}")
            for row in shown.to_dict(orient="records")
        ]
        day = words.day(shown["day"].iloc[0].date(), today=me.today)
        st.write(
            plain(
                t(
                    "One week alone has enough people to be shown, that of {day}: {shares}.",
                    day=day,
                    shares=words.together(told),
                )
            )
        )
        return
    spans = table.assign(
        panel=[names.get(theme, str(theme)) for theme in table["theme"]],
        value=table["share"] * 100,
        low=table["low"] * 100,
        high=table["high"] * 100,
        row="",
        text="",
    )[["panel", "day", "value", "low", "high", "row", "text"]]
    top = float(-(-spans[["value", "high"]].max().max() // 10) * 10)
    said = [
        say("{question} {first} at first, {last} at last.", question=f"“{panel}”",
            first=f"{each['value'].iloc[0]:.0f}%", last=f"{each['value'].iloc[-1]:.0f}%")
        for panel, each in spans.dropna(subset="value").groupby("panel", sort=False)
    ]  # fmt: skip
    show(partial(_shares, spans, (0.0, top), said), key=key, name=key)


def _shares(
    table: pd.DataFrame, domain: tuple[float, float], said: list[Message], ground: Ground
) -> Drawing:
    return scale_chart(
        table,
        domain=domain,
        sentences=said,
        translate=tell,
        ground=ground,
        axis=say("Mean share, in % (band: 95% interval)"),
    )
