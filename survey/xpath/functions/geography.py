"""Points, lines and areas on the Earth, taken for a sphere as JavaRosa and ODK Web Forms do.

A point is "latitude longitude altitude accuracy", the last two of which may be missing; lines and
shapes are points with semicolons between them, or a node-set of points.
"""

from __future__ import annotations

import math
from itertools import pairwise
from typing import NamedTuple

from survey.xpath.context import Value
from survey.xpath.functions.strings import all_texts
from survey.xpath.registry import function

RADIUS = 6_378_100.0  # metres at the equator, the figure of JavaRosa


class Point(NamedTuple):
    """A place in degrees."""

    latitude: float
    longitude: float


Segment = tuple[Point, Point]


def _point(text: str) -> Point | None:
    """Read a point; None for a text that is none."""
    parts = text.split()
    if not 2 <= len(parts) <= 4:
        return None
    try:
        latitude, longitude = float(parts[0]), float(parts[1])
    except ValueError:
        return None
    return Point(latitude, longitude) if abs(latitude) <= 90 and abs(longitude) <= 180 else None


def _points(*values: Value) -> list[Point]:
    """Read all points of values; [] as soon as one is none."""
    found: list[Point] = []
    for text in all_texts(values):
        for part in text.strip().rstrip("; \t\n").split(";"):
            point = _point(part)
            if point is None:
                return []
            found.append(point)
    return found


def _metres(value: float) -> float:
    """Round to two decimals, halves upwards."""
    return math.floor(abs(value) * 100 + 0.5) / 100


@function("distance", "any", "any*", result="number")
def distance(*values: Value) -> float:
    """Return the length in metres of the line through all points, NaN for fewer than two.

    It is the sum of the great circles between them (spherical law of cosines).
    """
    points = _points(*values)
    if len(points) < 2:
        return math.nan
    return _metres(math.fsum(_great_circle(*segment) for segment in pairwise(points)))


def _great_circle(start: Point, end: Point) -> float:
    first, second = math.radians(start.latitude), math.radians(end.latitude)
    turn = math.radians(start.longitude - end.longitude)
    cosine = math.sin(first) * math.sin(second) + math.cos(first) * math.cos(second) * math.cos(
        turn
    )
    return math.acos(max(-1.0, min(1.0, cosine))) * RADIUS


@function("area", "any", result="number")
def area(value: Value) -> float:
    """Return the area in square metres inside the line through all points, NaN for fewer than two.

    The line is closed where it is not. Formula: Chamberlain and Duquette, "Some algorithms for
    polygons on a sphere" (JPL 2007).
    """
    points = _points(value)
    if len(points) < 2:
        return math.nan
    total = math.fsum(
        math.radians(end.longitude - start.longitude)
        * (2 + math.sin(math.radians(end.latitude)) + math.sin(math.radians(start.latitude)))
        for start, end in pairwise([*points, points[0]])
    )
    return _metres(total * RADIUS * RADIUS / 2)


function("enclosed-area", "any", result="number")(area)


@function("geofence", "string", "string", result="boolean")
def geofence(point: str, shape: str) -> bool:
    """Tell whether a point lies in a shape, whose last point must be its first.

    Counts how often a line to the east crosses the boundary (even-odd rule, Shimrat 1962).
    """
    where, points = _point(point), _points(shape)
    if where is None or len(points) < 2 or points[0] != points[-1]:
        return False
    inside = False
    for start, end in pairwise(points):
        if (start.latitude > where.latitude) != (end.latitude > where.latitude):
            share = (where.latitude - start.latitude) / (end.latitude - start.latitude)
            if where.longitude < start.longitude + share * (end.longitude - start.longitude):
                inside = not inside
    return inside


@function("intersects", "any", result="boolean")
def intersects(value: Value) -> bool:
    """Tell whether the line through all points crosses or touches itself.

    Neighbours share an end, as do the first and last segment of a closed line: that is no
    crossing, but turning back over oneself is.
    """
    points = _points(value)
    segments = [segment for segment in pairwise(points) if segment[0] != segment[1]]
    closed = len(points) > 2 and points[0] == points[-1]
    for place, first in enumerate(segments):
        for other, second in enumerate(segments[place + 1 :], place + 1):
            if other == place + 1:
                meets = _turns_back(first[0], first[1], second[1])
            elif closed and place == 0 and other == len(segments) - 1:
                meets = _turns_back(second[0], second[1], first[1])
            else:
                meets = _meet(first, second)
            if meets:
                return True
    return False


def _side(start: Point, end: Point, point: Point) -> float:
    """Return on which side of a line a point lies: positive, negative or zero (on it)."""
    return (end.longitude - start.longitude) * (point.latitude - start.latitude) - (
        end.latitude - start.latitude
    ) * (point.longitude - start.longitude)


def _turns_back(start: Point, corner: Point, end: Point) -> bool:
    """Tell whether two segments that share a corner lie on one another."""
    if _side(start, corner, end) != 0.0:
        return False
    ahead = (corner.longitude - start.longitude) * (end.longitude - corner.longitude) + (
        corner.latitude - start.latitude
    ) * (end.latitude - corner.latitude)
    return ahead < 0.0


def _meet(first: Segment, second: Segment) -> bool:
    """Tell whether two segments have a point in common."""
    sides = [_side(*first, point) for point in second] + [_side(*second, point) for point in first]
    if sides[0] * sides[1] < 0 and sides[2] * sides[3] < 0:
        return True
    return any(
        side == 0.0 and _within(point, segment)
        for side, point, segment in zip(
            sides, (*second, *first), (first, first, second, second), strict=True
        )
    )


def _within(point: Point, segment: Segment) -> bool:
    """Tell whether a point lies in the rectangle around a segment."""
    start, end = segment
    return min(start.latitude, end.latitude) <= point.latitude <= max(
        start.latitude, end.latitude
    ) and min(start.longitude, end.longitude) <= point.longitude <= max(
        start.longitude, end.longitude
    )
