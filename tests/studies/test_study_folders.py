"""What else a study folder holds: its description, people, consent and guide."""

import csv
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from survey.study_folder import read_study

STUDIES = Path(__file__).parents[2] / "studies"
TAGS = {"en", "zh-Hans", "de"}
COLUMNS = "code,name,nicknames,team,role,nationalities,languages,time_zone,email"
ON_THE_SET = {"audience.md", "budget.md", "daily.md", "take.md", "tasks.md"}
QUESTIONNAIRES = {
    "ai-film-set": ON_THE_SET,
    "demo": ON_THE_SET,
    "my-story": {"first.md", "making.md", "last.md"},
}
every_one = pytest.mark.parametrize("study", QUESTIONNAIRES)


def described(study: str) -> dict[str, Any]:
    return tomllib.loads((STUDIES / study / "study.toml").read_text(encoding="utf-8"))


def people() -> list[dict[str, str]]:
    with (STUDIES / "demo" / "people.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@every_one
def test_the_folder_is_read_without_a_mistake(study: str) -> None:
    assert set(read_study(STUDIES / study).questionnaires) == QUESTIONNAIRES[study]


@every_one
def test_every_text_of_the_description_is_there_in_three_languages(study: str) -> None:
    description = described(study)
    texts = [description["study"]["title"], description["study"]["description"]]
    texts += [team["name"] for team in description["teams"]]
    texts += [question["text"] for question in description["research_questions"]]
    texts += [part["title"] for part in description["assignments"] + description["events"]]
    assert all(set(text) == TAGS and all(text.values()) for text in texts)


@every_one
def test_consent_and_guide_are_there_in_three_languages(study: str) -> None:
    for kind in ("consent", "guide"):
        texts = {path.stem: path.read_text("utf-8") for path in (STUDIES / study / kind).iterdir()}
        assert set(texts) == TAGS
        assert "您" not in texts["zh-Hans"]


@every_one
def test_consent_has_a_readable_length(study: str) -> None:
    folder = STUDIES / study / "consent"
    for tag in ("en", "de"):
        assert 250 <= len((folder / f"{tag}.md").read_text(encoding="utf-8").split()) <= 400
    assert 400 <= len((folder / "zh-Hans.md").read_text(encoding="utf-8")) <= 900


def test_the_demo_says_that_it_is_invented_wherever_it_introduces_itself() -> None:
    description = described("demo")["study"]
    assert description["invented"] is True
    said = {"en": "invented", "zh-Hans": "虚构", "de": "rfunden"}
    for tag, word in said.items():
        consent = (STUDIES / "demo" / "consent" / f"{tag}.md").read_text(encoding="utf-8")
        assert word in description["title"][tag]
        assert word in description["description"][tag]
        assert word in consent


@pytest.mark.parametrize("study", ["ai-film-set", "my-story"])
def test_a_template_has_nobody_in_it(study: str) -> None:
    assert (STUDIES / study / "people.csv").read_text(encoding="utf-8") == COLUMNS + "\n"
    assert "invented" not in described(study)["study"]


def test_twenty_two_people_in_four_teams_each_with_its_two_leads() -> None:
    found = people()
    assert [row["code"] for row in found] == [f"P{number:02}" for number in range(1, 23)]
    teams = Counter(row["team"] for row in found)
    assert teams == {"A": 6, "B": 6, "C": 5, "D": 5}
    for role in ("traditional director", "AI creator"):
        assert Counter(row["team"] for row in found if row["role"] == role) == dict.fromkeys(
            teams, 1
        )


def test_seven_nationalities_unevenly_spread() -> None:
    found = people()
    first = Counter(row["nationalities"].split(";")[0] for row in found)
    assert len(first) == 7
    assert min(first.values()) == 1 < max(first.values())
    assert sum(";" in row["nationalities"] for row in found) >= 3
    assert sum(";" in row["languages"] for row in found) >= 6


def test_addresses_lead_nowhere() -> None:
    assert all(row["email"].endswith("@example.org") for row in people())
