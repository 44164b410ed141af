"""The demo's month: what its making gives, and that its truth is the truth."""

import csv
import json
import re
import tomllib
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from studies.demo.make import make
from survey.filling import Filling
from survey.xlsform import load

DEMO = Path(__file__).parents[2] / "studies" / "demo"
NAMES = ["daily", "take", "budget", "tasks"]
FREE_TEXT = {
    "stayed",
    "author_why",
    "tool_why",
    "trust_why",
    "disagreement_words",
    "sincere_moment",
}
EMPTY = re.compile(r"^.{0,34}$")  # an answer that says nothing is short


@cache
def responses(name: str) -> list[dict[str, Any]]:
    text = (DEMO / "responses" / f"{name}.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


@cache
def truth() -> dict[str, Any]:
    return tomllib.loads((DEMO / "truth.toml").read_text(encoding="utf-8"))


@cache
def people() -> dict[str, dict[str, str]]:
    with (DEMO / "people.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: row for row in csv.DictReader(file)}


def texts(response: dict[str, Any]) -> dict[str, str]:
    """The free texts of a daily entry by path."""
    return {
        f"/data/{group}/{name}": value
        for group, answers in response["answers"].items()
        for name, value in answers.items()
        if name in FREE_TEXT
    }


@cache
def person_shares() -> dict[str, dict[str, float]]:
    """Each person's shares of the themes of their daily texts, from the truth alone."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for key, places in truth()["entries"].items():
        for themes in places.values():
            counts[key.split()[0]].update(themes)
    return {
        code: {theme: count[theme] / count.total() for theme in truth()["themes"]}
        for code, count in counts.items()
    }


def of_team(team: str) -> list[str]:
    return [code for code, row in people().items() if row["team"] == team]


def test_making_it_again_gives_what_is_kept(tmp_path: Path) -> None:
    make(tmp_path)
    for name in [*(f"responses/{name}.jsonl" for name in NAMES), "truth.toml"]:
        assert (tmp_path / name).read_text("utf-8") == (DEMO / name).read_text("utf-8"), name


@pytest.mark.parametrize("name", NAMES)
def test_every_response_is_one_the_questionnaire_accepts(name: str) -> None:
    form = load(DEMO / "questionnaires" / f"{name}.md")
    for response in responses(name):
        filling = Filling(form, answers=response["answers"])
        assert list(filling.problems()) == [], response


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_answered_that_was_not_asked(name: str) -> None:
    form = load(DEMO / "questionnaires" / f"{name}.md")
    for response in responses(name):
        filling = Filling(form, answers=response["answers"])
        for path in _leaves("/data", response["answers"]):
            assert filling.relevant(path), (response["person"], response["day"], path)


def _leaves(path: str, value: object) -> list[str]:
    if isinstance(value, dict):
        return [leaf for key, item in value.items() for leaf in _leaves(f"{path}/{key}", item)]
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return [
            leaf
            for number, item in enumerate(value, start=1)
            for leaf in _leaves(f"{path}[{number}]", item)
        ]
    return [path]


@pytest.mark.parametrize("name", NAMES)
def test_every_response_names_a_known_person_and_a_day_of_the_month(name: str) -> None:
    for response in responses(name):
        assert response["person"] in people()
        assert "2026-06-01" <= response["day"] <= "2026-06-30"


def test_the_month_is_full_but_not_complete() -> None:
    daily = responses("daily")
    assert 420 <= len(daily) <= 480
    assert len({(response["person"], response["day"]) for response in daily}) == len(daily)
    assert {response["person"] for response in daily} == set(people())
    assert len(responses("take")) >= 80
    assert len(responses("budget")) >= 50
    assert len(responses("tasks")) >= 120


def test_at_least_seven_languages_are_written() -> None:
    written = Counter(response["language"] for response in responses("daily"))
    assert set(written) == {"zh-Hans", "en", "de", "fr", "es", "pt", "ja"}
    assert min(written.values()) >= 10
    assert all(written[tag] >= 35 for tag in ("zh-Hans", "en", "de", "fr", "es"))


def test_no_text_is_repeated_but_empty_answers() -> None:
    seen: Counter[str] = Counter()
    for response in responses("daily"):
        themes = truth()["entries"].get(f"{response['person']} {response['day']}", {})
        seen.update(text for path, text in texts(response).items() if themes[path])
    assert max(seen.values()) == 1


def test_no_slot_is_left_open() -> None:
    assert not any("{" in text for entry in responses("daily") for text in texts(entry).values())


def test_the_truth_names_the_themes_of_every_text_and_of_nothing_else() -> None:
    written = {
        f"{response['person']} {response['day']}": set(texts(response))
        for response in responses("daily")
        if texts(response)
    }
    assert written == {key: set(places) for key, places in truth()["entries"].items()}
    known = set(truth()["themes"])
    for places in truth()["entries"].values():
        assert all(set(themes) <= known for themes in places.values())


def test_empty_answers_occur_in_several_languages() -> None:
    said = {
        response["language"]
        for response in responses("daily")
        for path, text in texts(response).items()
        if not truth()["entries"][f"{response['person']} {response['day']}"][path]
        and EMPTY.match(text)
    }
    assert len(said) >= 4


def test_planted_differences_hold_for_every_person_of_the_team() -> None:
    for planted in truth()["differences"]:
        theme, team = planted["theme"], planted["group"]
        inside = [person_shares()[code][theme] for code in of_team(team)]
        outside = [person_shares()[code][theme] for code in people() if code not in of_team(team)]
        assert min(inside) > max(outside), theme


def test_the_equal_pair_is_nearly_equal_in_every_theme() -> None:
    pair = truth()["planted"]["equal"][0]["groups"]
    means = []
    for nationality in pair:
        codes = [
            code
            for code, row in people().items()
            if row["nationalities"].split(";")[0] == nationality
        ]
        assert sorted(people()[code]["team"] for code in codes) == ["A", "B", "C", "D"]
        means.append(
            {
                theme: sum(person_shares()[code][theme] for code in codes) / len(codes)
                for theme in truth()["themes"]
            }
        )
    assert all(abs(means[0][theme] - means[1][theme]) < 0.06 for theme in truth()["themes"])


def test_the_plot_stays_in_its_team_and_the_child_with_one_voice() -> None:
    (plot,) = truth()["planted"]["one_team_only"]
    (voice,) = truth()["planted"]["one_voice"]
    carriers: dict[str, set[str]] = defaultdict(set)
    for key, places in truth()["entries"].items():
        for themes in places.values():
            for theme in themes:
                carriers[theme].add(key.split()[0])
    assert carriers[plot["theme"]] <= set(of_team(plot["team"]))
    assert len(carriers[plot["theme"]]) >= 3
    assert carriers[voice["theme"]] == {voice["person"]}


def test_who_falls_silent_writes_nothing_after_the_day_that_is_told() -> None:
    last: dict[str, str] = {}
    for response in responses("daily"):
        last[response["person"]] = max(last.get(response["person"], ""), response["day"])
    silent = {item["person"]: item["last_day"].isoformat() for item in truth()["silence"]}
    assert {code: last[code] for code in silent} == silent
    assert all(day >= "2026-06-25" for code, day in last.items() if code not in silent)


def test_one_person_writes_far_more_than_anybody_else() -> None:
    length: Counter[str] = Counter()
    for response in responses("daily"):
        # A Chinese character says about as much as three letters.
        factor = 3 if response["language"] in ("zh-Hans", "ja") else 1
        length[response["person"]] += factor * sum(map(len, texts(response).values()))
    (most, much), (_, next_most) = length.most_common(2)
    assert [most] == truth()["planted"]["talkative"]
    assert much > 1.5 * next_most


def test_tiredness_grows() -> None:
    days = [
        int(key[-2:])
        for key, places in truth()["entries"].items()
        for themes in places.values()
        if "tired" in themes
    ]
    assert sum(day > 15 for day in days) > 1.5 * sum(day <= 15 for day in days)


def test_team_c_loses_trust_with_the_update_and_the_others_do_not() -> None:
    trust: dict[tuple[bool, bool], list[int]] = defaultdict(list)
    for response in responses("daily"):
        if "tool" in response["answers"]:
            late, team_c = response["day"] >= "2026-06-11", response["person"] in of_team("C")
            trust[team_c, late].append(response["answers"]["tool"]["trust"])
    mean = {key: sum(values) / len(values) for key, values in trust.items()}
    assert mean[True, False] - mean[True, True] > 3
    assert abs(mean[False, False] - mean[False, True]) < 0.6


def test_team_b_moved_its_money() -> None:
    rates = {"CNY": 1.0, "EUR": 8.0, "GBP": 9.4, "JPY": 0.048}  # invented, as the study is
    planned: Counter[str] = Counter()
    spent: Counter[str] = Counter()
    on_ai: Counter[str] = Counter()
    for response in responses("budget"):
        team, answers = people()[response["person"]]["team"], response["answers"]
        rate = rates[answers["amount"]["currency"]]
        planned[team] += round(rate * answers["amount"]["planned"])
        spent[team] += round(rate * answers["amount"]["spent"])
        on_ai[team] += round(rate * answers["amount"]["spent"]) * (answers["for_ai"] == "yes")
    assert all(0.95 < spent[team] / planned[team] < 1.05 for team in "ABCD")
    share = {team: on_ai[team] / spent[team] for team in "ABCD"}
    assert all(share["B"] > 3 * share[team] for team in "ACD")


def test_decisions_tie_takes_budget_and_entries_together() -> None:
    shots = {response["answers"]["decision"] for response in responses("take")}
    budget = {response["answers"].get("decision") for response in responses("budget")} - {None}
    entries = {response["answers"]["today"].get("decision") for response in responses("daily")}
    assert budget <= shots
    assert entries - {None} <= shots
    assert len(budget & entries) >= 20


def test_entries_name_their_shot_with_its_own_team() -> None:
    teams = defaultdict(set)
    for response in responses("take"):
        teams[response["answers"]["decision"]].add(people()[response["person"]]["team"])
    assert all(len(found) == 1 for found in teams.values())
    for response in responses("daily"):
        shot = response["answers"]["today"].get("decision")
        if shot:
            assert teams[shot] == {people()[response["person"]]["team"]}
