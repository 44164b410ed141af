"""Pictures, sounds and films that a questionnaire shows with its questions."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from pages.drawing.asking import Material
from pages.words import t


def beside(files: Mapping[str, str], material: Material, *, of: str) -> None:
    """Show the files of a question or group.

    Args:
        files: Their names by kind: `image`, `big-image`, `audio`, `video`.
        material: Gives their content.
        of: What they belong to, for those who cannot see them.
    """
    if name := files.get("big-image") or files.get("image"):
        picture(material, name, of=of)
    for kind, show in (("audio", st.audio), ("video", st.video)):
        if name := files.get(kind):
            content = material(name)
            if content is None:
                _missing(name)
            else:
                show(content, alt=of)


def picture(material: Material, name: str, *, of: str) -> None:
    """Show a picture of the questionnaire, or say that its file is missing."""
    content = material(name)
    if content is None:
        _missing(name)
    else:
        st.image(content, alt=of)


def _missing(name: str) -> None:
    st.caption(t("The file {name} did not come with this questionnaire.", name=name))
