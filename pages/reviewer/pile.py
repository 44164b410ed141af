"""What is still to read?"""

from __future__ import annotations

import streamlit as st

from data.database import open_session
from pages.navigation import READING, go
from pages.who import require_role
from pages.words import t, tn
from survey.applying.calls import call_for
from survey.applying.reviewing import ToRead, conflicts_of, pile_of, take_back_conflict

me = require_role("reviewer")
with open_session() as opened:
    known = call_for(session=opened, study=me.study)
    pile = pile_of(session=opened, study_id=me.study.id, account_id=me.identity.account_id)
    conflicts = conflicts_of(
        session=opened, study_id=me.study.id, account_id=me.identity.account_id
    )
waiting = [each for each in pile if not each.finished]
done = [each for each in pile if each.finished]


def heading() -> str:
    """Say in one line what is to be done."""
    if waiting:
        return tn("One application to read", "{count} applications to read", len(waiting))
    return t("You have read everything") if done else t("Nothing has arrived yet")


def row(each: ToRead) -> None:
    """Show one application with the way to it."""
    with st.container(horizontal=True, vertical_alignment="center", border=True):
        begun = each.review is not None and bool(each.review.scores or each.review.comment)
        state = t("finished") if each.finished else t("begun") if begun else t("not read yet")
        st.write(f"**{each.person.code}** · {state}")
        if st.button(
            t("Read it again") if each.finished else t("Read {code}", code=each.person.code),
            key=f"read-{each.application.id}",
        ):
            go(READING, application=each.application.id)


st.title(heading(), anchor=False)
if known and known[0].blind:
    st.write(
        t(
            "You read without names. If you recognise somebody and it makes you partial, say so "
            "there: then you neither see nor judge the application any more."
        )
    )
if waiting and st.button(t("Read the next one"), type="primary", key="next", width="stretch"):
    begun_first = sorted(waiting, key=lambda each: each.review is None)
    go(READING, application=begun_first[0].application.id)
if not pile:
    st.write(t("As soon as somebody sends an application it lies here."))
for item in waiting:
    row(item)
if done:
    st.subheader(tn("One you have finished", "{count} you have finished", len(done)), anchor=False)
    for item in done:
        row(item)
if conflicts:
    st.subheader(t("Not for you to judge"), anchor=False)
    for key, code in conflicts:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.write(code)
            if st.button(t("There is no conflict after all"), key=f"back-{key}"):
                with open_session() as opened:
                    take_back_conflict(
                        key,
                        session=opened,
                        study_id=me.study.id,
                        account_id=me.identity.account_id,
                    )
                    opened.commit()
                st.rerun()
