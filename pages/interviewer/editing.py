"""Correcting one turn: its words, its speaker, where it ends."""

from __future__ import annotations

from uuid import UUID

import streamlit as st

from data.erasing import scrub
from data.tables import Interview, Turn
from pages.interviewer.escaping import plain
from pages.interviewer.history import history
from pages.interviewer.open_turn import FIELD, OPENED, change, close, open_next, reopen, save
from pages.interviewer.splitting import split
from pages.who import Here
from pages.words import t, tell
from survey.interviews import turns


def _left(me: Here, turn_id: UUID) -> None:
    save(me, turn_id)


def edit(me: Here, interview: Interview, turn: Turn, labels: list[str]) -> None:
    """Show an open turn: it is saved whenever the field is left."""
    with st.container(border=True, key="open-turn"):
        speaker = st.selectbox(
            t("Who says this?"),
            labels,
            index=labels.index(turn.speaker),
            format_func=lambda label: label or t("the unnamed speaker"),
            accept_new_options=True,
            key=f"label-{st.session_state[FIELD]}",
        )
        st.text_area(
            t("What was said"),
            value=st.session_state[OPENED],
            height="content",
            key=f"text-{st.session_state[FIELD]}",
            on_change=_left,
            args=(me, turn.id),
        )
        if speaker is not None and speaker != turn.speaker:
            _relabel(me, interview, turn, speaker)
        for message in st.session_state.pop("refused", ()):
            st.error(tell(message))
        if when := st.session_state.get("saved"):
            st.caption(t("Saved {time}", time=when))
        _buttons(me, turn, labels)


def _relabel(me: Here, interview: Interview, turn: Turn, speaker: str) -> None:
    """Ask whether one turn or all of them are somebody else's."""
    account = me.identity.account_id
    with st.container(horizontal=True):
        if st.button(t("Only in this turn"), key="relabel-one") and change(
            me,
            turn.id,
            lambda found, session: turns.relabel(
                found, speaker, session=session, account_id=account
            ),
        ):
            st.rerun()
        if st.button(
            t("In every turn of “{label}”", label=plain(turn.speaker)), key="relabel-all"
        ) and change(
            me,
            turn.id,
            lambda _, session: turns.relabel_everywhere(
                session.get_one(Interview, interview.id),
                turn.speaker,
                speaker,
                session=session,
                account_id=account,
            ),
        ):
            st.rerun()


def _buttons(me: Here, turn: Turn, labels: list[str]) -> None:
    with st.container(horizontal=True):
        if st.button(t("Done"), type="primary", key="done", shortcut="Alt+Enter") and save(
            me, turn.id
        ):
            close()
            st.rerun()
        if st.button(t("Next turn"), key="next", shortcut="Alt+Down") and save(me, turn.id):
            open_next(turn)
            st.rerun()
        with st.popover(t("Split")):
            split(me, turn, labels)
        if st.button(t("Merge with the next"), key="merge", shortcut="Alt+M"):
            _merge(me, turn)
        with st.popover(t("Remove")):
            _remove(me, turn)
        with st.popover(t("History")):
            history(me, turn)


def _merge(me: Here, turn: Turn) -> None:
    account = me.identity.account_id
    if save(me, turn.id) and change(
        me,
        turn.id,
        lambda found, session: turns.merge(found, session=session, account_id=account),
    ):
        reopen(turn.id)
    st.rerun()


def _remove(me: Here, turn: Turn) -> None:
    """Ask once more before words go for good."""
    st.write(
        t(
            "This deletes the words of this turn and every earlier version of them. "
            "Nobody can bring them back."
        )
    )
    account = me.identity.account_id
    if st.button(t("Remove these words for good"), key="remove"):
        change(
            me,
            turn.id,
            lambda found, session: turns.remove(found, session=session, account_id=account),
        )
        scrub()
        close()
        st.rerun()
