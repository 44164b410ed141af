"""Time codes in every spelling."""

from __future__ import annotations

import datetime as dt

import pytest

from survey.transcripts.opener import as_text
from survey.transcripts.timecodes import seconds, span


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("00:01:02.500", 62.5),
        ("00:01:02,500", 62.5),
        ("1:02", 62.0),
        ("75:10", 4510.0),
        ("[1:02:03]", 3723.0),
        ("#00:00:12-3#", 12.3),
        ("00:00:12:24", 12.0),
        ("0:0:2.340", 2.34),
        ("００:１２", 12.0),
        ("٠١:٠٢", 62.0),
        ("12", None),
        ("999:99:99", None),
        ("soon", None),
    ],
)
def test_seconds(text: str, expected: float | None) -> None:
    assert seconds(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[00:12 - 00:15]", (12.0, 15.0)),
        ("00:00:01.000 --> 00:00:02.000", (1.0, 2.0)),
        ("（00:12）", (12.0, None)),
        ("[3.5 - 7.25]", (3.5, 7.25)),
        ("never", (None, None)),
    ],
)
def test_span(text: str, expected: tuple[float | None, float | None]) -> None:
    assert span(text) == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (None, ""),
        (3.0, "3"),
        (2.5, "2.5"),
        (dt.time(0, 1, 2), "00:01:02"),
        (dt.timedelta(hours=25, milliseconds=1500), "25:00:01.500"),
        (dt.datetime(1899, 12, 31, 1, 0, 0), "25:00:00"),  # noqa: DTZ001 - Excel has no zones
        ("a", "a"),
    ],
)
def test_excel_cells_are_written_as_people_see_them(cell: object, expected: str) -> None:
    assert as_text(cell) == expected
