"""What did I say?"""

from __future__ import annotations

from uuid import UUID

import streamlit as st

from data.database import open_session
from data.erasing import scrub
from data.tables import Interview, Turn
from i18n import Refusal
from pages import words
from pages.participant.agreement import agree
from pages.participant.unlock import unlock
from pages.who import require_role
from pages.words import t, tell, tn
from survey.interviews import own, turns

me = require_role("participant")
agree(me)
unlock(me)
SHOWN = 30


def correct(turn_id: UUID, seen: str, field: str) -> None:
    """Keep the person's own wording; what was there before stays in the history."""
    text = st.session_state[field]
    _change(
        turn_id,
        lambda turn, session: turns.correct(
            turn,
            text,
            seen=seen,
            session=session,
            account_id=me.identity.account_id,
            reason=own.BY_THEMSELF,
        ),
    )


def remove(turn_id: UUID) -> None:
    """Take the person's words away for good."""
    _change(
        turn_id,
        lambda turn, session: turns.remove(
            turn, session=session, account_id=me.identity.account_id
        ),
    )
    scrub()


def _change(turn_id: UUID, work: turns.Work) -> None:
    try:
        with open_session() as session:
            work(own.own_turn(turn_id, me.author, session=session), session)
            session.commit()
    except Refusal as refusal:
        st.session_state["refused"] = (turn_id, refusal.messages)
    else:
        st.session_state.pop("open", None)
        st.session_state["done"] = turn_id


def show(turn: Turn) -> None:
    """Show one of the person's turns, with the way to change it."""
    if not turn.text:
        st.caption(t("You had these words removed."))
        return
    if st.session_state.get("open") == turn.id:
        _edit(turn)
        return
    st.text(turn.text)
    if st.session_state.get("done") == turn.id:
        st.caption(t("Your wording is kept."))
    if st.button(t("Change this"), type="tertiary", icon=":material/edit:", key=f"open-{turn.id}"):
        st.session_state["open"] = turn.id
        st.rerun()


def _edit(turn: Turn) -> None:
    with st.container(border=True):
        field = f"text-{turn.id}"
        st.text_area(t("What you said"), value=turn.text, height="content", key=field)
        about, messages = st.session_state.pop("refused", (None, ()))
        for message in messages if about == turn.id else ():
            st.error(tell(message))
        st.button(
            t("Keep my wording"),
            type="primary",
            key=f"keep-{turn.id}",
            on_click=correct,
            args=(turn.id, turn.text, field),
        )
        with st.popover(t("This must go"), key=f"go-{turn.id}"):
            st.write(
                t(
                    "These words are deleted from the transcript, its history and everything that "
                    "was found in them. The interviewer is asked to delete the original file."
                )
            )
            st.button(
                t("Delete these words for good"),
                key=f"remove-{turn.id}",
                on_click=remove,
                args=(turn.id,),
            )


def name_of(interview: Interview) -> str:
    """Say when and where a conversation was."""
    known = [words.day(interview.day, today=me.today) if interview.day else "", interview.place]
    return " · ".join(fact for fact in known if fact) or t("An interview")


with open_session() as opened:
    found = own.spoken_by(me.author, session=opened)
st.title(
    t("What you said in interviews")
    if found
    else t("Here you will find what you say in interviews"),
    anchor=False,
)
if found:
    st.write(
        t(
            "Only your own words are here. You may correct them or have them removed; "
            "the research team reads your wording."
        )
    )
for interview in found:
    with open_session() as opened:
        spoken = own.own_turns(interview, me.author, session=opened)
    st.subheader(name_of(interview), anchor=False)
    st.caption(tn("You spoke once.", "You spoke {count} times.", len(spoken)))
    many = st.session_state.get(f"shown-{interview.id}", SHOWN)
    for each in spoken[:many]:
        show(each)
    if len(spoken) > many and st.button(t("Show more"), key=f"more-{interview.id}"):
        st.session_state[f"shown-{interview.id}"] = many + SHOWN
        st.rerun()
