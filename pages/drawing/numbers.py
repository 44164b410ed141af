"""Questions answered with a number."""

from __future__ import annotations

import streamlit as st

from pages.drawing.asking import Asking

MOST_STEPS = 11
"""A range with at most so many steps is drawn as buttons: nothing is chosen beforehand."""


def integer(asking: Asking) -> int | None:
    """Draw a whole number."""
    value = asking.value
    entered = st.number_input(
        asking.label,
        value=value if isinstance(value, int) else None,
        step=1,
        key=asking.key,
        label_visibility="collapsed",
        disabled=asking.disabled,
        placeholder="",
    )
    return None if entered is None else int(entered)


def decimal(asking: Asking) -> float | None:
    """Draw a number with decimals."""
    value = asking.value
    entered = st.number_input(
        asking.label,
        value=float(value) if isinstance(value, int | float) else None,
        step=None,
        format="%.10g",
        key=asking.key,
        label_visibility="collapsed",
        disabled=asking.disabled,
        placeholder="",
    )
    return None if entered is None else float(entered)


def steps(start: float, end: float, step: float) -> list[int | float]:
    """Return the values of a range, whole where they are whole."""
    step = abs(step) or 1.0
    count = int(abs(end - start) / step + 1e-9)
    direction = 1 if end >= start else -1
    values = [round(start + direction * step * number, 10) for number in range(count + 1)]
    return [int(value) if value == int(value) else value for value in values]


def scale(asking: Asking) -> float | None:
    """Draw a range: buttons where they are few, else a slider with a box to leave it blank."""
    values = steps(
        asking.parameter("start", 0), asking.parameter("end", 10), asking.parameter("step", 1)
    )
    value = asking.value if asking.value in values else None
    if len(values) <= MOST_STEPS:
        return st.segmented_control(
            asking.label,
            values,
            default=value,
            key=asking.key,
            label_visibility="collapsed",
            disabled=asking.disabled,
            width="stretch",
        )
    return st.selectbox(
        asking.label,
        values,
        index=None if value is None else values.index(value),
        key=asking.key,
        label_visibility="collapsed",
        disabled=asking.disabled,
        placeholder="",
    )
