"""Showing a chart in the look of the screen, with what it shows as a table and as files."""

from __future__ import annotations

from collections.abc import Callable

import altair as alt
import streamlit as st

from nlp.charts import Drawing, png, svg
from nlp.charts.drawing import AnyChart
from nlp.charts.look import Ground
from pages.words import spoken_later, t


def ground() -> Ground:
    """Return what charts stand on: light or dark, as the person's screen is."""
    return "dark" if st.context.theme.type == "dark" else "light"


def show(draw: Callable[[Ground], Drawing], *, key: str, name: str = "chart") -> None:
    """Draw a chart as the person's screen is, and offer it as a file.

    Args:
        draw: Makes the chart for a ground; what is saved stands on light ground, for print.
        key: Of the chart on this screen.
        name: Of the files.
    """
    drawing = draw(ground())
    # What the chart says in words is its description, which becomes its accessible name.
    st.altair_chart(on_screen(drawing.chart), key=key, theme=None)
    keep(lambda: draw("light"), drawing, key=key, name=name)


def on_screen(chart: AnyChart) -> AnyChart:
    """Return a chart as wide as the screen whose rows keep their height.

    Streamlit fits the height as well: axis and legend would take theirs from the rows, and a few
    rows lie on each other.
    """
    if isinstance(chart, alt.Chart | alt.LayerChart):
        return chart.properties(autosize=alt.AutoSizeParams(type="fit-x", contains="padding"))
    return chart


def keep(make: Callable[[], Drawing], drawing: Drawing, *, key: str, name: str) -> None:
    """Offer the numbers of a chart as a table, and the chart as SVG and PNG.

    Args:
        make: Makes the chart as it is saved; called when somebody saves it.
        drawing: The chart on the screen.
        key: Of the chart on this screen.
        name: Of the files.
    """
    with st.popover(t("Table and files"), icon=":material/table_chart:", type="tertiary"):
        st.dataframe(drawing.table.rename(columns=_heads()), hide_index=True)
        with st.container(horizontal=True):
            st.download_button(
                t("Save as SVG"),
                spoken_later(lambda: svg(make().chart).encode()),
                file_name=f"{name}.svg",
                mime="image/svg+xml",
                on_click="ignore",
                key=f"{key}-svg",
            )
            st.download_button(
                t("Save as PNG"),
                spoken_later(lambda: png(make().chart)),
                file_name=f"{name}.png",
                mime="image/png",
                on_click="ignore",
                key=f"{key}-png",
            )


def _heads() -> dict[str, str]:
    """Return what the columns of the tables behind charts are called."""
    return {
        "theme": t("Theme"),
        "group": t("Group"),
        "other": t("Compared with"),
        "share": t("Share"),
        "difference": t("Difference"),
        "low": t("from"),
        "high": t("to"),
        "p_adjusted": t("p, adjusted"),
        "holds": t("Holds"),
        "suppressed": t("Not shown, to protect people"),
        "voices": t("Voices"),
        "people": t("People"),
        "day": t("Day"),
        "person": t("Person"),
        "mark": t("Entry"),
        "corrected": t("Corrected"),
        "text": t("Passage"),
        "panel": t("Part"),
        "row": t("What"),
        "value": t("Number"),
        "shown": t("Shown"),
    }
