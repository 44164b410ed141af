"""Past entries on a new device: after the PIN, and not before one is chosen."""

from __future__ import annotations

import streamlit as st

from data.database import open_session
from i18n import Refusal
from pages.who import Here
from pages.words import t, tell
from survey import pins
from survey.pins import Sight


def sight(me: Here) -> Sight:
    """Tell whether this device shows what was written before."""
    with open_session() as session:
        return pins.sight_of(me.identity, session=session)


def has_pin(me: Here) -> bool:
    """Tell whether a PIN was chosen."""
    with open_session() as session:
        return pins.has_pin(me.identity, session=session)


def unlock(me: Here) -> None:
    """Ask for the PIN where this device is not known to be the person's, and stop there."""
    how = sight(me)
    if how is Sight.OPEN:
        return
    with st.container(border=True, key="unlock"):
        if how is Sight.ASK:
            _ask(me)
        else:
            _elsewhere(me)
    st.stop()


def _ask(me: Here) -> None:
    st.subheader(t("Your PIN, please"), anchor=False)
    st.write(t("You can write on this device at once. What you wrote before opens with your PIN."))
    with st.form("pin", border=False):
        typed = st.text_input(t("PIN"), type="password", key="pin-typed", autocomplete="off")
        if st.form_submit_button(t("Show what I wrote"), type="primary", width="stretch"):
            _try(me, typed)
    st.caption(t("Forgotten? The coordinator can reset it; nobody can look it up."))


def _try(me: Here, typed: str) -> None:
    try:
        with open_session() as session:
            right = pins.enter(typed, session=session, identity=me.identity)
            session.commit()
    except Refusal as refusal:
        st.error(tell(refusal.messages[0]))
        return
    if right:
        st.rerun()
    st.error(t("That is not your PIN. Please try again."))


def _elsewhere(me: Here) -> None:
    st.subheader(t("What you wrote before is not shown on this device"), anchor=False)
    st.write(
        t(
            "You can write here at once. Your link was first opened on another device: choose a "
            "PIN there, under “My data”, and type it here."
        )
    )
    contact = me.study.texts.get("contact", "")
    st.write(
        t("If you no longer have that device, ask {contact} for a new link.", contact=contact)
        if contact
        else t("If you no longer have that device, ask for a new link.")
    )


def choose_pin(me: Here) -> None:
    """Let a PIN be chosen, or another one."""
    chosen = has_pin(me)
    if st.session_state.pop("pin-chosen", False):
        st.success(t("Your PIN is set. On other devices it is asked for."), icon=":material/check:")
    st.write(
        t("On a new device you are asked for your PIN before it shows what you wrote.")
        if chosen
        else t(
            "Your link may come into other hands. With a PIN nobody can read with it what you "
            "wrote, and you can read it on any device."
        )
    )
    label = t("Choose another PIN") if chosen else t("Choose a PIN")
    with st.expander(label), st.form("choose-pin", border=False):
        typed = st.text_input(
            t("{least} to {most} digits", least=pins.SHORTEST, most=pins.LONGEST),
            type="password",
            key="pin-new",
            autocomplete="off",
        )
        again = st.text_input(t("Once more"), type="password", key="pin-again", autocomplete="off")
        if st.form_submit_button(t("Set the PIN")):
            _set(me, typed, again)


def _set(me: Here, typed: str, again: str) -> None:
    if typed != again:
        st.error(t("The two are not the same."))
        return
    try:
        with open_session() as session:
            pins.choose(typed, session=session, identity=me.identity)
            session.commit()
    except Refusal as refusal:
        st.error(tell(refusal.messages[0]))
        return
    st.session_state["pin-chosen"] = True
    st.rerun()
