"""Asking who each speaker is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from pages.interviewer.chosen import roles
from pages.interviewer.escaping import plain
from pages.words import t

Speakers = dict[str, dict[str, str]]


def assign(
    labels: Sequence[str], known: Mapping[str, Mapping[str, str]], people: Mapping[str, str]
) -> Speakers:
    """Ask who each label is.

    Args:
        labels: The labels, in the order in which they first speak.
        known: What is known or guessed already.
        people: The people of the study, by key as text.

    Returns:
        Who each label is; those nobody has said are left out.
    """
    offered = roles() | dict(people)
    options = list(offered)
    chosen: Speakers = {}
    for number, label in enumerate(labels):
        guess = known.get(label, {}).get("role") or known.get(label, {}).get("person")
        if guess == "withdrawn":
            chosen[label] = dict(known[label])
            continue
        answer = st.selectbox(
            t("Who is “{label}”?", label=plain(label) or t("the unnamed speaker")),
            [None, *options],
            index=options.index(guess) + 1 if guess in options else 0,
            format_func=lambda key: offered.get(key or "", t("Not said yet")),
            key=f"speaker-{number}-{label}",
        )
        if answer:
            chosen[label] = {"role": answer} if answer in roles() else {"person": answer}
    return chosen
