"""What was planted in the demo is found, and nothing else is called a finding."""

import csv
import json
import tomllib
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from nlp.compare import compare
from nlp.themes import Themes, find_themes

DEMO = Path(__file__).parents[2] / "studies" / "demo"
TRUTH: dict[str, Any] = tomllib.loads((DEMO / "truth.toml").read_text(encoding="utf-8"))
PLANTED = {"money": "B", "trust": "C", "kite": "D"}

pytestmark = pytest.mark.slow


def told() -> pd.DataFrame:
    """The daily texts that are about something, with the themes they were written for."""
    rows = []
    for line in (DEMO / "responses" / "daily.jsonl").read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        places = TRUTH["entries"].get(f"{entry['person']} {entry['day']}", {})
        for path, themes in places.items():
            _, _, group, name = path.split("/")
            if themes:
                text = entry["answers"][group][name]
                rows.append((text, entry["language"], entry["person"], themes))
    return pd.DataFrame(rows, columns=["text", "language", "person", "themes"])


@pytest.fixture(scope="module")
def texts() -> pd.DataFrame:
    return told()


@pytest.fixture(scope="module")
def found(texts: pd.DataFrame) -> Themes:
    return find_themes(texts[["text", "language", "person"]])


@pytest.fixture(scope="module")
def teams() -> pd.Series:
    with (DEMO / "people.csv").open(encoding="utf-8", newline="") as file:
        return pd.Series({row["code"]: row["team"] for row in csv.DictReader(file)})


def written_for(found: Themes, texts: pd.DataFrame, theme: str) -> list[int]:
    """The found themes more than half of whose texts were written for a theme of the truth."""
    about = texts["themes"].map(lambda themes: theme in themes)
    numbers = sorted(set(found.assignments) - {-1})
    return [number for number in numbers if about[found.assignments == number].mean() > 0.5]


@pytest.mark.parametrize("theme", ["money", "trust"])
def test_most_of_a_planted_theme_is_gathered(
    found: Themes, texts: pd.DataFrame, theme: str
) -> None:
    about = texts["themes"].map(lambda themes: theme in themes)
    gathered = found.assignments[about].isin(written_for(found, texts, theme))
    assert gathered.mean() > 0.6


@pytest.mark.parametrize("theme", ["money", "trust"])
def test_a_planted_difference_holds_against_every_other_team(
    found: Themes, texts: pd.DataFrame, teams: pd.Series, theme: str
) -> None:
    team = PLANTED[theme]
    # Whether the theme came out in one piece or two is a matter of grain: its pieces are added.
    share = found.person_shares[written_for(found, texts, theme)].sum(axis=1)
    rows = compare(share.to_frame(theme), teams, threshold=3)
    for other in set("ABCD") - {team}:
        row = rows[rows["group"].isin([team, other]) & rows["other"].isin([team, other])].iloc[0]
        sign = 1 if row["group"] == team else -1
        assert sign * row["difference"] > 0.15, (theme, other)
        assert row["p_adjusted"] < 0.05, (theme, other)


def test_nothing_that_was_not_planted_is_called_a_finding(
    found: Themes, texts: pd.DataFrame, teams: pd.Series
) -> None:
    planted: dict[int, str] = {}
    for theme, team in PLANTED.items():
        about = texts["themes"].map(lambda themes, theme=theme: theme in themes)
        fullest = found.assignments[about].mode()[0]
        planted |= dict.fromkeys([fullest, *written_for(found, texts, theme)], team)
    rows = compare(found.person_shares, teams, threshold=3)
    for _, row in rows[rows["p_adjusted"] < 0.05].iterrows():
        assert planted.get(row["theme"]) in (row["group"], row["other"]), row.to_dict()
