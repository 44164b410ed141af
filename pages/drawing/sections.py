"""Groups and the turns of repeats on the screen."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from pages.drawing.asking import Material
from pages.drawing.media import beside
from pages.drawing.wording import worded
from pages.words import t
from survey.filling import Filling, Place


def section(
    filling: Filling,
    place: Place,
    *,
    key: str,
    turns_changed: Callable[[str], None],
    material: Material,
) -> None:
    """Draw the heading of a group or turn, or the buttons at the end of a turn or repeat."""
    match place.part:
        case "group":
            if label := filling.label(place.path):
                _heading(label.text, place.depth)
            beside(filling.media(place.path), material, of=str(label))
        case "turn":
            whole = filling.label(place.path.rpartition("[")[0]).text or place.element.name
            _heading(f"{whole} {place.number}", place.depth)
        case "end_turn" if not place.fixed and place.turns > 1:
            _removal(filling, place, key=key, turns_changed=turns_changed)
        case "end_repeat" if not place.fixed:
            _addition(filling, place, key=key, turns_changed=turns_changed)


def _heading(text: str, depth: int) -> None:
    if depth:
        st.markdown(f"#### {worded(text)}")
    else:
        st.subheader(worded(text), anchor=False)


def _removal(
    filling: Filling, place: Place, *, key: str, turns_changed: Callable[[str], None]
) -> None:
    repeat = place.path.rpartition("[")[0]
    label = filling.label(repeat).text or place.element.name
    if st.button(
        t("Remove {name}", name=f"{worded(label)} {place.number}"),
        icon=":material/delete:",
        key=f"remove-{key}{place.path}",
        type="tertiary",
    ):
        filling.remove_repeat(repeat, place.number)
        turns_changed(repeat)


def _addition(
    filling: Filling, place: Place, *, key: str, turns_changed: Callable[[str], None]
) -> None:
    label = filling.label(place.path).text or place.element.name
    if st.button(
        t("One more: {name}", name=worded(label)),
        icon=":material/add:",
        key=f"add-{key}{place.path}",
    ):
        filling.add_repeat(place.path)
        turns_changed(place.path)
