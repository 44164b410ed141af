"""Questions answered with a number of a range. Nothing is chosen beforehand."""

from __future__ import annotations

import streamlit as st

from pages.drawing.asking import Answer, Asking
from pages.words import t
from survey.typed import is_fine

Number = int | float
FEW = 11
"""A range with at most so many steps is drawn as buttons."""
STARS = 5


def steps(start: float, end: float, step: float) -> list[Number]:
    """Return the values of a range, whole where they are whole.

    Example:
        >>> steps(0, 1, 0.5), steps(3, 1, 1)
        ([0, 0.5, 1], [3, 2, 1])
    """
    step = abs(step) or 1.0
    count = int(abs(end - start) / step + 1e-9)
    direction = 1 if end >= start else -1
    values = (round(start + direction * step * number, 10) for number in range(count + 1))
    return [int(value) if value == int(value) else value for value in values]


def scale(asking: Asking) -> Answer:
    """Draw a range the way its appearance and its length ask for."""
    start, end = asking.parameter("start", 1), asking.parameter("end", 10)
    step = asking.parameter("step", 1)
    if is_fine(asking.question):
        return _box(asking, min(start, end), max(start, end), step)
    values = steps(start, end, step)
    value = asking.value if asking.value in values else None
    if asking.wants("rating"):
        return _rating(asking, values, value)
    if asking.wants("picker"):
        entered = st.selectbox(
            **asking.widget(options=values, index=_index(values, value), placeholder=t("Choose"))
        )
    elif asking.wants("vertical"):
        entered = st.radio(**asking.widget(options=values, index=_index(values, value)))
    elif len(values) <= FEW:
        with st.container(key=f"scale-{asking.key}"):
            entered = st.segmented_control(
                **asking.widget(options=values, default=value, width="stretch")
            )
    else:
        entered = _slider(asking, values, value)
    return asking.taken(value, entered, entered)


def _index(values: list[Number], value: Number | None) -> int | None:
    return None if value is None else values.index(value)


def _rating(asking: Asking, values: list[Number], value: Number | None) -> Answer:
    """Draw stars; Streamlit's own where there are five, else buttons with a star."""
    if len(values) == STARS:
        shown = _index(values, value)
        star = st.feedback("stars", key=asking.key, default=shown, disabled=asking.disabled)
        return asking.taken(shown, star, None if star is None else values[star])
    entered = st.pills(
        **asking.widget(options=values, default=value, format_func=lambda step: f"{step} ★")
    )
    return asking.taken(value, entered, entered)


def _slider(asking: Asking, values: list[Number], value: Number | None) -> Number | None:
    """Draw a slider whose first place means that nothing is chosen."""
    options: list[Number | None] = [None, *values]
    chosen: Number | None = st.select_slider(
        **asking.widget(
            options=options,
            value=value,
            format_func=lambda step: "–" if step is None else f"{step:g}",
        )
    )
    return chosen


def _box(asking: Asking, low: float, high: float, step: float) -> Answer:
    """Draw a box for a range too fine to point at."""
    shown = float(asking.value) if isinstance(asking.value, int | float) else None
    if shown is not None and not low <= shown <= high:
        shown = None
    bounds(asking)
    entered = st.number_input(
        **asking.widget(
            value=shown, min_value=low, max_value=high, step=step, format="%.10g", placeholder=""
        )
    )
    return asking.taken(shown, entered, entered)


def bounds(asking: Asking) -> None:
    """Say from where to where a range goes."""
    ends = asking.parameter("start", 1), asking.parameter("end", 10)
    st.caption(t("From {low} to {high}", low=f"{min(ends):g}", high=f"{max(ends):g}"))
