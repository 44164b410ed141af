"""Choices that are pictures: what the questionnaire shows stands above what is pressed."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from pages.drawing.asking import Answer, Asking
from pages.drawing.media import picture
from pages.drawing.wording import worded
from survey.filling import Offer

CELL = 150
"""Pixels: two cells stand side by side on a phone, in the frame of a preview too."""


def among(offers: Sequence[Offer]) -> bool:
    """Tell whether any of the choices has a picture."""
    return any("image" in offer.media for offer in offers)


def choose_one(asking: Asking, offers: Sequence[Offer]) -> Answer:
    """Draw a choice of one among pictures; pressing the chosen one takes it back."""
    names = [offer.name for offer in offers]
    shown = asking.value if asking.value in names else None
    chosen = st.session_state.get(asking.key, shown)
    with st.container(horizontal=True, key=f"pictures-{asking.key}"):
        for offer in offers:
            with st.container(border=True, width=CELL, gap="small"):
                _picture(asking, offer)
                is_it = offer.name == chosen
                st.button(
                    worded(offer.label.text),
                    key=f"{asking.key}-{offer.name}",
                    icon=f":material/radio_button_{'checked' if is_it else 'unchecked'}:",
                    on_click=_put,
                    args=(asking.key, None if is_it else offer.name),
                    disabled=asking.disabled,
                    width="stretch",
                )
    return asking.taken(shown, chosen, chosen)


def _put(key: str, name: str | None) -> None:
    st.session_state[key] = name


def choose_several(asking: Asking, offers: Sequence[Offer]) -> Answer:
    """Draw a choice of several among pictures."""
    names = [offer.name for offer in offers]
    shown = [name for name in names if name in (asking.value or ())]
    entered = []
    with st.container(horizontal=True, key=f"pictures-{asking.key}"):
        for offer in offers:
            with st.container(border=True, width=CELL, gap="small"):
                _picture(asking, offer)
                if st.checkbox(
                    worded(offer.label.text),
                    value=offer.name in shown,
                    key=f"{asking.key}-{offer.name}",
                    disabled=asking.disabled,
                ):
                    entered.append(offer.name)
    return asking.taken(shown, entered, entered or None)


def _picture(asking: Asking, offer: Offer) -> None:
    if name := asking.filling.choice_media(offer).get("image"):
        picture(asking.material, name, of=offer.label.text)
