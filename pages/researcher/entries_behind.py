"""From a number to the entries it comes from, masked, a page at a time."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import streamlit as st

from data.database import open_session
from nlp.answers import Figure, Part, behind
from pages import words
from pages.who import Here
from pages.words import t, tn

PAGE = 10


def entries_behind(me: Here, figure: Figure, part: Part) -> None:
    """Offer the entries behind each number of a part."""
    cells = [cell for cell in part.cells if cell.shown and cell.entries]
    if not cells:
        return
    place = f"behind-{figure.key}-{part.key}"
    chosen = st.selectbox(
        t("Read the entries behind a number"),
        list(range(len(cells))),
        index=None,
        format_func=lambda number: _called(cells[number].name, cells[number].text),
        placeholder=t("Choose a number"),
        key=place,
    )
    if chosen is not None:
        listing(me, cells[chosen].entries, place=f"{place}-{chosen}")


def _called(name: str, text: str) -> str:
    return f"{name}: {text}" if name and text else name or text


def listing(me: Here, keys: Sequence[UUID], *, place: str) -> None:
    """Show entries, masked, a page at a time."""
    st.caption(tn("One entry", "{count} entries", len(keys)))
    pages = max(1, -(-len(keys) // PAGE))
    page = int(st.session_state.get(f"page-{place}", 1))
    with open_session() as session:
        shown = behind(
            keys[(page - 1) * PAGE : page * PAGE],
            session=session,
            study=me.study,
            account_id=me.identity.account_id,
            language=words.language(),
        )
        session.commit()
    for entry in shown:
        with st.container(border=True, key=f"entry-{place}-{entry.key}"):
            day = words.day(entry.day, today=me.today)
            st.caption(f"{day} · {words.language_name(entry.language)}")
            answers(entry.lines)
    if pages > 1:
        st.pagination(pages, key=f"page-{place}")


def answers(lines: Sequence[tuple[str, str]]) -> None:
    """Show questions with their answers; a heading over a turn has no answer."""
    for label, value in lines:
        with st.container(gap=None):
            if label:
                st.caption(label)
            if value:
                st.text(value)
