"""What a turn said before, who changed it and when."""

from __future__ import annotations

import streamlit as st

from data.database import open_session
from data.tables import Turn
from pages import words
from pages.interviewer.escaping import plain
from pages.interviewer.open_turn import change, reopen
from pages.who import Here
from pages.words import t
from survey.interviews import turns


def history(me: Here, turn: Turn) -> None:
    """Show what was changed in a turn, by whom and when."""
    with open_session() as session:
        found = turns.revisions_of(session=session, turn_id=turn.id)
    if not found:
        st.write(t("Nobody has changed this turn."))
    actions = {
        "corrected": t("corrected"),
        "replaced": t("replaced"),
        "relabelled": t("relabelled"),
        "split": t("split"),
        "merged": t("merged"),
        "removed": t("removed"),
    }
    people = {"interviewer": t("Interviewer"), "coordinator": t("Coordinator")}
    for revision, who in found:
        moment = revision.created_at.astimezone(me.zone)
        st.caption(
            f"{words.day(moment.date(), today=me.today)}, {moment:%H:%M} · "
            f"{plain(people.get(who, who))} · {actions[revision.action]}"
        )
        if "text" in revision.before:
            _wording(me, turn, str(revision.before["text"]), key=f"back-{revision.id}")
        elif "speaker" in revision.before:
            st.text(revision.before["speaker"] or t("the unnamed speaker"))


def _wording(me: Here, turn: Turn, text: str, *, key: str) -> None:
    """Show what a turn said before, with the way back to it."""
    st.text(text)
    account = me.identity.account_id
    if text.strip() and st.button(t("Restore this wording"), type="tertiary", key=key):
        if change(
            me,
            turn.id,
            lambda found, session: turns.correct(
                found, text, seen=found.text, session=session, account_id=account
            ),
        ):
            reopen(turn.id)
        st.rerun()
