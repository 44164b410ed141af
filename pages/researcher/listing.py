"""The passages of a theme, a page at a time, each below what it answers."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import streamlit as st

from data.database import open_session
from data.tables import Memo
from nlp import memos, quoting
from nlp.deciding import Desk, move
from nlp.reading import Reading, readings
from nlp.results import Found
from pages import words
from pages.researcher import filtering
from pages.researcher.deciding import decide
from pages.researcher.starring import memo_on_passage, star
from pages.who import Here
from pages.words import t, tn

PAGE = 10
NOWHERE = -1
"""Stands for the passages that are in no theme."""


@dataclass(frozen=True)
class Marked:
    """What researchers did with the passages of a page: which are on the shelf, and their memos."""

    starred: set[str]
    memos: dict[str, list[Memo]]


def listing(me: Here, found: Found, theme: int, titles: dict[int, str]) -> None:
    """Show the passages of a theme.

    Args:
        me: Who reads.
        found: The run.
        theme: The theme's number, or `NOWHERE`.
        titles: What all themes of the run are called.
    """
    order = reading_order(found, theme)
    filtered = filtering.ask(me, found.passages.loc[order])
    if not filtered.shown:
        st.info(
            t("Not shown, to protect people: too few of them remain, or are left out."),
            icon=":material/shield_person:",
        )
        return
    st.caption(
        tn(
            "One passage by {people}",
            "{count} passages by {people}",
            len(filtered.passages),
            people=tn("one person", "{count} people", filtered.people),
        )
    )
    keys = [str(key) for key in filtered.passages.index]
    pages = max(1, -(-len(keys) // PAGE))
    place = f"page-{theme}-{pages}"
    page = int(st.session_state.get(place, 1))
    with open_session() as session:
        shown = readings(
            keys[(page - 1) * PAGE : page * PAGE],
            session=session,
            study_id=me.study.id,
            account_id=me.identity.account_id,
        )
        marked = Marked(
            quoting.starred([each.key for each in shown], session=session),
            memos.about_passages([each.key for each in shown], session=session),
        )
        session.commit()
    for reading in shown:
        _passage(me, found, reading, titles, marked)
    if pages > 1:
        st.pagination(pages, key=place)


def reading_order(found: Found, theme: int) -> list[str]:
    """Return the passages of a theme: the typical ones first, then by how much they belong."""
    inside = found.main.index[found.main == theme]
    if theme == NOWHERE:
        return [str(key) for key in inside]
    kept = set(inside)
    first = [key for key in found.typical.get(theme, []) if key in kept]
    shares = found.hidden_shares if theme in found.decisions.hidden else found.shares
    rest = shares.loc[inside, theme].sort_values(ascending=False, kind="stable").index
    return list(dict.fromkeys([*first, *map(str, rest)]))


def _passage(
    me: Here, found: Found, reading: Reading, titles: dict[int, str], marked: Marked
) -> None:
    with st.container(key=f"passage-{reading.key}"):
        asked = words.of(reading.question) or reading.turn_before
        language = words.language_name(reading.language)
        st.caption(f"{asked} · {language}" if asked else language)
        with st.container(horizontal=True, vertical_alignment="top"):
            st.text(reading.masked, width="stretch")
            _elsewhere(me, found, reading.key, titles)
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            star(me, reading.key, chosen=reading.key in marked.starred)
            memo_on_passage(me, reading.key, marked.memos.get(reading.key, []))


def _elsewhere(me: Here, found: Found, key: str, titles: dict[int, str]) -> None:
    """Let a person move a passage."""
    now = int(found.main[key])
    with st.popover(t("Move"), help=t("It belongs elsewhere"), type="tertiary", key=f"move-{key}"):
        to = st.selectbox(
            t("It belongs to"),
            [number for number in titles if number != now],
            index=None,
            format_func=titles.__getitem__,
            placeholder=t("Choose a theme"),
            key=f"to-{key}",
        )

        def deed(desk: Desk) -> None:
            move(
                desk,
                UUID(key),
                before=None if now == NOWHERE else now,
                to=None if to == NOWHERE else to,
            )

        if st.button(t("Move it"), disabled=to is None, key=f"go-{key}"):
            decide(me, found, deed)
