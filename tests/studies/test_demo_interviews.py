"""The demo's six interviews: listed, readable, and spoken by whom the list says."""

import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from survey.transcripts import read

FOLDER = Path(__file__).parents[2] / "studies" / "demo" / "interviews"
LISTED: list[dict[str, Any]] = tomllib.loads(
    (FOLDER / "interviews.toml").read_text(encoding="utf-8")
)["interviews"]
TRUTH = tomllib.loads((FOLDER.parent / "truth.toml").read_text(encoding="utf-8"))


def test_all_six_are_listed_and_told_of_in_the_truth() -> None:
    files = {path.name for path in FOLDER.glob("*.txt")}
    assert len(files) == 6
    assert {part["file"] for part in LISTED} == files
    assert {part["file"] for part in TRUTH["interviews"]} == files
    assert len({part["language"] for part in LISTED}) == 5


@pytest.mark.parametrize("part", LISTED, ids=lambda part: str(part["file"]))
def test_it_is_a_conversation_of_the_two_people_listed(part: dict[str, Any]) -> None:
    turns = read(part["file"], (FOLDER / part["file"]).read_bytes()).turns
    assert {turn.speaker for turn in turns} == set(part["speakers"])
    assert 40 <= len(turns) <= 55
    said = [part["speakers"][turn.speaker] for turn in turns]
    assert set(said) == {"interviewer", part["person"]}
    assert all(first != second for first, second in pairwise(said))


def test_director_and_ai_creator_speak_of_the_same_shot() -> None:
    for file in ("p13.txt", "p14.txt"):
        assert "44A" in (FOLDER / file).read_text(encoding="utf-8")
