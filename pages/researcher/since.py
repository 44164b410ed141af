"""What became of the themes since the run before."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

import streamlit as st

from data.database import open_session
from nlp.results import Found, title_of, titles_of
from pages import words
from pages.words import t, tn


def since(found: Found) -> None:
    """Say which themes appeared, went, split and grew together since the run before."""
    changes = found.run.quality.get("since")
    if not changes:
        return
    new = {
        theme.number: title_of(theme, words.language()) for theme in (*found.themes, *found.hidden)
    }
    with open_session() as session:
        old = titles_of(UUID(changes["run"]), session=session, language=words.language())
    told = _told(changes, old, new)
    with st.expander(
        tn(
            "Since the run before, one theme went on",
            "Since the run before, {count} themes went on",
            changes["same"],
        )
        if told
        else t("Since the run before, no theme came or went"),
        icon=":material/history:",
        key="since",
    ):
        for sentence in told:
            st.write(sentence)
        if changes["lost"]:
            st.write(
                tn(
                    "One decision of people has nothing to go to any more.",
                    "{count} decisions of people have nothing to go to any more.",
                    len(changes["lost"]),
                )
            )


def _told(changes: dict[str, Any], old: dict[int, str], new: dict[int, str]) -> list[str]:
    told = []
    if appeared := _named(changes["appeared"], new):
        told.append(t("New: {themes}.", themes=appeared))
    if vanished := _named(changes["vanished"], old):
        told.append(t("Gone: {themes}.", themes=vanished))
    for number, parts in changes["split"].items():
        told.append(
            t(
                "{theme} became {themes}.",
                theme=_named([int(number)], old),
                themes=_named(parts, new),
            )
        )
    for number, parts in changes["merged"].items():
        told.append(
            t(
                "{theme} grew from {themes}.",
                theme=_named([int(number)], new),
                themes=_named(parts, old),
            )
        )
    return told


def _named(numbers: Iterable[int], titles: dict[int, str]) -> str:
    quoted = [t("“{theme}”", theme=titles[each]) for each in numbers if each in titles]
    return words.together(quoted)
