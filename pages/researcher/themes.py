"""What do people write about?"""

from __future__ import annotations

import streamlit as st

from data.tables import Theme
from jobs import ledger
from nlp.charts import theme_chart
from nlp.results import Found, title_of
from pages import words
from pages.researcher.findings import findings
from pages.researcher.showing import show
from pages.waiting import wait_for
from pages.who import require_role
from pages.words import t, tell, tn

me = require_role("researcher")
found = findings(me.study.id)
SHOWN = 6
"""Words for each language."""


def heading() -> str:
    """Say in one line what is here."""
    if found is None:
        return t("What do people write about?")
    people = found.passages["person"].nunique()
    return tn(
        "One theme in what {people} people wrote",
        "{count} themes in what {people} people wrote",
        len(found.themes),
        people=people,
    )


def find_button(label: str, *, primary: bool) -> None:
    """Offer to find themes; the worker does it."""
    if st.button(label, type="primary" if primary else "secondary", key="find"):
        ledger.ask("themes", study_id=me.study.id, account_id=me.identity.account_id)
        st.rerun()


def card(theme: Theme, of: Found) -> None:
    """Show one theme: share, voices, words and what is typical of it."""
    share, voices = of.theme_shares[theme.number], theme.measures["voices"]
    with st.container(border=True):
        st.subheader(title_of(theme, words.language()), anchor=False)
        carried = (
            t("One voice only") if voices == 1 else tn("{count} voice", "{count} voices", voices)
        )
        st.caption(t("{share} of what a person writes", share=f"{share:.0%}") + " · " + carried)
        for tag, terms in theme.keywords.items():
            if terms and tag not in {"und", "mul"}:
                st.write(f"**{words.language_name(tag)}** {' · '.join(terms[:SHOWN])}")
        keys = of.typical.get(theme.number, [])
        for key in keys[:2]:
            quote(of, key)
        if keys[2:]:
            with st.expander(tn("One more passage", "{count} more passages", len(keys) - 2)):
                for key in keys[2:]:
                    quote(of, key)


def quote(of: Found, key: str) -> None:
    """Show a masked passage."""
    passage = of.passages.loc[key]
    with st.container(key=f"quote-{key}"):
        st.text(passage["masked"])
        st.caption(words.language_name(str(passage["language"])))


st.title(heading(), anchor=False)
job = wait_for("themes", me.study.id)
busy = job is not None and job.status in ledger.UNFINISHED
if found is None:
    if not busy:
        st.write(
            t(
                "Themes are groups of passages that mean something similar, whatever language "
                "they are in. Finding them takes about a minute; everything stays on this machine."
            )
        )
        find_button(t("Find themes"), primary=True)
    st.stop()

unassigned = 1 - float(found.theme_shares.sum())
st.write(
    t(
        "{passages} passages; {unassigned} of what a person writes is in no theme. "
        "Computed and not yet reviewed by people.",
        passages=len(found.passages),
        unassigned=f"{unassigned:.0%}",
    )
)
ordered = [
    (
        title_of(theme, words.language()),
        float(found.theme_shares[theme.number]),
        int(theme.measures["voices"]),
    )
    for theme in found.themes
]
show(lambda ground: theme_chart(ordered, translate=tell, ground=ground), key="shares")
for theme in found.themes:
    card(theme, found)
if not busy:
    find_button(t("Find themes again"), primary=False)
