"""Ranges: their steps, and that nothing is chosen beforehand."""

from __future__ import annotations

import pytest

from pages.drawing.ranges import steps
from tests.pages.drawing.conftest import Screen, run


@pytest.mark.parametrize(
    ("start", "end", "step", "expected"),
    [
        (1, 5, 1, [1, 2, 3, 4, 5]),
        (0, 1, 0.1, [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]),
        (5, 1, 2, [5, 3, 1]),
        (-1, 1, -1, [-1, 0, 1]),
    ],
)
def test_the_steps_of_a_range_are_exact(
    start: float, end: float, step: float, expected: list[float]
) -> None:
    assert steps(start, end, step) == expected


def one(parameters: str, appearance: str = "") -> str:
    return f"""
| survey |
| | type | name | label | parameters | appearance |
| | range | much | How much? | {parameters} | {appearance} |
"""


def test_a_range_without_parameters_goes_from_1_to_10(screen: Screen) -> None:
    app = screen(one(""))
    assert app.button_group[0].options == [str(number) for number in range(1, 11)]


@pytest.mark.parametrize("appearance", ["", "rating", "picker", "vertical", "no-ticks"])
@pytest.mark.parametrize("end", [5, 60])
def test_nothing_is_chosen_beforehand(screen: Screen, appearance: str, end: int) -> None:
    app = screen(one(f"start=1 end={end} step=1", appearance))
    assert run(app).session_state.kept == {}


def test_a_slider_is_set(screen: Screen) -> None:
    app = screen(one("start=0 end=100 step=5"))
    run(app.select_slider[0].set_value(35))
    assert app.session_state.kept == {"/data/much": 35}
