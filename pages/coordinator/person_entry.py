"""How one person comes in: their link, their devices, their PIN."""

from __future__ import annotations

import streamlit as st

from data.database import open_session
from data.tables import Person
from pages.coordinator.link_pictures import show_link
from pages.participant.devices import name_of
from pages.who import Here
from pages.words import moment, t
from settings import settings
from survey import devices, entering, pins
from survey.people import membership_of


def ways_in(me: Here, person: Person) -> None:
    """Show the devices and let a link be made or closed and a PIN be reset."""
    with open_session() as session:
        membership = membership_of(session=session, person_id=person.id)
        signed_in = devices.devices_of(
            session=session, account_id=membership.account_id, study_id=me.study.id
        )
        with_pin = person.id in pins.people_with_pin(session=session, study_id=me.study.id)
    if signed_in:
        for each in signed_in:
            seen = moment(each.seen, me.zone)
            st.write(t("{device}, last seen {when}", device=name_of(each), when=seen))
    else:
        st.write(t("No device is signed in."))
    st.write(t("A PIN is chosen.") if with_pin else t("No PIN is chosen."))
    with st.container(horizontal=True):
        if st.button(t("Make a new link"), key="make"):
            with open_session() as session:
                token = entering.invite(
                    session=session, membership=membership, account_id=me.identity.account_id
                )
                session.commit()
            st.session_state["made-link"] = (person.id, f"{settings().public_url}/enter/{token}")
        if st.button(t("Close the link and sign out its devices"), key="close"):
            with open_session() as session:
                entering.revoke(
                    session=session, membership=membership, account_id=me.identity.account_id
                )
                session.commit()
            st.session_state.pop("made-link", None)
            st.session_state["person-said"] = t("The link is closed, its devices are signed out.")
            st.rerun()
        if with_pin and st.button(t("Reset the PIN"), key="reset-pin"):
            with open_session() as session:
                pins.reset(session=session, person=person, account_id=me.identity.account_id)
                session.commit()
            st.session_state["person-said"] = t(
                "The PIN is forgotten. The first device of a link shows what they wrote, so make "
                "a new link if they are on a new one."
            )
            st.rerun()
    made = st.session_state.get("made-link")
    if made and made[0] == person.id:
        show_link(made[1])
        st.write(t("The link before it no longer works. Devices already signed in stay so."))
