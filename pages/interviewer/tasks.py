"""What is still to say about a conversation."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from i18n import Message
from pages.interviewer.escaping import plain
from pages.words import t, tell


def show_tasks(tasks: Sequence[Message]) -> None:
    """List the tasks of a conversation; nothing where there are none."""
    if tasks:
        lines = "\n".join(f"- {plain(tell(task))}" for task in tasks)
        st.markdown(t("Still to do:") + "\n\n" + lines)
