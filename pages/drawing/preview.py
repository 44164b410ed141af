"""A questionnaire as participants see it, where nothing that is entered is kept."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import streamlit as st

from i18n import INTERFACE_LANGUAGES, Refusal, best, say
from pages import words
from pages.drawing.asking import Material
from pages.drawing.form import draw, undrawn
from pages.drawing.shelf import Kept
from pages.words import language_name, t
from survey.file_types import media_type_for
from survey.filling import Filling
from survey.xlsform import Form

PHONE = 390
"""The width of a phone in pixels."""


@dataclass
class Table:
    """A shelf for the moment: files stay as long as the preview does."""

    files: dict[str, Kept] = field(default_factory=dict)

    def keep(
        self, path: str, filename: str, content: bytes, *, kind: str, longest: int | None = None
    ) -> str:
        """Keep a file and return its name.

        Raises:
            Refusal: It is of another kind.
        """
        del path, longest
        found = media_type_for(kind, content)
        if found is None:
            raise Refusal(say("{name} is not the kind of file that is asked for.", name=filename))
        self.files[filename] = Kept(filename, found, content)
        return filename

    def read(self, name: str) -> Kept | None:
        """Return a file; None when there is none of that name."""
        return self.files.get(name)

    def remove(self, name: str) -> None:
        """Remove a file."""
        self.files.pop(name, None)


def preview(form: Form, *, key: str, material: Material) -> None:
    """Draw a questionnaire to try out, in a language and a width to choose.

    Args:
        form: The questionnaire.
        key: What tells it from other previews.
        material: Gives its pictures and sounds.
    """
    language = _language(form, key)
    with st.container(horizontal=True):
        phone = st.toggle(t("As wide as a phone"), value=True, key=f"phone-{key}")
        insist = st.toggle(t("Say what is missing"), key=f"insist-{key}")
    answers, turns = st.session_state.get(f"answers-{key}", (None, 0))
    filling = Filling(form, answers=answers, language=language, instance_id=f"uuid:preview-{key}")

    def keep(_path: str, _value: object = None) -> None:
        st.session_state[f"answers-{key}"] = (filling.draft(), turns)

    def turned(_repeat: str) -> None:
        st.session_state[f"answers-{key}"] = (filling.draft(), turns + 1)
        st.rerun()

    shelf: Table = st.session_state.setdefault(f"shelf-{key}", Table())
    with st.container(key=f"preview-{key}", border=True, width=PHONE if phone else "stretch"):
        if strange := undrawn(filling):
            st.error(t("Participants cannot answer {types} here.", types=", ".join(strange)))
            return
        with _spoken(language):
            st.header(form.title, anchor=False)
            complete = draw(
                filling,
                key=f"{key}-{turns}",
                save=keep,
                turns_changed=turned,
                insist=insist,
                shelf=shelf,
                material=material,
            )
            if complete:
                st.button(t("Send"), key=f"send-{key}", width="stretch", disabled=True)


def _language(form: Form, key: str) -> str:
    if len(form.languages) == 1:
        return form.languages[0]
    chosen = st.segmented_control(
        t("Language"),
        form.languages,
        default=form.default_language,
        format_func=language_name,
        key=f"language-{key}",
        required=True,
    )
    return chosen or form.default_language


@contextmanager
def _spoken(language: str) -> Iterator[None]:
    """Say everything inside in the language of a participant, as far as we speak it."""
    own = words.language()
    words.use(best([language], INTERFACE_LANGUAGES, own))
    try:
        yield
    finally:
        words.use(own)
