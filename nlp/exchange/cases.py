"""People as cases: code, team, role and nationality, as far as these may leave.

Whatever combination of the three is shown of a person is shown of at least `threshold` people: of
each group of people who share what is shown so far, the next property is shown only where enough
of them share it, and never so that those left over are too few (`nlp.compare.cells.hidden`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from uuid import UUID

from data.tables import Person, Team
from nlp.compare.cells import SHOWN, hidden
from nlp.exchange.guids import guid_of
from nlp.exchange.here import Here
from nlp.exchange.model import Case, Value, Variable
from nlp.masking_review import Known

VARIABLES = {name: guid_of("variable", name) for name in ("Team", "Role", "Nationality", "Day")}
DAY = VARIABLES["Day"]


def variables() -> tuple[Variable, ...]:
    """Return what is said about cases and texts."""
    return tuple(
        Variable(guid, name, "Date" if guid == DAY else "Text") for name, guid in VARIABLES.items()
    )


def cases_of(
    people: Sequence[Person],
    texts: Sequence[Here],
    teams: Mapping[UUID, Team],
    names: Known,
    *,
    threshold: int,
) -> tuple[Case, ...]:
    """Return a case for each person who has not withdrawn, in the order of their codes.

    Args:
        people: The people of the study.
        texts: Its texts.
        teams: Its teams by key.
        names: What is masked in what a role is called.
        threshold: The fewest people who share what is shown.
    """
    here = sorted(
        (person for person in people if person.withdrawn_at is None), key=lambda each: each.code
    )
    shown = properties(here, teams, threshold=threshold)
    return tuple(
        Case(
            guid=guid_of("person", person.code),
            name=person.code,
            values=tuple(
                Value(VARIABLES[name], names.mask(value, language="und").text)
                for name, value in shown[person.id].items()
            ),
            sources=tuple(text.guid for text in texts if person.id in text.people),
        )
        for person in here
    )


def properties(
    people: Sequence[Person], teams: Mapping[UUID, Team], *, threshold: int
) -> dict[UUID, dict[str, str]]:
    """Return what may be shown of each person: team, role and nationality by name."""

    def team(person: Person) -> str:
        found = teams.get(person.team_id) if person.team_id else None
        return found.code if found else ""

    asked: dict[str, Callable[[Person], str]] = {
        "Team": team,
        "Role": lambda person: " ".join(person.role.split()),
        "Nationality": lambda person: next(iter(person.nationalities), ""),
    }
    shown: dict[UUID, dict[str, str]] = {person.id: {} for person in people}
    groups = [list(people)]
    for name, value in asked.items():
        groups = [part for group in groups for part in _parted(group, value, threshold)]
        for group in groups:
            values = {value(person) for person in group}
            if len(values) == 1 and (only := values.pop()) and len(group) >= threshold:
                for person in group:
                    shown[person.id][name] = only
    return shown


def _parted(
    group: Sequence[Person], value: Callable[[Person], str], threshold: int
) -> list[list[Person]]:
    """Part people by what they share; those whose part would be too small stay together."""
    parts: dict[str, list[Person]] = {}
    for person in group:
        parts.setdefault(value(person), []).append(person)
    values = sorted(parts)
    reasons = hidden([len(parts[each]) for each in values], [False] * len(values), threshold)
    found = [parts[each] for each, reason in zip(values, reasons, strict=True) if reason == SHOWN]
    rest = [
        person
        for each, reason in zip(values, reasons, strict=True)
        if reason != SHOWN
        for person in parts[each]
    ]
    return [*found, rest] if rest else found
