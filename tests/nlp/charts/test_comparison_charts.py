"""The charts of groups, differences and days, and saving them."""

from __future__ import annotations

import datetime as dt
import re
import struct
from pathlib import Path

import altair as alt
import numpy as np
import pandas as pd
import pytest

from i18n import Message
from nlp.charts import (
    Drawing,
    FontError,
    days_chart,
    difference_chart,
    fonts,
    group_chart,
    png,
    register,
    svg,
    theme_chart,
)
from nlp.charts.look import DARK, FONT, LIGHT, Ground
from nlp.compare import compare, group_shares, over_time

NAMES = {0: "谁来决定？", 1: "Geld für Üben", "a": "一组", "b": "감독팀", "c": "時間"}


def study() -> tuple[pd.DataFrame, pd.Series]:
    rng = np.random.default_rng(0)
    people = [f"{group}{number}" for group in "abc" for number in range(7)]
    shares = pd.DataFrame(rng.dirichlet(np.ones(4), len(people))[:, :2], index=people)
    groups = pd.Series([name[0] for name in people], index=people)
    shares.loc[groups == "c", 0] = shares.loc[groups == "c", 0] * 0.1 + 0.9
    return shares, groups


def month() -> pd.DataFrame:
    shares, _ = study()
    days = [dt.date(2026, 6, 1) + dt.timedelta(days=day) for day in range(4)]
    return pd.concat([shares.assign(person=shares.index, day=day) for day in days])


def drawings(ground: Ground = "light", threshold: int = 5) -> dict[str, Drawing]:
    shares, groups = study()
    told = over_time(month(), threshold=threshold, groups=groups)
    everybody = over_time(month(), threshold=threshold)
    levels = group_shares(shares, groups, threshold=threshold)
    pairs = compare(shares, groups, threshold=threshold)
    events = {dt.date(2026, 6, 2): "开机"}
    return {
        "groups": group_chart(levels, names=NAMES, ground=ground),
        "differences": difference_chart(pairs, names=NAMES, ground=ground),
        "days": days_chart(told, names=NAMES, events=events, ground=ground),
        "all days": days_chart(everybody, names=NAMES, ground=ground),
        "themes": theme_chart([("谁来决定？", 0.3, 9)], ground=ground),
    }


def texts(drawn: str) -> str:
    return " ".join(re.findall(r"<text[^>]*>([^<]*)</text>", drawn))


@pytest.mark.parametrize("ground", ["light", "dark"])
def test_every_chart_is_saved_with_its_words_in_its_look(ground: Ground) -> None:
    for name, drawing in drawings(ground).items():
        drawn = svg(drawing.chart)
        assert "谁来决定？" in texts(drawn), name
        assert (DARK if ground == "dark" else LIGHT).ground in drawn
        assert "PingFang SC" in drawn
        assert " ".join(map(str, drawing.alt)) == drawing.chart.to_dict()["description"]


def test_what_is_suppressed_is_neither_drawn_nor_in_the_file() -> None:
    for name, drawing in drawings(threshold=8).items():
        if name in {"themes", "all days"}:
            continue
        (values,) = drawing.chart.to_dict()["datasets"].values()
        assert not any({"share", "difference", "low", "high"} & set(row) for row in values), name
        assert "could point to single people" in str(drawing.alt[-1])


def test_what_holds_differs_from_what_does_not_by_more_than_colour() -> None:
    drawing = drawings()["differences"]
    labels = texts(svg(drawing.chart))
    assert "holds" in labels
    assert drawing.table.loc[drawing.table["holds"], "theme"].unique().tolist() == ["谁来决定？"]
    widths = re.findall(r'stroke-width="([\d.]+)"', svg(drawing.chart))
    assert {"1.5", "3.5"} <= set(widths)
    assert str(drawing.alt[1]).startswith("谁来决定？: 一组 minus 時間 is −")


def test_what_cannot_be_separated_from_the_teams_says_so() -> None:
    shares, groups = study()
    table = compare(shares, groups, threshold=5, strata=groups)
    assert "cannot be separated from the teams" in texts(svg(difference_chart(table).chart))


def test_own_words_are_said_in_the_readers_language() -> None:
    def shout(message: Message) -> str:
        return str(message).upper()

    shares, groups = study()
    levels = group_shares(shares, groups, threshold=5)
    assert "MEAN SHARE" in texts(svg(group_chart(levels, translate=shout).chart))


def test_charts_of_nothing_are_empty_and_no_crash() -> None:
    shares, groups = study()
    nobody = shares.iloc[:0]
    for drawing in (
        group_chart(group_shares(nobody, groups, threshold=5)),
        difference_chart(compare(nobody, groups, threshold=5)),
        days_chart(over_time(month().iloc[:0], threshold=5)),
        theme_chart([]),
    ):
        assert svg(drawing.chart).startswith("<svg")


def test_png_has_the_resolution_of_print() -> None:
    chart = drawings()["themes"].chart
    small, large = (struct.unpack(">II", png(chart, dpi=dpi)[16:24]) for dpi in (72, 300))
    assert large[0] / small[0] == pytest.approx(300 / 72, rel=0.01)


def test_shipped_font_draws_chinese_japanese_korean_and_latin_letters() -> None:
    file = fonts.shipped()
    assert all(fonts.has(file, letter) for letter in "真情镜头導演かな한국äß€−·“”%")
    assert not fonts.has(file, "ก")


def test_letters_without_a_font_are_refused_by_name() -> None:
    with pytest.raises(FontError, match="ก"):
        svg(theme_chart([("กำ", 0.3, 9)]).chart)


def test_a_missing_font_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with pytest.raises(FontError, match=re.escape(str(tmp_path))):
        fonts.prepare(["a"], [tmp_path / "none.otf"])
    monkeypatch.setattr(fonts, "PACKAGE", "no_such_font_package")
    with pytest.raises(FontError, match=FONT):
        png(theme_chart([("a", 0.3, 9)]).chart)


def test_look_becomes_the_theme_of_other_charts() -> None:
    before = alt.theme.active
    try:
        register("dark")
        assert alt.Chart().mark_point().to_dict()["config"]["background"] == DARK.ground
    finally:
        alt.theme.enable(before)
