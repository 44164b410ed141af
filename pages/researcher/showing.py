"""Showing a chart in the look of the screen, with what it shows in words."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from nlp.charts import Drawing
from nlp.charts.look import Ground
from pages.words import tell


def show(draw: Callable[[Ground], Drawing], *, key: str) -> None:
    """Draw a chart on light or dark ground, as the person's screen is."""
    ground: Ground = "dark" if st.context.theme.type == "dark" else "light"
    drawing = draw(ground)
    words = " ".join(tell(message) for message in drawing.alt)
    st.altair_chart(drawing.chart, key=key, theme=None, alt=words)
