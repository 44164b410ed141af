"""The month of one person: what they gave day by day, masked."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st

from data.database import open_session
from data.tables import Person
from i18n import Message, say
from nlp.answers import Answers, behind
from nlp.charts import Drawing
from nlp.charts.look import Ground
from nlp.charts.scales import scale_chart
from nlp.coded import Coded
from nlp.coded.case import Moment, moments
from nlp.reading import masked_texts
from nlp.results import Found, title_of
from pages import words
from pages.interviewer.escaping import plain
from pages.researcher.entries_behind import answers as show_answers
from pages.researcher.showing import show
from pages.who import Here
from pages.words import t, tell, tn

PAGE = 10


def person_case(
    me: Here, person: Person, answers: Answers, coded: Coded, found: Found | None
) -> None:
    """Show what somebody gave, by day.

    Args:
        me: Who looks.
        person: Whose month.
        answers: The answers of the study.
        coded: What was coded.
        found: The newest run; None before the first.
    """
    themes = found.main if found else pd.Series(dtype="int64")
    with open_session() as session:
        told = moments(person, answers, coded, themes, session=session, language=words.language())
    if not told:
        st.write(t("Nothing from this person yet."))
        return
    entries = sum(each.kind == "entry" for each in told)
    said = [tn("One entry", "{count} entries", entries)]
    if len(told) > entries:
        said.append(tn("one interview", "{count} interviews", len(told) - entries))
    st.write(" · ".join(said))
    _scales(told)
    pages = max(1, -(-len(told) // PAGE))
    place = f"page-case-{person.code}"
    page = int(st.session_state.get(place, 1))
    _page(me, told[(page - 1) * PAGE : page * PAGE], coded, found)
    if pages > 1:
        st.pagination(pages, key=place)


def _scales(told: list[Moment]) -> None:
    """Draw the scales that somebody answered more than once, those of the same length together."""
    rows = [
        (rated.scale, rated.question, each.day, rated.value)
        for each in told
        for rated in each.rated
        if each.day
    ]
    table = pd.DataFrame(rows, columns=["scale", "panel", "day", "value"])
    for number, (scale, part) in enumerate(table.groupby("scale", sort=False)):
        days = part.groupby(["panel", "day"], sort=False)["value"].mean().reset_index()
        days = days[days.groupby("panel")["day"].transform("size") > 1]
        if days.empty:
            continue
        drawn = days.assign(low=days["value"], high=days["value"], row="", text="")
        domain = (float(scale[0]), float(scale[1]))  # type: ignore[index]  # a pair
        show(
            partial(_drawn, drawn, domain, _said(days)),
            key=f"case-scales-{number}",
            name="case",
        )


def _drawn(
    table: pd.DataFrame, domain: tuple[float, float], said: list[Message], ground: Ground
) -> Drawing:
    return scale_chart(
        table,
        domain=domain,
        sentences=said,
        translate=tell,
        ground=ground,
        axis=say("What this person answered"),
    )


def _said(days: pd.DataFrame) -> list[Message]:
    return [
        say(
            "{question} {first} at first, {last} at last.",
            question=str(panel),
            first=f"{part['value'].iloc[0]:g}",
            last=f"{part['value'].iloc[-1]:g}",
        )
        for panel, part in days.groupby("panel", sort=False)
    ]


def _page(me: Here, told: list[Moment], coded: Coded, found: Found | None) -> None:
    with open_session() as session:
        entries = {
            entry.key: entry
            for entry in behind(
                [each.key for each in told if each.kind == "entry"],
                session=session,
                study=me.study,
                account_id=me.identity.account_id,
                language=words.language(),
            )
        }
        spoken = masked_texts(
            [key for each in told if each.kind == "interview" for key in each.passages],
            session=session,
            study_id=me.study.id,
        )
        session.commit()
    for each in told:
        with st.container(border=True, key=f"moment-{each.key}"):
            day = words.day(each.day, today=me.today) if each.day else t("day not known")
            st.markdown(f"**{plain(day)}** · {plain(each.title or t('Interview'))}")
            _about(each, coded, found)
            with st.expander(t("Read it")):
                if each.kind == "entry" and each.key in entries:
                    show_answers(entries[each.key].lines)
                for key in each.passages if each.kind == "interview" else ():
                    st.text(spoken.get(key, ""))


def _about(each: Moment, coded: Coded, found: Found | None) -> None:
    """Say in quiet lines what was answered on scales, and which codes and themes are in it."""
    if each.rated:
        st.caption(
            plain(
                " · ".join(
                    t(
                        "{question} {value} of {most}",
                        question=rated.question,
                        value=f"{rated.value:g}",
                        most=f"{rated.scale[1]:g}",
                    )
                    for rated in each.rated
                )
            )
        )
    titles = {
        theme.number: title_of(theme, words.language()) for theme in (found.themes if found else ())
    }
    themes = [titles[number] for number in each.themes if number in titles]
    if themes:
        st.caption(plain(t("Themes: {themes}", themes=" / ".join(themes))))
    names = coded.names()
    codes = [names[code] for code in each.codes if code in names]
    if codes:
        st.caption(plain(t("Codes: {codes}", codes=" / ".join(codes))))
