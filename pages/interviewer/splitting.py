"""Making two turns of one."""

from __future__ import annotations

import re

import streamlit as st

from data.tables import Turn
from pages.interviewer.open_turn import FIELD, SEEN, change, reopen
from pages.who import Here
from pages.words import t
from survey.interviews import turns

PAUSE = re.compile(r"[，。！？；：、,.!?;:…\n]+[\"'”’»)\]）」』]*\s*")


def points(text: str) -> list[int]:
    """List where a turn may be split: at its pauses, or between its words where it has none."""
    found = [match.end() for match in PAUSE.finditer(text)]
    found = found or [match.end() for match in re.finditer(r"\s+", text)]
    return [at for at in found or range(1, len(text)) if text[:at].strip() and text[at:].strip()]


def split(me: Here, turn: Turn, labels: list[str]) -> None:
    """Ask where the second turn begins and who speaks it."""
    text = st.session_state[SEEN]
    at = st.selectbox(
        t("Where does the second turn begin?"),
        points(text),
        index=None,
        format_func=lambda place: (
            f"…{text[max(0, place - 10) : place]} ▏{text[place : place + 24]}"
        ),
        placeholder=t("Choose"),
        key=f"at-{st.session_state[FIELD]}",
    )
    speaker = st.selectbox(
        t("Who says it?"),
        labels,
        index=labels.index(turn.speaker),
        format_func=lambda label: label or t("the unnamed speaker"),
        accept_new_options=True,
        key=f"second-{st.session_state[FIELD]}",
    )
    account = me.identity.account_id
    if st.button(t("Split here"), disabled=at is None, key="split") and at is not None:
        if change(
            me,
            turn.id,
            lambda found, session: turns.split(
                found, at, session=session, account_id=account, speaker=speaker
            ),
        ):
            reopen(turn.id)
        st.rerun()
