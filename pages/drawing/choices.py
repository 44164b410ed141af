"""Questions answered by choosing: which way of choosing a select is drawn with."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

import streamlit as st

from pages.drawing import pictures
from pages.drawing.asking import Answer, Asking
from pages.drawing.columns import laid_out
from pages.drawing.wording import worded
from pages.words import language_name, t
from survey.filling import Offer

MANY = 8
"""From so many choices on one of them is taken from a list that opens."""
VERY_MANY = 16
"""The same where several may be taken."""
TOO_MANY = 300
"""Beyond so many choices people search; a phone should not be sent a whole land register."""
SHORT = 22
"""Choices with at most so many letters stand side by side."""
ROW = 50
"""So many letters have room beside each other on a phone; Chinese breaks anywhere."""
_WORD = re.compile(r"[^\W\d_\u2e80-\uffff]+")
LISTS = ("minimal", "autocomplete", "search")
BUTTONS = ("no-buttons", "columns-pack", "horizontal", "compact", "quickcompact")
"""The choices as words to press; the later names are those of older forms."""
ROWS = ("list", "list-nolabel")
"""One row of a table of questions."""


def select_one(asking: Asking) -> Answer:
    """Draw a choice of one."""
    offers = _offers(asking)
    if not offers:
        return _nothing(asking)
    if pictures.among(offers):
        return pictures.choose_one(asking, offers)
    labels = {offer.name: worded(offer.label.text) for offer in offers}
    names = list(labels)
    shown = asking.value if asking.value in labels else None
    index = None if shown is None else names.index(shown)
    if asking.wants(*LISTS) or (len(names) >= MANY and not laid_out(asking)):
        plain = {offer.name: offer.label.text for offer in offers}
        entered = st.selectbox(
            **asking.widget(
                options=names,
                index=index,
                format_func=lambda name: plain.get(name, name),
                placeholder=t("Choose"),
            )
        )
    elif asking.wants(*ROWS) and _fit_in_a_row(labels.values()):
        with st.container(key=f"scale-words-{asking.key}"):
            entered = st.segmented_control(
                **asking.widget(
                    options=names,
                    default=shown,
                    format_func=lambda name: labels.get(name, name),
                    width="stretch",
                )
            )
    elif asking.wants(*BUTTONS):
        entered = st.pills(
            **asking.widget(
                options=names, default=shown, format_func=lambda name: labels.get(name, name)
            )
        )
    else:
        with st.container(key=laid_out(asking) or None):
            entered = st.radio(
                **asking.widget(
                    options=names,
                    index=index,
                    format_func=lambda name: labels.get(name, name),
                    width="stretch",
                )
            )
        _clearing(asking, entered)
    return asking.taken(shown, entered, entered)


def select_multiple(asking: Asking) -> Answer:
    """Draw a choice of several."""
    offers = _offers(asking)
    if not offers:
        return _nothing(asking)
    if pictures.among(offers):
        return pictures.choose_several(asking, offers)
    labels = {offer.name: worded(offer.label.text) for offer in offers}
    shown = [name for name in labels if name in (asking.value or ())]
    if asking.wants(*LISTS) or (len(labels) >= VERY_MANY and not laid_out(asking)):
        plain = {offer.name: offer.label.text for offer in offers}
        entered = st.multiselect(
            **asking.widget(
                options=list(labels),
                default=shown,
                format_func=lambda name: plain.get(name, name),
                placeholder=t("Choose"),
            )
        )
    elif asking.wants(*BUTTONS, *ROWS) or (not laid_out(asking) and _brief(labels.values())):
        entered = st.pills(
            **asking.widget(
                options=list(labels),
                default=shown,
                format_func=lambda name: labels.get(name, name),
                selection_mode="multi",
            )
        )
    else:
        entered = _boxes(asking, labels, shown)
    chosen = [name for name in labels if name in entered]
    return asking.taken(shown, chosen, chosen or None)


def acknowledge(asking: Asking) -> Answer:
    """Draw a box to tick."""
    shown = asking.value == "OK"
    ticked = st.checkbox(t("Yes"), value=shown, key=asking.key, disabled=asking.disabled)
    return asking.taken(shown, ticked, "OK" if ticked else None)


def _offers(asking: Asking) -> Sequence[Offer]:
    """Return the choices to show; of very many those that fit what is searched for."""
    offers = asking.filling.choices(asking.path)
    source = asking.question.choices
    listed = source is not None and source.file is None  # a file has no languages
    if listed and any(offer.label.missing for offer in offers):
        language = next(offer.label.language for offer in offers if offer.label.missing)
        st.caption(t("Some choices only in {language}", language=language_name(language)))
    if len(offers) <= TOO_MANY:
        return offers
    wanted = st.text_input(
        t("Search"),
        key=f"{asking.key}-search",
        type="search",
        placeholder=t("Search among {count} choices", count=len(offers)),
        label_visibility="collapsed",
        live=True,
    )
    chosen = asking.value if isinstance(asking.value, list) else [asking.value]
    kept = [offer for offer in offers if offer.name in chosen]
    words = (wanted or "").casefold().split()
    found = (
        offer
        for offer in offers
        if offer.name not in chosen and all(word in offer.label.text.casefold() for word in words)
    )
    return [*kept, *(offer for offer, _ in zip(found, range(TOO_MANY), strict=False))]


def _clearing(asking: Asking, entered: str | None) -> None:
    """Offer to take a choice back, which pressing it again does not; not where one is required."""
    if entered and not asking.disabled and not asking.filling.required(asking.path):
        st.button(
            t("Clear"),
            key=f"{asking.key}-clear",
            type="tertiary",
            on_click=_clear,
            args=(asking.key,),
        )


def _clear(key: str) -> None:
    st.session_state[key] = None


def _nothing(asking: Asking) -> Answer:
    st.caption(t("There is nothing to choose from yet."))
    return asking.value


def _brief(labels: Iterable[str]) -> bool:
    return all(len(label) <= SHORT for label in labels)


def _fit_in_a_row(labels: Collection[str]) -> bool:
    """Tell whether labels fit beside each other on a phone without breaking within a word."""
    longest = max((len(word) for label in labels for word in _WORD.findall(label)), default=0)
    return longest * len(labels) <= ROW and _brief(labels)


def _boxes(asking: Asking, labels: dict[str, str], shown: list[str]) -> list[str]:
    """Draw a box to tick for each choice."""
    with st.container(key=laid_out(asking) or f"boxes-{asking.key}", gap="small"):
        return [
            name
            for name, label in labels.items()
            if st.checkbox(
                label,
                value=name in shown,
                key=f"{asking.key}-{name}",
                disabled=asking.disabled,
                width="stretch",
            )
        ]
