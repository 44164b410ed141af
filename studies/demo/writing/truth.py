"""What the demo was written with, as TOML: the plan, what came out, the themes of each text."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from studies.demo.writing.month import START, Month


def shares(month: Month) -> dict[str, dict[str, float]]:
    """Return what came out: for each team the mean over its people of their shares of themes.

    A thought counts once; one with two themes counts half for each.
    """
    counts: dict[str, dict[str, float]] = {person.code: {} for person in month.people}
    for thoughts in month.stock.values():
        for thought in thoughts:
            for writer in thought.writers:
                for theme in thought.themes:
                    before = counts[writer].get(theme, 0.0)
                    counts[writer][theme] = before + 1 / len(thought.themes)
    result: dict[str, dict[str, float]] = {}
    for team in sorted({person.team for person in month.people}):
        own = [counts[person.code] for person in month.people if person.team == team]
        result[team] = {
            theme: round(
                sum(count.get(theme, 0.0) / sum(count.values()) for count in own) / len(own), 3
            )
            for theme in month.plan["themes"]
        }
    return result


def truth(month: Month) -> str:
    """Return truth.toml: what was planned, what came out, and the themes of every entry."""
    plan, lines = month.plan, ["# Written by make.py. What the invented month was written with."]
    lines += [f"seed = {plan['seed']}", f"start = {START.isoformat()}", "", "[themes]"]
    lines += [f"{theme} = {_toml(title)}" for theme, title in plan["themes"].items()]
    single = {name: value for name, value in plan["truth"].items() if name in _INLINE}
    lines += ["", "[planted]", *(f"{name} = {_toml(value)}" for name, value in single.items())]
    for name in ("differences", "scales", "budget", "questions", "silence", "interviews"):
        for item in plan["truth"][name]:
            lines += ["", f"[[{name}]]", *_pairs(item)]
    lines += ["", "# Mean over the people of a team of the share of their thoughts."]
    for team, values in shares(month).items():
        lines += [f"[shares.{team}]", *(f"{theme} = {value}" for theme, value in values.items())]
    lines += ["", "# Person and day: the themes of each text. An empty list is an empty answer"]
    lines += ["# or one outside the themes."]
    for key, places in month.truth.items():
        if places:
            lines += [f'[entries."{key}"]']
            lines += [f'"{path}" = {_toml(themes)}' for path, themes in places.items()]
    return "\n".join(lines) + "\n"


_INLINE = ("equal", "one_team_only", "one_voice", "talkative", "trends")


def _pairs(table: dict[str, Any]) -> list[str]:
    """Return a table as lines of TOML."""
    return [f"{key} = {_toml(value)}" for key, value in table.items()]


def _toml(value: object) -> str:
    """Return a string, number, date, list or table in TOML's inline notation."""
    if isinstance(value, dict):
        return "{ " + ", ".join(_pairs(value)) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(_toml(item) for item in value) + "]"
    if isinstance(value, date):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False)
