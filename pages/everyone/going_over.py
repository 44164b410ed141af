"""Going over to another study of one's own, and joining a further one."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from data.database import open_session
from i18n import Refusal
from pages import words
from pages.who import Here
from pages.words import day, t, tell, tn
from survey.own_studies import OwnStudy, join, switch

SAID = "studies-said"


def role_names() -> dict[str, str]:
    """Return what the roles are called."""
    return {
        "participant": t("Participant"),
        "interviewer": t("Interviewer"),
        "researcher": t("Researcher"),
        "reviewer": t("Reviewer"),
        "coordinator": t("Coordinator"),
    }


def title_of(own: OwnStudy) -> str:
    """Return what a study is called in the language of the screen."""
    return words.of(own.study.texts.get("title"), own.study.slug)


def state_of(own: OwnStudy, me: Here) -> str:
    """Say where a study stands."""
    if own.study.closed_at:
        return t("closed {day}", day=day(own.study.closed_at.date(), today=me.today))
    if me.today < own.study.start:
        return t("has not begun")
    return t("is over") if me.today > own.study.end else t("goes on")


def go_over(me: Here, own: OwnStudy) -> None:
    """Move this device to another study, and begin there from an empty page."""
    try:
        with open_session() as session:
            switch(session=session, identity=me.identity, study_id=own.study.id)
            session.commit()
    except Refusal as refusal:
        st.error(tell(refusal.messages[0]))
        return
    st.session_state[SAID] = t("You are in {study} now.", study=title_of(own))
    st.rerun()


def card(me: Here, own: OwnStudy, *, first: bool) -> None:
    """Show one study: what it is called, when it is, who one is there, and the way there."""
    here = own.study.id == me.study.id
    with st.container(border=True, key=f"study-{own.study.id}"):
        st.subheader(title_of(own), anchor=False)
        names = role_names()
        as_what = words.together([names[role] for role in names if role in own.roles])
        if own.code:
            as_what = t("{role}, as {code}", role=as_what, code=own.code)
        st.write(as_what)
        facts = [
            t("{start} to {end}", start=own.study.start, end=own.study.end),
            state_of(own, me),
        ]
        if own.roles - {"participant"}:
            people = tn("one person", "{count} people", own.people) if own.people else None
            facts = [own.study.slug, facts[0], people or t("nobody yet"), facts[1]]
        st.caption(" · ".join(facts))
        if here:
            st.write(t("You are here."))
        elif st.button(
            t("Go over to {study}", study=title_of(own)),
            type="primary" if first else "secondary",
            key=f"go-{own.study.id}",
        ):
            go_over(me, own)


def list_own(me: Here, own: Sequence[OwnStudy]) -> None:
    """Show every study of an account; the first one it can go to has the one primary button."""
    if said := st.session_state.pop(SAID, None):
        st.success(said, icon=":material/check:")
    others = [each for each in own if each.study.id != me.study.id]
    for each in own:
        card(me, each, first=bool(others) and each is others[0])


def join_another(me: Here) -> None:
    """Take in the link or code of an invitation to a further study."""
    st.subheader(t("You were invited to another study?"), anchor=False)
    st.write(
        t(
            "Bring the link or code here before you open it. Then both studies are yours on this "
            "device, each with its own consent, and neither sees what is in the other."
        )
    )
    with st.form("join", border=False):
        typed = st.text_input(t("Link or code"), max_chars=300, key="join-token")
        if not st.form_submit_button(t("Add the study")):
            return
    try:
        with open_session() as session:
            joined = join(session=session, identity=me.identity, token=typed)
            session.commit()
    except Refusal as refusal:
        st.error(tell(refusal.messages[0]))
        return
    st.session_state[SAID] = t(
        "{study} is among your studies now.",
        study=words.of(joined.texts.get("title"), joined.slug),
    )
    st.rerun()
