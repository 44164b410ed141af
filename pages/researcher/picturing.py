"""The picture of a run: shares of its themes, or a map of its passages; a click picks a theme."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from uuid import UUID

import altair as alt
import pandas as pd
import streamlit as st

from data.database import open_session
from nlp.charts import Drawing, map_chart, theme_chart
from nlp.charts.look import Ground
from nlp.mapping import read_map
from nlp.results import Found, title_of
from pages import words
from pages.researcher.groups import names_of
from pages.researcher.showing import ground, keep
from pages.who import Here
from pages.words import t, tell

PICKED = "picked-theme"
SEEN = "picked-in-chart"


def picked(found: Found) -> int | None:
    """Return the theme that was picked in the picture last, while it is there."""
    number = st.session_state.get(PICKED)
    return number if number in {theme.number for theme in found.themes} else None


def picture(me: Here, found: Found, titles: Mapping[int, str]) -> None:
    """Draw what was chosen: bars or the map.

    Args:
        me: Who looks.
        found: The run, or what a filter leaves of it.
        titles: What its themes are called.
    """
    places = _places(found.run.id)
    kinds = {"shares": t("Shares"), "map": t("Map")}
    kind = "shares"
    if not places.empty:
        kind = st.segmented_control(
            t("Picture"),
            list(kinds),
            default="shares",
            required=True,
            format_func=kinds.__getitem__,
            label_visibility="collapsed",
            key="picture",
        )
    if kind == "map":
        _map(me, found, titles, places)
    else:
        _shares(found, titles)


def _shares(found: Found, titles: Mapping[int, str]) -> None:
    rows = [
        (
            titles[theme.number],
            float(found.theme_shares[theme.number]),
            int(theme.measures["voices"]),
        )
        for theme in found.themes
    ]

    def draw(on: Ground) -> Drawing:
        return theme_chart(rows, translate=tell, ground=on)

    place = _clicked(draw(ground()), "shares", "place")
    if place is not None and int(place) < len(found.themes):
        st.session_state[PICKED] = found.themes[int(place)].number
    keep(lambda: draw("light"), draw(ground()), key="shares", name="themes")


def _map(me: Here, found: Found, titles: Mapping[int, str], places: pd.DataFrame) -> None:
    by = _coloured()
    points, names = _points(me, found, titles, places, by)

    def draw(on: Ground) -> Drawing:
        return map_chart(points, names=names, translate=tell, ground=on)

    st.caption(
        t(
            "Passages that mean something similar lie close together; how far apart groups lie "
            "means nothing."
        )
    )
    key = _clicked(draw(ground()), f"map-{by}", "key")
    if key is not None and int(found.main.get(key, -1)) in titles:
        st.session_state[PICKED] = int(found.main[key])
    keep(lambda: draw("light"), draw(ground()), key="map", name="map")


def _coloured() -> str:
    kinds = {"theme": t("Themes"), "team": t("Teams"), "language": t("Languages")}
    return str(
        st.segmented_control(
            t("Colour"),
            list(kinds),
            default="theme",
            required=True,
            format_func=kinds.__getitem__,
            label_visibility="collapsed",
            key="map-by",
        )
    )


def _points(
    me: Here, found: Found, titles: Mapping[int, str], places: pd.DataFrame, by: str
) -> tuple[pd.DataFrame, Mapping[Hashable, str]]:
    """Return the passages on the map with their groups; groups of few people have none."""
    drawn = places.join(found.passages, how="inner")
    names: dict[Hashable, str]
    order: list[Hashable]
    if by == "theme":
        names = dict(titles.items())
        order = [theme.number for theme in found.themes]
        group = found.main.reindex(drawn.index)
    else:
        people = found.passages.groupby(by)["person"].nunique()
        order = list(people[people >= me.study.threshold].sort_values(ascending=False).index)
        order = [each for each in order if each not in {"", "und", "mul"}]
        group = drawn[by]
        names = dict(names_of(me, by, order).items())
    rank = {each: place for place, each in enumerate(order)}
    points = pd.DataFrame(
        {
            "x": drawn["x"],
            "y": drawn["y"],
            "group": group.where(group.isin(order), "").astype(object),
            "text": drawn["masked"],
        }
    )
    return points.sort_values(
        "group", key=lambda column: column.map(lambda each: rank.get(each, len(rank)))
    ), names


def _clicked(drawing: Drawing, key: str, field: str) -> str | None:
    """Draw a chart whose marks can be clicked; return what was clicked just now."""
    pick = alt.selection_point(name="pick", fields=[field], on="click")
    chosen = st.altair_chart(
        drawing.chart.add_params(pick), key=f"{key}-chart", theme=None, on_select="rerun"
    )
    values = [row.get(field) for row in chosen["selection"].get("pick", [])]
    before = st.session_state.get(SEEN)
    st.session_state[SEEN] = (key, values)
    return str(values[0]) if values and before != (key, values) else None


@st.cache_resource(max_entries=4, show_spinner=False)
def _places(run_id: UUID) -> pd.DataFrame:
    with open_session() as session:
        return read_map(run_id, session=session)


def titles_of(found: Found) -> dict[int, str]:
    """Return what the themes of a run are called on this screen."""
    return {theme.number: title_of(theme, words.language()) for theme in found.themes}
