"""What was answered?"""

from __future__ import annotations

import streamlit as st

from nlp.answers import Figure, Part, figure_of, topics
from pages import words
from pages.researcher.answered import answered
from pages.researcher.entries_behind import entries_behind
from pages.researcher.rates import rates
from pages.researcher.showing import show
from pages.who import require_role
from pages.words import t, tell

me = require_role("researcher")
SAID = 3
"""Sentences in full size; what more there is to say is said more quietly."""
found = answered(me.study.id)
titles = topics(found, words.language())
if not titles or not any(asked.entries for asked in found.asked.values()):
    st.title(t("Nothing was answered yet"), anchor=False)
    st.write(t("Here you will see what people answered, as soon as the first entry is sent."))
    st.stop()


def choose() -> str:
    """Let the reader take another question; the address follows, so that it can be sent on."""
    wanted = st.query_params.get("figure", "")
    st.session_state["figure"] = wanted if wanted in titles else next(iter(titles))
    return str(
        st.selectbox(
            t("What do you want to see?"),
            list(titles),
            format_func=titles.__getitem__,
            key="figure",
            on_change=lambda: st.query_params.update(figure=str(st.session_state["figure"])),
        )
    )


def draw(figure: Figure, part: Part) -> None:
    """Show one part: what it says in words, its chart, and the way to its entries."""
    if len(figure.parts) > 1:
        st.subheader(part.title, anchor=False)
    said = [tell(sentence) for sentence in part.sentences]
    st.write(words.in_a_row(said[:SAID]))
    if said[SAID:]:
        st.caption(words.in_a_row(said[SAID:]))
    name = "".join(char if char.isalnum() else "-" for char in figure.key)
    show(part.draw, key=f"chart-{part.key}", name=f"{name}-{part.key}")
    entries_behind(me, figure, part)


head = st.container()
key = choose()
figure = figure_of(found, key, words.language())
head.title(figure.title, anchor=False)
if not figure.parts:
    st.write(t("Nobody has answered this yet."))
for each in figure.parts:
    draw(figure, each)
for note in figure.notes:
    st.caption(tell(note))
rates(me, found, key)
