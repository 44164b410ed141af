"""The daily entries of the demo: thoughts in their places, and scales that agree with them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from studies.demo.writing.month import DAYS, Answers, Month, response
from studies.demo.writing.stock import UPDATE_DAY, Person, Thought

# Where a thought stands when it answers a question of its own instead of the open one.
OWN_QUESTION = {
    "author": ("author", "author_why"),
    "trust": ("tool", "trust_why"),
    "story": ("tool", "tool_why"),
    "shot": ("good_shot", "disagreement_words"),
    "sincere": ("feeling", "sincere_moment"),
}


def daily(month: Month) -> Iterator[Answers]:
    """Yield the daily entries, day by day."""
    fixed = {(entry["person"], entry["day"].isoformat()): entry for entry in month.plan["fixed"]}
    for day in range(1, DAYS + 1):
        for person in month.people:
            written = fixed.get((person.code, month.day_of(day)))
            last_day = person.habits.get("last_day", DAYS)
            wanted = month.random.random() < person.habits["rate"] or day == last_day
            if written:
                answers = {"today": {"mood": 2, "sincerity": 9, "stayed": written["text"]}}
                answers["today"]["ai_today"] = "no"
                month.truth[f"{person.code} {month.day_of(day)}"] = {"/data/today/stayed": []}
                yield response(month, person, day, written["language"], answers)
            elif wanted and day <= last_day:
                yield _entry(month, person, day)


def _entry(month: Month, person: Person, day: int) -> Answers:
    """Write one daily entry: scales, thoughts in their places, and what they imply."""
    first_tag = tag = month.language_for(person)
    texts: dict[tuple[str, str], list[str]] = defaultdict(list)
    themes: dict[tuple[str, str], list[str]] = defaultdict(list)
    positive = False
    kind = month.random.random()
    if kind < 0.05:
        empty = [thought.text for thought in month.stock[tag] if not thought.themes]
        texts["today", "stayed"] = [month.random.choice(empty)]
    elif kind < 0.93:
        for _ in range(_how_many(month, person)):
            thought = month.thought(person, day, tag)
            if thought is None:
                continue
            thought.writers.append(person.code)
            place = _place(month, thought)
            if texts[place]:
                place = ("today", "stayed")
            texts[place].append(month.spell(thought.text, person, day, tag))
            themes[place] += thought.themes
            positive |= thought.positive
            if month.random.random() < 0.5:  # who has two languages mixes them
                tag = month.language_for(person)
    joined = {place: _join(parts) for place, parts in texts.items() if parts}
    answers = _scales(month, person, day, joined, positive=positive)
    for (group, name), text in joined.items():
        answers.setdefault(group, {})[name] = text
    _name_decision(month, person, day, answers, " ".join(joined.values()))
    month.truth[f"{person.code} {month.day_of(day)}"] = {
        f"/data/{group}/{name}": sorted(set(themes[group, name])) for group, name in joined
    }
    return response(month, person, day, first_tag, answers)


def _place(month: Month, thought: Thought) -> tuple[str, str]:
    """Choose the question that a thought answers: its own in three of five cases."""
    if month.random.random() < 0.4:
        return ("today", "stayed")
    return OWN_QUESTION.get(thought.themes[0], ("today", "stayed"))


def _how_many(month: Month, person: Person) -> int:
    """Draw the number of thoughts in an entry, at least one, with the person's mean."""
    mean: float = person.habits["texts"]
    whole = int(mean)
    return whole + (month.random.random() < mean - whole)


def _join(parts: list[str]) -> str:
    """Put thoughts behind one another, with a space where the script uses one."""
    text = parts[0]
    for part in parts[1:]:
        text += ("" if ord(text[-1]) > 0x2E80 else " ") + part
    return text


def _scales(
    month: Month, person: Person, day: int, texts: Iterable[tuple[str, str]], *, positive: bool
) -> Answers:
    """Answer the scales and choices so that they agree with the texts and the planted effects."""
    random, places = month.random, set(texts)
    today: Answers = {
        "mood": month.scale(6.8 - day / 15),
        "sincerity": month.scale(6.5 if ("feeling", "sincere_moment") not in places else 8.2),
    }
    with_ai = {place[0] for place in places} & {"author", "tool"}
    today["ai_today"] = "yes" if with_ai or random.random() < 0.85 else "no"
    answers: Answers = {"today": today}
    if today["ai_today"] == "yes":
        director = {"traditional director": 1.0, "AI creator": -1.0}.get(person.role, 0.0)
        answers["author"] = {"author_scale": month.scale(5.8 + director)}
        effect = "helped" if positive else "hindered"
        if ("tool", "tool_why") not in places:
            effect = random.choice(["helped", "hindered", "both", "neither"])
        answers["tool"] = {"tool_effect": effect, "trust": _trust(month, person, day)}
        if ("tool", "trust_why") in places:
            answers["tool"]["trust"] = random.choice([8, 9] if positive else [1, 2, 3])
    words = ("good_shot", "disagreement_words") in places
    if words or random.random() < 0.7:
        disagreed = words or random.random() < 0.15
        answers["good_shot"] = {"disagreement": "yes" if disagreed else "no"}
        if disagreed:
            about = ["rhythm", "light", "face", "camera", "story", "custom"]
            answers["good_shot"]["about"] = sorted(random.sample(about, random.choice([1, 1, 2])))
    return answers


def _trust(month: Month, person: Person, day: int) -> int:
    """Draw trust in the algorithm: team C loses it with the update, the others stay level."""
    if person.team == "C":
        return month.scale(7.0 if day < UPDATE_DAY else 3.0)
    return month.scale(5.5)


def _name_decision(month: Month, person: Person, day: int, answers: Answers, text: str) -> None:
    """Name the shot an entry is about: the one in its words, or now and then the current one."""
    slates = [shot[0] for shot in month.logs["shots"][person.team]]
    named = [slate for slate in slates if slate in text]
    current = month.shot(person.team, day)
    if named:
        answers["today"]["decision"] = named[0]
    elif current and month.random.random() < 0.25:
        answers["today"]["decision"] = current[0]
