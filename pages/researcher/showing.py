"""Showing a chart in the look of the screen."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from nlp.charts import Drawing
from nlp.charts.look import Ground


def show(draw: Callable[[Ground], Drawing], *, key: str) -> None:
    """Draw a chart on light or dark ground, as the person's screen is."""
    ground: Ground = "dark" if st.context.theme.type == "dark" else "light"
    drawing = draw(ground)
    # What the chart says in words is its description, which becomes its accessible name.
    st.altair_chart(drawing.chart, key=key, theme=None)
