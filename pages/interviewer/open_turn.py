"""The turn that is open for correction: which it is, and what was typed into it."""

from __future__ import annotations

from uuid import UUID

import streamlit as st
from sqlmodel import Session

from data.database import open_session
from data.tables import Turn
from data.tables.base import now
from i18n import Refusal
from pages import words
from pages.who import Here
from survey.interviews import reading, turns

EDITING, OPENED, SEEN, FIELD = "editing", "opened", "seen", "field"
GO_TO = "go-to-turn"
"""How many turns come before the one that is to be shown next."""


def open_turn(turn: Turn) -> None:
    """Open a turn for correction."""
    st.session_state[EDITING] = turn.id
    st.session_state.pop("saved", None)
    st.session_state[OPENED] = st.session_state[SEEN] = turn.text
    st.session_state[FIELD] = st.session_state.get(FIELD, 0) + 1


def close() -> None:
    """Close the turn that is open."""
    st.session_state.pop(EDITING, None)


def is_open(turn: Turn) -> bool:
    """Whether a turn is open for correction."""
    return bool(st.session_state.get(EDITING) == turn.id)


def change(me: Here, turn_id: UUID, work: turns.Work) -> bool:
    """Do something to a turn; what is refused is said beside it on this run or the next."""
    try:
        with open_session() as session:
            work(session.get_one(Turn, turn_id), session)
            session.commit()
    except Refusal as refusal:
        st.session_state["refused"] = refusal.messages
        return False
    st.session_state["saved"] = words.clock(now(), me.zone)
    return True


def save(me: Here, turn_id: UUID) -> bool:
    """Keep what stands in the field."""
    text = st.session_state.get(f"text-{st.session_state[FIELD]}")
    seen = st.session_state[SEEN]
    if text is None or text.strip() == seen:
        return True

    def correct(turn: Turn, session: Session) -> None:
        turns.correct(turn, text, seen=seen, session=session, account_id=me.identity.account_id)
        st.session_state[SEEN] = turn.text

    return change(me, turn_id, correct)


def reopen(turn_id: UUID) -> None:
    """Open a turn again as it now is."""
    with open_session() as session:
        open_turn(session.get_one(Turn, turn_id))


def open_next(turn: Turn) -> None:
    """Open the turn after a turn, wherever it is shown; behind the last one there is none."""
    with open_session() as session:
        following = turns.next_of(turn, session=session)
        place = reading.before(session=session, turn=following) if following else 0
    if following is None:
        close()
        return
    open_turn(following)
    st.session_state[GO_TO] = place
