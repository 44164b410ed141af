"""Somebody who has fallen silent: what to write to them, and what else can be done."""

from __future__ import annotations

import streamlit as st

from pages import words
from pages.coordinator.calendar_changes import excuse_missed, give_time
from pages.navigation import PERSON, go
from pages.who import Here
from pages.words import t, tn
from survey.nudging import nudge
from survey.progress import Progress


def last_heard(me: Here, each: Progress) -> str:
    """Say when something last came from a person."""
    return words.moment(each.last, me.zone) if each.last else t("never")


def silence_of(me: Here, each: Progress, *, team: str) -> None:
    """Show one silent person with a message to copy and, for coordinators, what to do."""
    message = nudge(each, me.study)
    name = " · ".join(part for part in (each.person.code, team) if part)
    with st.expander(
        f"{name} · " + tn("one day", "{count} days", each.silent), key=f"silent-{each.person.code}"
    ):
        st.write(t("Last heard from: {when}.", when=last_heard(me, each)))
        if each.begun:
            st.write(
                t(
                    "They began to write {when} and have not sent it.",
                    when=words.moment(each.begun, me.zone),
                )
            )
        st.caption(
            t("A message to copy, in {language}", language=words.language_name(message.language))
        )
        st.code(message.text, language=None, wrap_lines=True)
        if "coordinator" in me.identity.roles:
            _what_to_do(me, each)


def _what_to_do(me: Here, each: Progress) -> None:
    days = sorted(each.silent_days)
    with st.container(horizontal=True):
        st.button(
            tn("Excuse the day", "Excuse these {count} days", len(days)),
            key=f"excuse-{each.person.code}",
            on_click=excuse_missed,
            args=(me, each.person, days),
        )
        st.button(
            t("Give more time for the last days"),
            key=f"extend-{each.person.code}",
            on_click=give_time,
            args=(me, each.person, days),
        )
        if st.button(t("Open {code}", code=each.person.code), key=f"see-{each.person.code}"):
            go(PERSON, person=each.person.id)
