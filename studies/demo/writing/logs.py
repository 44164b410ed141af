"""The three logs of the demo: takes, budget lines and tasks."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date

from studies.demo.writing.month import DAYS, START, Answers, Month, response
from studies.demo.writing.stock import HERE


def takes(month: Month) -> Iterator[Answers]:
    """Yield the take log: each shot in one to three sittings that add up to its numbers."""
    random, reasons = month.random, ["acting", "feeling", "image", "continuity", "accident", "time"]
    for team, shots in month.logs["shots"].items():
        crew = [person for person in month.people if person.team == team]
        for slate, first_day, made, looked_at, kept in shots:
            sittings = 1 if made < 40 else random.choice([2, 3, 3])
            for number in range(sittings):
                day = min(DAYS, first_day + number)
                able = [who for who in crew if day <= who.habits.get("last_day", DAYS)]
                person = able[number] if number < 2 else random.choice(able)
                last = number == sittings - 1
                count = {"made": _part(made, number, sittings)}
                count["looked_at"] = _part(looked_at, number, sittings)
                count["kept"] = kept if last else 0
                answers = {"decision": slate, "made_with": "camera" if made < 40 else "ai"}
                if 40 <= made < 80:
                    answers["made_with"] = "both"
                answers |= {"count": count, "decided_by": _decider(month, team)}
                if count["kept"]:
                    answers["kept_for"] = sorted(random.sample(reasons, 2))
                    answers["kept_words"] = random.choice(month.logs["kept"][person.language])
                if count["made"] > count["kept"]:
                    dropped = ["error", "face", "continuity", "cold", "same", "story"]
                    answers["dropped_for"] = sorted(random.sample(dropped, 2))
                    if count["made"] > count["looked_at"]:
                        answers["dropped_for"].append("unseen")
                    if random.random() < 0.25:
                        missed = month.logs["missed"][person.language]
                        answers["dropped_words"] = random.choice(missed)
                yield response(month, person, day, person.language, answers)


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
            answers["amount"] = amount | {"currency": row["currency"], "paid_on": row["day"]}
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
            known = month.logs["tasks"][person.language]
            chosen = month.random.sample(known, min(len(known), month.random.choice([1, 2, 2, 3])))
            shot = month.shot(person.team, day)
            answers: Answers = {"task": []}
            for what, done_by, before, profession, hours in chosen:
                if "{shot}" in what and not shot:
                    continue
                task = {"what": month.spell(what, person, day, person.language)}
                task |= {"done_by": done_by, "before": before}
                if profession:
                    task["before_who"] = profession
                answers["task"].append(task | {"hours": hours})
            if not answers["task"]:
                continue
            if shot and month.random.random() < 0.5:
                answers["decision"] = shot[0]
            if month.random.random() < 0.2:
                change = month.logs["job_change"][person.language]
                answers["job_change"] = month.random.choice(change)
            yield response(month, person, day, person.language, answers)
