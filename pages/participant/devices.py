"""The devices on which somebody is signed in, as they see them."""

from __future__ import annotations

from uuid import UUID

import streamlit as st

from data.database import open_session
from pages import words
from pages.who import Here
from pages.words import t
from survey import devices
from survey.devices import Device


def name_of(device: Device) -> str:
    """Say what a device is, as far as its browser tells."""
    if device.browser and device.system:
        return t("{browser} on {system}", browser=device.browser, system=device.system)
    return device.browser or device.system or t("An unknown device")


def _remove(me: Here, device_id: UUID) -> None:
    with open_session() as session:
        devices.remove(device_id, session=session, identity=me.identity)
        session.commit()


def list_devices(me: Here) -> None:
    """Show where somebody is signed in, with the way to sign each out."""
    with open_session() as session:
        found = devices.devices_of(
            session=session,
            account_id=me.identity.account_id,
            study_id=me.study.id,
            here=me.identity.sign_in_id,
        )
    for device in found:
        with st.container(horizontal=True, vertical_alignment="center"):
            seen = (
                t("this device")
                if device.here
                else t("last seen {when}", when=words.moment(device.seen, me.zone))
            )
            st.write(f"{name_of(device)} · {seen}")
            if not device.here:
                st.button(
                    t("Sign it out"),
                    key=f"remove-{device.id}",
                    on_click=_remove,
                    args=(me, device.id),
                )
    if len(found) > 1:
        st.caption(t("If you do not know one of them, sign it out and ask for a new link."))
