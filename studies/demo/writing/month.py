"""The month of the demo: who writes which thought on which day."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from studies.demo.writing.stock import HERE, SLOTS, Person, Thought, read_people, read_thoughts

START = date(2026, 6, 1)
DAYS = 30

Answers = dict[str, Any]


class Month:
    """Thirty days of writing: hands out thoughts, no more often than twice, and remembers whose."""

    def __init__(self, plan: dict[str, Any], logs: dict[str, Any]) -> None:
        self.plan = plan
        self.logs = logs
        self.people = read_people(plan)
        self.random = Random(plan["seed"])  # noqa: S311 - it writes a story, it guards nothing
        self.stock: dict[str, list[Thought]] = {}
        self.truth: dict[str, dict[str, list[str]]] = {}
        for path in sorted((HERE / "stock").glob("*.md")):
            thoughts = list(read_thoughts(path))
            general = [thought for thought in thoughts if not thought.only]
            self.random.shuffle(general)
            # What only one person or team can write comes first and in the order it was written in.
            self.stock[path.stem] = [thought for thought in thoughts if thought.only] + general

    def day_of(self, day: int) -> str:
        """Return a day of the month as an ISO date."""
        return (START + timedelta(days=day - 1)).isoformat()

    def weights(self, person: Person, day: int) -> dict[str, float]:
        """Return how likely each theme is for a person on a day, not normalised."""
        weights = dict(self.plan["weights"])
        weights |= self.plan["team_weights"].get(person.team, {})
        weights |= self.plan["person_weights"].get(person.code, {})
        for theme, (first, last) in self.plan["trends"].items():
            weights[theme] *= first + (last - first) * (day - 1) / (DAYS - 1)
        for theme, factor in self.plan["days"].get(self.day_of(day), {}).items():
            weights[theme] *= factor
        return weights

    def thought(self, person: Person, day: int, tag: str) -> Thought | None:
        """Choose a theme by its weight and a thought on it that nobody has written yet.

        Only after eight themes without one is a thought given out a second time, to someone of
        another team.
        """
        weights = self.weights(person, day)
        for _ in range(8):
            theme = self.random.choices(list(weights), list(weights.values()))[0]
            for thought in self.stock[tag]:
                if theme in thought.themes and not thought.writers and thought.fits(person, day):
                    return thought
        teams = {other.code: other.team for other in self.people}
        for thought in self.stock[tag]:
            once_elsewhere = len(thought.writers) == 1 and teams[thought.writers[0]] != person.team
            if thought.themes and once_elsewhere and thought.fits(person, day):
                return thought
        return None

    def shot(self, team: str, day: int) -> list[Any] | None:
        """Return the shot a team works on: the last one begun."""
        begun = [shot for shot in self.logs["shots"][team] if shot[1] <= day]
        return begun[-1] if begun else None

    def spell(self, text: str, person: Person, day: int, tag: str) -> str:
        """Put the shot of the day and the names of colleagues into a text."""
        mates = [mate for mate in self.people if mate.team == person.team and mate is not person]
        values: dict[str, object] = {"mate": self.random.choice(mates).called(tag)}
        for mate in mates:
            if mate.role in SLOTS:
                values[SLOTS[mate.role].strip("{}")] = mate.called(tag)
        shot = self.shot(person.team, day)
        if shot:
            values |= {"shot": shot[0], "made": shot[2], "looked_at": shot[3]}
        return text.format(**values)

    def own_words(self, about: str, person: Person) -> str | None:
        """Hand out a short text for a log in a person's language; each only once."""
        left: list[str] = self.logs[about][person.language]
        return left.pop(self.random.randrange(len(left))) if left else None

    def language_for(self, person: Person) -> str:
        """Choose the language of a text by the person's habits."""
        languages: dict[str, float] = person.habits["languages"]
        return self.random.choices(list(languages), list(languages.values()))[0]

    def scale(self, middle: float, spread: float = 1.2) -> int:
        """Draw a whole number from 0 to 10 around a middle."""
        return min(10, max(0, round(self.random.gauss(middle, spread))))


def response(month: Month, person: Person, day: int, tag: str, answers: Answers) -> Answers:
    """Put the answers into the shape of a response."""
    return {
        "person": person.code,
        "day": month.day_of(day),
        "language": tag,
        "answers": answers,
    }
