"""Find and replace, with a look at every hit first."""

from __future__ import annotations

from uuid import UUID

import streamlit as st

from data.database import open_session
from i18n import Refusal
from pages.interviewer.open_turn import close
from pages.who import Here
from pages.words import t, tell, tn
from survey.interviews import reading, replacing

SHOWN = 100


def find_and_replace(me: Here, interview_id: UUID) -> None:
    """Find a text in all turns of a conversation and replace it where wanted."""
    if number := st.session_state.pop("replaced", None):
        st.success(tn("One turn was changed.", "{count} turns were changed.", number))
    left, right = st.columns(2)
    wanted = left.text_input(t("Find"), key="find")
    by = right.text_input(t("Replace with"), key="by")
    exact = st.checkbox(t("Match whole words and capitals"), key="exact")
    if not wanted:
        return
    with open_session() as session:
        turns = reading.turns_of(session=session, interview_id=interview_id)
    hits = replacing.find(turns, wanted, exact=exact)
    if not hits:
        st.write(t("Nothing found."))
        return
    place = {turn.id: number for number, turn in enumerate(turns, start=1)}
    with st.container(height=260 if len(hits) > 6 else "content", border=True):
        for hit in hits[:SHOWN]:
            change = f"[{hit.found} → {by}]" if by else f"[{hit.found}]"
            st.text(f"{place[hit.turn.id]}  {hit.before}{change}{hit.after}")
    if len(hits) > SHOWN:
        st.caption(t("The first {shown} of {count}.", shown=SHOWN, count=len(hits)))
    label = tn("Replace in one place", "Replace in all {count} places", len(hits))
    if st.button(label, disabled=not by, key="replace"):
        replace(me, hits, by)


def replace(me: Here, hits: list[replacing.Hit], by: str) -> None:
    """Replace what was found."""
    try:
        with open_session() as session:
            changed = replacing.replace(
                hits, by, session=session, account_id=me.identity.account_id
            )
            session.commit()
    except Refusal as refusal:
        for message in refusal.messages:
            st.error(tell(message))
        return
    close()
    st.session_state["replaced"] = changed
    st.rerun()
