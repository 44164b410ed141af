"""The chart of who wrote when."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

from data.tables import Person
from nlp.charts import svg
from nlp.charts.participation import Row, participation_chart
from survey.progress import Mark, Progress

START = date(2026, 6, 1)


def row(name: str, *marks: Mark, corrected: int | None = None) -> Row:
    days = {START + timedelta(days=n): mark for n, mark in enumerate(marks)}
    again = frozenset() if corrected is None else frozenset({START + timedelta(days=corrected)})
    person = Person(study_id=uuid4(), code=name)
    return Row(name, "A", Progress(person, days, again, None, 0))


ROWS = [
    row("P01", Mark.WRITTEN, Mark.LATE, Mark.MISSED, Mark.OPEN, Mark.DUE, Mark.COMING),
    row("P02", Mark.WRITTEN, Mark.WRITTEN, Mark.COMING, corrected=1),
]


def test_every_mark_has_a_shape_of_its_own_and_days_to_come_have_none() -> None:
    drawing = participation_chart(ROWS)
    specification = drawing.chart.to_dict()
    scale = specification["layer"][0]["encoding"]["shape"]["scale"]
    assert len(set(scale["range"])) == len(scale["domain"]) == 5
    (values,) = specification["datasets"].values()
    assert len(values) == 7
    assert len(drawing.table) == 9


def test_it_says_in_words_what_it_shows() -> None:
    drawing = participation_chart(ROWS)
    said = [str(sentence) for sentence in drawing.alt]
    assert said[1] == "P01: 2 of 4 (50%), 1 late."
    assert " ".join(said) == drawing.chart.to_dict()["description"]


def test_it_can_be_saved_in_both_looks_and_with_nobody() -> None:
    for rows in (ROWS, []):
        light = svg(participation_chart(rows, width=400).chart)
        dark = svg(participation_chart(rows, width=400, ground="dark").chart)
        assert light.startswith("<svg")
        assert light != dark
