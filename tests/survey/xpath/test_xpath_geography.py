"""Lengths, areas, fences and crossings on the Earth."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.xpath.functions.geography import area, distance, geofence, intersects

WorkOut = Callable[..., Any]

FIELD = (
    "7.9377 -11.5845 0 0;7.9324 -11.5902 0 0;7.927 -11.5857 0 0;7.925 -11.578 0 0;"
    "7.9267 -11.5722 0 0;7.9325 -11.5708 0 0;7.9372 -11.5737 0 0;7.9393 -11.579 0 0;"
    "7.9377 -11.5845 0 0"
)
SQUARE = "0 0;0 2;2 2;2 0;0 0"


@pytest.mark.parametrize(
    ("expression", "metres"),
    [
        (f"distance('{FIELD}')", 5724.36),
        (f"area('{FIELD}')", 2333220.77),
        (f"enclosed-area('{FIELD};')", 2333220.77),
        ("distance('0 0;0 1')", 111318.85),
        ("distance('0 0', '0 90')", 10018696.05),
        ("distance('90 0;90 1')", 0),
        ("distance('1 1;1 1')", 0),
        ("distance(/data/p)", 111318.85),
        ("distance(/data/p, '0 2')", 222637.69),
        ("area('7.9377 -11.5845;7.9324 -11.5902')", 0),
    ],
)
def test_lengths_and_areas(work_out: WorkOut, expression: str, metres: float) -> None:
    xml = "<data><p>0 0 10 5</p><p>0 1 10 5</p></data>"
    assert work_out(expression, xml) == pytest.approx(metres, abs=0.005)


@pytest.mark.parametrize(
    "places", ["", "a", "1 1", "91 0;0 0", "0 181;0 0", "1;2", "1 2 3 4 5;1 1"]
)
def test_what_is_no_line_has_no_length(work_out: WorkOut, places: str) -> None:
    assert math.isnan(work_out(f"distance('{places}')"))
    assert math.isnan(work_out(f"area('{places}')"))


@pytest.mark.parametrize(
    ("point", "shape", "inside"),
    [
        ("1 1", SQUARE, True),
        ("1 1 5 3", SQUARE + ";", True),
        ("3 1", SQUARE, False),
        ("1 -1", SQUARE, False),
        ("1 1", "0 0;0 2;2 2;2 0", False),
        ("1 1", "0 0;0 4;4 4;4 0;3 0;3 3;0.5 3;0.5 0;0 0", False),
        ("", SQUARE, False),
        ("1 1", "", False),
    ],
)
def test_fences(work_out: WorkOut, point: str, shape: str, inside: bool) -> None:
    assert work_out(f"geofence('{point}', '{shape}')") is inside


@pytest.mark.parametrize(
    ("line", "crosses"),
    [
        (SQUARE, False),
        ("0 0;0 2;2 2;2 0", False),
        ("0 0;2 2;0 2;2 0", True),
        ("0 0;2 2;0 2;2 0;0 0", True),
        ("0 0;0 2;0 1", True),
        ("0 0;0 2;2 1;0 1", True),
        ("0 0;0 1;0 2", False),
        ("0 0;0 0;0 1;1 1", False),
        ("0 0;1 1", False),
        ("", False),
    ],
)
def test_crossings(work_out: WorkOut, line: str, crosses: bool) -> None:
    assert work_out(f"intersects('{line}')") is crosses


POINTS = st.tuples(st.integers(-80, 80), st.integers(-170, 170)).map(lambda p: f"{p[0]} {p[1]}")


@given(st.lists(POINTS, min_size=2, max_size=6))
def test_a_line_is_as_long_backwards(points: list[str]) -> None:
    assert distance(";".join(points)) == pytest.approx(distance(";".join(points[::-1])), abs=0.02)
    assert area(";".join(points)) == pytest.approx(area(";".join(points[::-1])), rel=1e-9)
    assert intersects(";".join(points)) is intersects(";".join(points[::-1]))


@given(POINTS, POINTS, POINTS)
def test_no_detour_is_shorter(first: str, second: str, third: str) -> None:
    assert distance(first, third) <= distance(first, second, third) + 0.1


@given(st.floats(-3, 3), st.floats(-3, 3))
def test_a_point_is_inside_a_square_where_both_places_are(north: float, east: float) -> None:
    if min(abs(north), abs(east), abs(north - 2), abs(east - 2)) > 1e-9:
        assert geofence(f"{north:.9f} {east:.9f}", SQUARE) is (0 < north < 2 and 0 < east < 2)
