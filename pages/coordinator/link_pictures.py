"""A link as text to copy and as a picture to scan."""

from __future__ import annotations

from io import BytesIO

import segno
import streamlit as st


def show_link(address: str) -> None:
    """Show a link to copy, and to scan with a phone."""
    st.code(address, language=None, wrap_lines=True)
    target = BytesIO()
    segno.make(address, error="m", micro=False).save(target, kind="png", scale=6, border=3)
    st.image(target.getvalue(), width=180)
