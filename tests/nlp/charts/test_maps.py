from __future__ import annotations

from typing import Any

import pandas as pd

from nlp.charts import Drawing, map_chart, png, svg


def points() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "x": [0.0, 0.05, 0.5, -0.5],
            "y": [0.0, 0.01, 0.5, -0.5],
            "group": [1, 2, 2, ""],
            "text": ["钱花完了", "x" * 200, "<b>short</b>", "nothing"],
        },
        index=["a", "b", "c", "d"],
    )


def rows_of(drawing: Drawing) -> list[list[dict[str, Any]]]:
    """Return the rows behind each layer of a chart."""
    chart = drawing.chart.to_dict()
    return [chart["datasets"][layer["data"]["name"]] for layer in chart["layer"]]


def test_every_passage_has_a_dot_and_every_group_its_name() -> None:
    drawing = map_chart(points(), names={1: "钱", 2: "Trust & doubt"})
    drawn = svg(drawing.chart)
    assert "钱" in drawn
    assert "Trust &amp; doubt" in drawn
    values = [row for rows in rows_of(drawing) for row in rows if "key" in row]
    assert {row["key"] for row in values} == {"a", "b", "c", "d"}
    assert all(len(row["text"]) <= 60 for row in values)
    assert png(drawing.chart).startswith(b"\x89PNG")


def test_names_do_not_cover_one_another() -> None:
    drawing = map_chart(points().iloc[:2])
    labels = rows_of(drawing)[3]
    assert abs(labels[0]["y"] - labels[1]["y"]) >= 0.08


def test_its_words_say_what_is_on_it() -> None:
    said = [str(sentence) for sentence in map_chart(points(), names={1: "Money"}).alt]
    assert "Money: 1 of them." in said[1]


def test_an_empty_map_is_drawn() -> None:
    assert svg(map_chart(points().iloc[:0]).chart).startswith("<svg")
