"""Questions answered by putting choices in order."""

from __future__ import annotations

import streamlit as st

from pages.drawing.asking import Answer, Asking
from pages.drawing.wording import worded
from pages.words import t


def rank(asking: Asking) -> Answer:
    """Draw the choices: those in order with their numbers, below them those still to be placed."""
    labels = {offer.name: worded(offer.label.text) for offer in asking.filling.choices(asking.path)}
    shown = [name for name in asking.value or () if name in labels]
    order: list[str] = [name for name in st.session_state.get(asking.key, shown) if name in labels]
    for place, name in enumerate(order):
        _placed(asking, order, place, labels[name])
    waiting = [name for name in labels if name not in order]
    if waiting:
        first = t("Press what comes first.") if not order else t("Press what comes next.")
        st.caption(first)
    with st.container(horizontal=True, key=f"waiting-{asking.key}"):
        for name in waiting:
            st.button(
                labels[name],
                key=f"{asking.key}-take-{name}",
                icon=":material/add:",
                on_click=_put,
                args=(asking.key, [*order, name]),
                disabled=asking.disabled,
            )
    return asking.taken(shown, order, order or None)


def _placed(asking: Asking, order: list[str], place: int, label: str) -> None:
    """Draw one row of those in order: its number, its name, up, down and out."""
    name = order[place]
    rest = [each for each in order if each != name]
    moves = (
        ("↑", t("Up"), [*rest[: place - 1], name, *rest[place - 1 :]], place == 0),
        ("↓", t("Down"), [*rest[: place + 1], name, *rest[place + 1 :]], place == len(rest)),
        ("✕", t("Remove"), rest, False),
    )
    with st.container(
        horizontal=True, wrap=False, vertical_alignment="center", key=f"{asking.key}-row-{name}"
    ):
        st.markdown(f"{place + 1}\\. {label}", width="stretch")
        for sign, help_text, after, impossible in moves:
            st.button(
                sign,
                key=f"{asking.key}-{sign}-{name}",
                help=help_text,
                on_click=_put,
                args=(asking.key, after),
                disabled=asking.disabled or impossible,
                type="tertiary",
            )


def _put(key: str, order: list[str]) -> None:
    st.session_state[key] = order
