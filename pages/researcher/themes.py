"""What do people write about?"""

from __future__ import annotations

from functools import partial

import streamlit as st

from data.database import open_session
from data.tables import Theme
from jobs import ledger
from nlp.checking import Checked
from nlp.deciding import show
from nlp.questions import guiding
from nlp.reading import masked_texts
from nlp.results import Found, title_of
from nlp.themes.steady import STEP, steady_settings
from pages import words
from pages.navigation import FOLDER, PASSAGES
from pages.researcher import filtering
from pages.researcher.beside import beside
from pages.researcher.checked import checked
from pages.researcher.deciding import decide, history, outcome, saw
from pages.researcher.findings import findings
from pages.researcher.marks import mark
from pages.researcher.picturing import picked, picture, titles_of
from pages.researcher.rereading import to_read_again
from pages.researcher.since import since
from pages.waiting import wait_for
from pages.who import require_role
from pages.words import t, tn

me = require_role("researcher")
found = findings(me.study.id)
SHOWN = 6
"""Words for each language."""
LANGUAGES = 3
"""Languages on a card; the others are where its passages are read."""
QUOTED = 2
"""Passages on a card."""


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


def find_first() -> None:
    """Offer to find themes; the worker does it."""
    if st.button(t("Find themes"), type="primary", key="find"):
        ledger.ask("themes", study_id=me.study.id, account_id=me.identity.account_id)
        st.rerun()


def steadiest(of: Found) -> None:
    """Mark the settings whose themes were found again most reliably."""
    asked = float(of.run.settings.get("granularity", 0.5))
    steady = steady_settings(of.run.quality.get("stability_by_number") or {}, asked)
    if steady:
        named = [
            t("{setting} (about {count} themes)", setting=f"{setting:g}", count=count)
            for setting, count in steady.items()
        ]
        st.caption(t("Found again most reliably: {settings}.", settings=" · ".join(named)))


def find_again(of: Found) -> None:
    """Offer another run, finer or coarser; decisions are carried over."""
    with st.expander(t("Find themes again"), icon=":material/refresh:", key="find-again"):
        settings = of.run.settings
        granularity = st.slider(
            t("Few broad themes or many narrow ones"),
            0.0,
            1.0,
            float(settings.get("granularity", 0.5)),
            STEP,
            help=t(
                "0.5 is the number usual for so many passages; each 0.25 up or down doubles or "
                "halves it. Of the numbers around it the most stable is taken."
            ),
            key="granularity",
        )
        steadiest(of)
        questions = guiding(me.study, words.language())
        guided = bool(questions) and st.toggle(
            t("Let the research questions guide"),
            value=bool(settings.get("questions")),
            help=t(
                "Passages that answer a question are drawn a little closer together. Nothing is "
                "forced: a question that nobody answers gets no theme, and the card says so."
            ),
            key="guided",
        )
        st.caption(t("Names, merges and the other decisions of people are carried over."))
        if st.button(t("Find them"), key="find"):
            ledger.ask(
                "themes",
                study_id=me.study.id,
                account_id=me.identity.account_id,
                granularity=granularity,
                seed=int(settings.get("seed", 0)),
                **({"questions": questions} if guided else {}),
            )
            st.rerun()


def basis(of: Found) -> str:
    """Say what the themes rest on, and what people decided about them."""
    inside = float(of.theme_shares.sum())
    aside = float(of.set_aside.sum())
    told = [
        t(
            "{passages} passages; {unassigned} of what a person writes is in no theme.",
            passages=len(of.passages),
            unassigned=f"{max(0.0, 1 - inside - aside):.0%}",
        )
    ]
    named = sum(theme.number in of.decisions.names for theme in of.themes)
    told.append(
        tn(
            "One of them was named by a person, the other titles were suggested by the computer.",
            "{count} of them were named by people, other titles were suggested by the computer.",
            named,
        )
        if named
        else t("Titles were suggested by the computer and not yet reviewed by people.")
    )
    if of.hidden:
        told.append(
            tn(
                "One theme is set aside ({share}).",
                "{count} themes are set aside ({share}).",
                len(of.hidden),
                share=f"{aside:.0%}",
            )
        )
    return words.in_a_row(told)


def explore(of: Found) -> None:
    """Show the picture and, beside it, the passages of the theme picked in it."""
    titles = titles_of(of)
    with st.container(key="wide-explore"):
        left, right = st.columns([3, 2], gap="large")
        with left:
            picture(me, of, titles)
        with right:
            number = picked(of)
            beside(me, of, number, titles.get(number, "") if number is not None else "")


def among(of: Found) -> Found | None:
    """Ask whose passages to look at; return the run in these, None where that would name people."""
    filtered = filtering.ask(me, of.passages)
    if not filtered.shown:
        st.info(
            t("Not shown, to protect people: too few of them remain, or are left out."),
            icon=":material/shield_person:",
        )
        return None
    if not filtered.active:
        return of
    st.caption(
        tn(
            "One passage by {people}",
            "{count} passages by {people}",
            len(filtered.passages),
            people=tn("one person", "{count} people", filtered.people),
        )
    )
    return of.among(filtered.passages.index)


def card(theme: Theme, of: Found, texts: dict[str, str], checks: dict[int, Checked]) -> None:
    """Show one theme: share, voices, words and what is typical of it."""
    with st.container(border=True, key=f"theme-{theme.number}"):
        st.subheader(title_of(theme, words.language()), anchor=False)
        mark(of, theme, checks.get(theme.number))
        keywords(theme)
        for key in typical(of, theme.number):
            if key in texts:
                with st.container(key=f"quote-{key}"):
                    st.text(texts[key])
        count = int((of.main == theme.number).sum())
        st.page_link(
            str(FOLDER / PASSAGES.file),
            label=tn("Read its passage", "Read its {count} passages", count),
            icon=":material/arrow_forward:",
            query_params={"theme": str(theme.number)},
        )


def keywords(theme: Theme) -> None:
    """Show the words of a theme in the language of the screen and in those most written in."""
    tags = [tag for tag, terms in theme.keywords.items() if terms and tag not in {"und", "mul"}]
    tags.sort(key=lambda tag: tag != words.language())
    with st.container(gap=None):
        for tag in tags[:LANGUAGES]:
            terms = " · ".join(theme.keywords[tag][:SHOWN])
            st.caption(f"**{words.language_name(tag)}** {terms}")


def set_aside(of: Found) -> None:
    """List the themes that people set aside, with the way back."""
    with st.expander(tn("Set aside: one theme", "Set aside: {count} themes", len(of.hidden))):
        for theme in of.hidden:
            with st.container(horizontal=True, vertical_alignment="center"):
                st.write(title_of(theme, words.language()))
                back = partial(show, theme=theme.number)
                if st.button(t("Take it back in"), type="tertiary", key=f"back-{theme.number}"):
                    decide(me, of, back)


def typical(of: Found, number: int) -> list[str]:
    """Return the passages of a theme to show on its card, of those looked at."""
    return [key for key in of.typical[number] if key in of.passages.index][:QUOTED]


def typical_texts(of: Found) -> dict[str, str]:
    """Return the texts on the cards, masked as they are masked now."""
    keys = [key for theme in of.themes for key in typical(of, theme.number)]
    with open_session() as session:
        return masked_texts(keys, session=session, study_id=me.study.id)


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
        find_first()
    st.stop()

outcome(me, found)
st.write(basis(found))
since(found)
to_read_again(me, found)
shown = among(found)
if shown:
    explore(shown)
    texts, checks = typical_texts(shown), checked(shown)
    for start in range(0, len(shown.themes), 2):
        for place, theme in zip(st.columns(2), shown.themes[start : start + 2], strict=False):
            with place:
                card(theme, shown, texts, checks)
if found.hidden:
    set_aside(found)
history(me, found)
if not busy:
    find_again(found)
saw(found)
