"""Quiet lines about a theme: who named it, how much of it there is, what to be careful with."""

from __future__ import annotations

import streamlit as st

from data.tables import Theme
from nlp.checking import Checked
from nlp.deciding import is_begun, is_part
from nlp.results import Found
from pages import words
from pages.researcher.checked import standing
from pages.words import t, tn

UNCLEAR = 0.2
"""Clarity below which a theme's words hardly tell it from the others (as `nlp.themes` has it)."""


def mark(found: Found, theme: Theme, check: Checked | None) -> None:
    """Say in quiet lines who named a theme, how much it is, and what to be careful with.

    Args:
        found: The run.
        theme: The theme.
        check: What came of checking it, as `pages.researcher.checked` says it.
    """
    share = found.theme_shares.get(theme.number, found.set_aside.get(theme.number, 0.0))
    voices = int(theme.measures["voices"])
    line = [
        t("{share} of what a person writes", share=f"{share:.0%}"),
        t("One voice only") if voices == 1 else tn("{count} voice", "{count} voices", voices),
        origin(found, theme),
        standing(check),
    ]
    st.caption(" · ".join(line))
    for warning in cautions(found, theme):
        st.caption(f":material/visibility: {warning}")
    description = words.of(found.decisions.descriptions.get(theme.number))
    if description:
        st.text(description)


def origin(found: Found, theme: Theme) -> str:
    """Say whether a person or the computer named a theme, and what became part of it."""
    named = (
        t("named by a person")
        if theme.number in found.decisions.names
        else t("title suggested by the computer")
    )
    if is_begun(theme):
        named += " · " + t("begun by a person from a code")
    if is_part(theme):
        named += " · " + t("a part of a theme that a person split")
    parts = len(found.decisions.members(theme.number))
    if not parts:
        return named
    return (
        named
        + " · "
        + tn(
            "merged by a person from two themes",
            "merged by a person from {themes} themes",
            parts,
            themes=parts + 1,
        )
    )


def cautions(found: Found, theme: Theme) -> list[str]:
    """Say what a reader has to be careful with."""
    told = []
    if theme.number in found.decisions.hidden:
        told.append(t("Set aside by a person: counted, but not compared and not in the chapter."))
    carrier = found.carried.get(theme.number)
    if carrier is not None:
        told.append(
            t(
                "Mostly one team ({share} of it): it may be the plot of their film.",
                share=f"{carrier.part:.0%}",
            )
        )
    if theme.measures.get("clarity", 1.0) < UNCLEAR and theme.number not in found.decisions.names:
        told.append(t("Its passages share few words of their own: read them before naming it."))
    return told
