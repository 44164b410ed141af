"""Whose reply is waited for, since when, and what to write to them."""

from __future__ import annotations

from functools import partial

import streamlit as st
from sqlmodel import Session

from data.database import open_session
from i18n import translate
from nlp import quoting
from nlp.quoting import Request
from pages import words
from pages.navigation import QUOTATIONS
from pages.researcher.starring import attempt
from pages.who import Here
from pages.words import t, tell, tn
from settings import settings


def waiting_for_replies(me: Here) -> None:
    """List what stands between the shelf and a final version, and who has not replied."""
    with open_session() as session:
        waiting = quoting.requests(session=session, study_id=me.study.id)
        still = quoting.open_items(me.study, language=words.language(), session=session)
    if not still:
        return
    with st.expander(
        t("What is still open before a final version"),
        icon=":material/checklist:",
        key="still-open",
    ):
        for item in still:
            st.write(tell(item))
        for each in waiting:
            _person(me, each)
        if waiting:
            _letter(waiting[0])


def _person(me: Here, each: Request) -> None:
    line = [
        each.code,
        tn("waits for one reply", "waits for {count} replies", each.count),
        t("asked {when}", when=words.moment(each.sent_at, me.zone)),
    ]
    if each.reminded_at:
        line.append(
            tn(
                "reminded once, {when}",
                "reminded {count} times, last {when}",
                each.reminders,
                when=words.moment(each.reminded_at, me.zone),
            )
        )
    if each.spoken:
        line.append(t("an interviewer may write the reply down"))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(" · ".join(line), width="stretch")
        st.button(
            t("I reminded them"),
            type="tertiary",
            key=f"remind-{each.code}",
            on_click=lambda: attempt(partial(_reminded, me, each)),
        )


def _reminded(me: Here, each: Request, session: Session) -> None:
    quoting.reminded(
        each.person_id,
        session=session,
        study_id=me.study.id,
        account_id=me.identity.account_id,
    )


def _letter(each: Request) -> None:
    """Show what can be written to them; it holds no word of a quotation."""
    subject, text = each.letter(f"{settings().public_url}/{QUOTATIONS.address}")
    st.caption(t("A letter to copy, in the languages of these people; their own link opens it."))
    for tag in dict.fromkeys([each.language, words.language()]):
        st.code(
            f"{translate(subject, tag)}\n\n{translate(text, tag)}", language=None, wrap_lines=True
        )
