"""Deciding about one theme: its name, what it answers, what it is part of, whether it counts."""

from __future__ import annotations

import streamlit as st

from data.tables import Theme
from jobs import ledger
from nlp.deciding import Desk, ask, describe, hide, merge, rename, show
from nlp.results import Found
from pages import words
from pages.researcher.deciding import Deed, decide, seen
from pages.waiting import wait_for
from pages.who import Here
from pages.words import t


def about(me: Here, found: Found, theme: Theme, titles: dict[int, str]) -> None:
    """Let a person decide about a theme.

    Args:
        me: Who decides.
        found: The run.
        theme: The theme.
        titles: What all themes of the run are called.
    """
    _words(me, found, theme, titles)
    _questions(me, found, theme)
    _part_of(me, found, theme, titles)
    _apart(me, found, theme)
    _aside(me, found, theme)


def _words(me: Here, found: Found, theme: Theme, titles: dict[int, str]) -> None:
    language, number = words.language(), theme.number
    named = found.decisions.names.get(number, {}).get(language, "")
    described = found.decisions.descriptions.get(number, {}).get(language, "")
    # In a form, so that leaving a box sends nothing: the screen stays the one that was read.
    with st.form(f"about-{number}", border=False):
        name = st.text_input(t("Name"), named, placeholder=titles[number], key=f"name-{number}")
        description = st.text_area(
            t("What it is about"),
            described,
            placeholder=t("In a sentence: what belongs here, and what does not?"),
            height=96,
            key=f"description-{number}",
        )
        if not st.form_submit_button(t("Save"), type="primary", key="save-theme"):
            return
    deeds: list[Deed] = []
    if name.strip() != named:
        deeds.append(lambda desk: rename(desk, number, name, language=language))
    if description.strip() != described:
        deeds.append(lambda desk: describe(desk, number, description, language=language))
    decide(me, found, *deeds)


def _questions(me: Here, found: Found, theme: Theme) -> None:
    asked = {
        question["key"]: words.of(question["text"], question["key"])
        for question in me.study.design.get("research_questions", [])
    }
    if not asked:
        return
    before = [key for key in found.decisions.questions.get(theme.number, []) if key in asked]
    chosen = st.multiselect(
        t("Research questions it answers"),
        list(asked),
        default=before,
        format_func=asked.__getitem__,
        placeholder=t("None yet"),
        key=f"questions-{theme.number}-{found.decisions.revision}",
    )
    if set(chosen) != set(before) and st.button(t("Keep these questions"), key="ask-theme"):
        decide(me, found, lambda desk: ask(desk, theme.number, chosen))


def _part_of(me: Here, found: Found, theme: Theme, titles: dict[int, str]) -> None:
    others = [number for number in titles if number not in {theme.number, -1}]
    if not others:
        return
    into = st.selectbox(
        t("It is part of another theme"),
        others,
        index=None,
        format_func=titles.__getitem__,
        placeholder=t("Choose a theme"),
        key=f"into-{theme.number}",
    )
    if into is None:
        return
    target = into
    if st.button(t("Make it part of “{theme}”", theme=titles[target]), key="merge"):
        st.query_params["theme"] = str(target)
        decide(me, found, lambda desk: merge(desk, theme.number, into=target))


def _apart(me: Here, found: Found, theme: Theme) -> None:
    """Ask the worker to split a theme; the parts appear as themes of their own."""
    job = wait_for("split", me.study.id)
    if job is not None and job.status in ledger.UNFINISHED:
        return
    if theme.number in found.decisions.hidden:
        return
    with st.popover(t("Split it"), icon=":material/call_split:", key=f"split-{theme.number}"):
        st.write(
            t(
                "The computer looks among its passages alone and proposes parts with words of "
                "their own. You name them, merge them again or undo the split."
            )
        )
        parts = st.segmented_control(
            t("Parts"), [2, 3, 4], default=2, required=True, key=f"parts-{theme.number}"
        )
        if st.button(t("Split into {count} parts", count=parts), type="primary", key="split"):
            ledger.ask(
                "split",
                study_id=me.study.id,
                account_id=me.identity.account_id,
                run=str(found.run.id),
                theme=theme.number,
                seen=seen(found),
                parts=parts,
            )
            st.rerun()


def _aside(me: Here, found: Found, theme: Theme) -> None:
    aside = theme.number in found.decisions.hidden

    def turn(desk: Desk) -> None:
        if aside:
            show(desk, theme.number)
        else:
            hide(desk, theme.number)

    if st.button(
        t("Take it back in") if aside else t("Set this theme aside"),
        help=t("It stays counted, but is left out of the comparison and the chapter."),
        key="aside",
    ):
        decide(me, found, turn)
