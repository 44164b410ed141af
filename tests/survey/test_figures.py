"""Figures and rates in a study folder: every mistake is named with its place."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from settings import ROOT
from survey.figures import RatesError, read_rates
from survey.study_folder import StudyFolderError, read_study


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "studies" / "ai-film-set", tmp_path / "study")
    return tmp_path / "study"


def test_both_shipped_studies_define_figures() -> None:
    for name in ("demo", "ai-film-set"):
        study = read_study(ROOT / "studies" / name)
        assert {figure.kind for figure in study.figures} == {
            "cross", "money", "funnel", "scale", "accounts",
        }  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (
            '"/data/task/hours"',
            '"/data/task/minutes"',
            "tasks: /data/task/minutes is not a question",
        ),
        ('questionnaire = "tasks"', 'questionnaire = "work"', "there is no questionnaire work"),
        ('kind = "money"', 'kind = "gold"', "figures.toml, figures.1"),
        ('counted_in = "CNY"', 'counted_in = "yuan"', "figures.toml, figures.1.money.counted_in"),
        ('key = "takes"', 'key = "takes"\nmore = 1', "figures.toml, figures.2.funnel.more"),
        ('key = "tasks"', "key = ", "figures.toml: "),
    ],
)
def test_mistakes_in_figures_are_named(folder: Path, old: str, new: str, sentence: str) -> None:
    path = folder / "figures.toml"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(StudyFolderError) as refused:
        read_study(folder)
    assert sentence in str(refused.value)


def test_mistakes_in_rates_are_named(folder: Path) -> None:
    (folder / "rates.csv").write_text("date,currency,rate\n1 June,EUR,7.8\n", encoding="utf-8")
    with pytest.raises(StudyFolderError, match="row 2: write the date like"):
        read_study(folder)
    for rate in ("0", "-1", "nan", "x", "inf"):
        with pytest.raises(RatesError):
            read_rates("rates.csv", f"date,currency,rate\n2026-06-01,EUR,{rate}\n".encode())
