"""The people of the demo and the stock of thoughts they write from."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent.parent

# The night before this day of the month the image tool is updated; until then team C trusts it.
UPDATE_DAY = 11

# Where a text names a colleague by role; who has the role does not write of it in the third person.
SLOTS = {"traditional director": "{director}", "AI creator": "{creator}", "editor": "{editor}"}


@dataclass
class Thought:
    """A sentence or a few, as written in the stock, with what limits who may write it and when."""

    text: str
    themes: tuple[str, ...]
    only: str = ""  # a person's or a team's code
    first_day: int = 1
    positive: bool = False  # speaks well of the tool
    writers: list[str] = field(default_factory=list)

    def fits(self, person: Person, day: int) -> bool:
        """Whether this person may write it on this day of the month."""
        own_slot = SLOTS.get(person.role, "")
        trusting = person.team == "C" and day < UPDATE_DAY
        return (
            self.only in ("", person.code, person.team)
            and day >= self.first_day
            and not (trusting and "trust" in self.themes and not self.positive)
            and not (own_slot and own_slot in self.text)
            and not ("{editor}" in self.text and person.team == "C")  # team C has no editor
        )


@dataclass
class Person:
    """A row of people.csv, with the habits that plan.toml gives this person."""

    code: str
    name: str
    nicknames: list[str]
    team: str
    role: str
    habits: dict[str, Any]

    @property
    def language(self) -> str:
        """The language this person writes in most."""
        languages: dict[str, float] = self.habits["languages"]
        return max(languages, key=lambda tag: languages[tag])

    def called(self, tag: str) -> str:
        """What colleagues call this person: in characters only where those are read."""
        scripts = {"zh-Hans": ("han", "latin"), "ja": ("kana", "han", "latin")}
        for script in scripts.get(tag, ("latin",)):
            for name in self.nicknames:
                if _script(name) == script:
                    return name
        return self.name


def _script(name: str) -> str:
    """Return what a name is written in: kana (also in part), Han characters or Latin letters."""
    if any("\u3041" <= character <= "\u30ff" for character in name):
        return "kana"
    return "han" if any(character >= "\u4e00" for character in name) else "latin"


def read_people(plan: dict[str, Any]) -> list[Person]:
    """Return the people of the study in the order of the file."""
    with (HERE / "people.csv").open(encoding="utf-8", newline="") as file:
        return [
            Person(
                code=row["code"],
                name=row["name"],
                nicknames=row["nicknames"].split(";"),
                team=row["team"],
                role=row["role"],
                habits=plan["people"][row["code"]],
            )
            for row in csv.DictReader(file)
        ]


def read_thoughts(path: Path) -> Iterator[Thought]:
    """Read one stock file: `# theme+theme @limit` over `- text @limit` lines.

    A limit is a person's or team's code, the first day of the month it can be written on, or `+`
    for a thought that speaks well of the tool.
    """
    themes: tuple[str, ...] = ()
    common: list[str] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        words, limits = _split_limits(line[2:])
        if line.startswith("# "):
            themes, common = tuple(words.split("+")), limits
        elif line.startswith("- "):
            thought = Thought(words, () if themes == ("empty",) else themes)
            if "{shot}" in words:
                thought.first_day = 5
            for limit in common + limits:
                if limit.isdigit():
                    thought.first_day = int(limit)
                elif limit == "+":
                    thought.positive = True
                else:
                    thought.only = limit
            yield thought


def _split_limits(text: str) -> tuple[str, list[str]]:
    """Split off what stands behind @ at the end of a line of the stock."""
    found = re.search(r"((?: @\S+)+)$", text)
    if not found:
        return text, []
    return text[: found.start()], found.group(1).replace("@", "").split()
