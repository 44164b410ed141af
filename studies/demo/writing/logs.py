"""The three logs of the demo: takes, budget lines and tasks."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from typing import Any

from studies.demo.writing.month import DAYS, START, Answers, Month, response
from studies.demo.writing.stock import HERE, Person


def takes(month: Month) -> Iterator[Answers]:
    """Yield the take log: each shot in one to three sittings that add up to its numbers."""
    for team, shots in month.logs["shots"].items():
        crew = [person for person in month.people if person.team == team]
        for slate, first_day, made, looked_at, kept in shots:
            sittings = 1 if made < 40 else month.random.choice([2, 3, 3])
            for number in range(sittings):
                day = min(DAYS, first_day + number)
                able = [who for who in crew if day <= who.habits.get("last_day", DAYS)]
                # Director and AI creator first: they stand at the head of their team.
                person = able[number] if number < 2 else month.random.choice(able)
                count = {
                    "made": _part(made, number, sittings),
                    "looked_at": _part(looked_at, number, sittings),
                    "kept": kept if number == sittings - 1 else 0,
                }
                made_with = "camera" if made < 40 else "both" if made < 80 else "ai"
                answers: Answers = {"decision": slate, "made_with": made_with, "count": count}
                answers["decided_by"] = _decider(month, team)
                _say_why(month, person, answers)
                yield response(month, person, day, person.language, answers)


def _say_why(month: Month, person: Person, answers: Answers) -> None:
    """Add why a take was kept and why the others went."""
    random, count = month.random, answers["count"]
    if count["kept"]:
        reasons = ["acting", "feeling", "image", "continuity", "accident", "time"]
        answers["kept_for"] = sorted(random.sample(reasons, 2))
        words = month.own_words("kept", person)
        answers |= {"kept_words": words} if words else {}
    if count["made"] > count["kept"]:
        reasons = ["error", "face", "continuity", "cold", "same", "story"]
        answers["dropped_for"] = sorted(random.sample(reasons, 2))
        if count["made"] > count["looked_at"]:
            answers["dropped_for"].append("unseen")
        words = month.own_words("missed", person) if random.random() < 0.25 else None
        answers |= {"dropped_words": words} if words else {}


def _part(total: int, number: int, sittings: int) -> int:
    """Return what one sitting made of a total, the parts adding up to it."""
    return total * (number + 1) // sittings - total * number // sittings


def _decider(month: Month, team: str) -> str:
    """Draw who decided; every team has its habit."""
    habits = {"A": "together", "B": "ai_creator", "C": "director", "D": "team"}
    others = ["director", "ai_creator", "together", "team", "ranking"]
    return habits[team] if month.random.random() < 0.6 else month.random.choice(others)


def budget(month: Month) -> Iterator[Answers]:
    """Yield the budget log from the table in the stock."""
    people = {person.code: person for person in month.people}
    with (HERE / "stock" / "budget.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            amount = {"planned": int(row["planned"]), "spent": int(row["spent"])}
            answers: Answers = {"item": row["item"], "category": row["category"]}
            answers["amount"] = amount | {"currency": row["currency"]}
            answers["for_ai"] = row["for_ai"]
            if row["replaced"]:
                cost = int(row["replaced_cost"])
                answers["estimate"] = {"replaced": row["replaced"], "replaced_cost": cost}
            answers |= {name: row[name] for name in ("decision", "remark") if row[name]}
            person = people[row["person"]]
            day = (date.fromisoformat(row["day"]) - START).days + 1
            yield response(month, person, day, person.language, answers)


def tasks(month: Month) -> Iterator[Answers]:
    """Yield the tasks of the day: about one day in four of each person."""
    for day in range(1, DAYS + 1):
        for person in month.people:
            if day > person.habits.get("last_day", DAYS) or month.random.random() > 0.25:
                continue
            shot = month.shot(person.team, day)
            done = [
                _task(month, person, day, kind)
                for kind in _kinds(month, person)
                if shot or "{shot}" not in kind[0]
            ]
            if not done:
                continue
            answers: Answers = {"task": done}
            if shot and month.random.random() < 0.5:
                answers["decision"] = shot[0]
            change = month.own_words("job_change", person) if month.random.random() < 0.25 else None
            answers |= {"job_change": change} if change else {}
            yield response(month, person, day, person.language, answers)


def _kinds(month: Month, person: Person) -> list[list[Any]]:
    """Choose one to three kinds of task that somebody of this role does."""
    known = [
        kind
        for kind in month.logs["tasks"][person.language]
        if len(kind) == 5 or person.role in kind[5]
    ]
    return month.random.sample(known, min(len(known), month.random.choice([1, 2, 2, 3])))


def _task(month: Month, person: Person, day: int, kind: list[Any]) -> Answers:
    """Put a kind of task into the shape of the questionnaire's repeat."""
    what, done_by, before, profession, hours = kind[:5]
    task = {"what": month.spell(what, person, day, person.language), "done_by": done_by}
    task |= {"before": before} | ({"before_who": profession} if profession else {})
    return task | {"hours": hours}
