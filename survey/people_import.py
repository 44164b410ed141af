"""Taking in the people of a file: what it changes, and changing it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlmodel import Session, select

from data.history import record
from data.tables import Person, Study, Team
from data.tables.base import now
from survey import calendar, teams
from survey.people import add_person, people_of
from survey.people_file import Entry
from survey.today import zone_of


@dataclass(frozen=True)
class Difference:
    """What a file changes of one person: a column, what stood there, and what will."""

    column: str
    before: str
    after: str


@dataclass
class Change:
    """What an import did or would do: codes of people, and what changes of each."""

    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    same: list[str] = field(default_factory=list)
    differences: dict[str, list[Difference]] = field(default_factory=dict)
    withdrawn: list[str] = field(default_factory=list)


def import_people(
    entries: list[Entry], *, session: Session, study: Study, account_id: UUID | None = None
) -> Change:
    """Add new people and change known ones, by code; nobody is removed.

    Only what the file has a column for is changed, and nothing is written about somebody who
    withdrew, whatever the file says. A new person gets an account as a participant. Who stands in
    another team than before is there from today on. Without a commit this is a preview.
    """
    codes = {
        team.code: team.id
        for team in session.exec(select(Team).where(Team.study_id == study.id)).all()
    }
    known = {person.code: person for person in people_of(session=session, study_id=study.id)}
    change = Change()
    for entry in entries:
        values = _values(entry, teams=codes, study=study)
        person = known.get(entry.code)
        if person is None:
            add_person(session=session, study=study, code=entry.code, **values)
            change.new.append(entry.code)
            continue
        if person.withdrawn_at is not None:
            change.withdrawn.append(entry.code)
            change.same.append(entry.code)
            continue
        found = _differences(person, values, codes)
        if found:
            change.differences[entry.code] = found
            _take_in(person, values, session=session, study=study, account_id=account_id)
            change.changed.append(entry.code)
        else:
            change.same.append(entry.code)
    record(
        "people.imported",
        session=session,
        study_id=study.id,
        account_id=account_id,
        new=len(change.new),
        changed=len(change.changed),
    )
    return change


def _values(entry: Entry, *, teams: Mapping[str, UUID], study: Study) -> dict[str, Any]:
    """Return what the file says about a person, by attribute."""
    values = {
        "name": entry.name,
        "nicknames": entry.nicknames,
        "team": teams.get(entry.team),
        "role": entry.role,
        "nationalities": entry.nationalities,
        "languages": entry.languages,
        "time_zone": entry.time_zone or study.time_zone,
        "email": entry.email,
    }
    return {
        "team_id" if column == "team" else column: value
        for column, value in values.items()
        if column in entry.columns
    }


def _differences(
    person: Person, values: Mapping[str, Any], codes: Mapping[str, UUID]
) -> list[Difference]:
    """Return what the file says otherwise, as it stands in the file."""
    called = {key: code for code, key in codes.items()}

    def shown(column: str, value: Any) -> str:  # noqa: ANN401 - a value of any column
        if column == "team_id":
            return called.get(value, "")
        return "; ".join(value) if isinstance(value, list) else str(value)

    return [
        Difference(
            "team" if column == "team_id" else column,
            shown(column, getattr(person, column)),
            shown(column, value),
        )
        for column, value in values.items()
        if getattr(person, column) != value
    ]


def _take_in(
    person: Person,
    values: Mapping[str, Any],
    *,
    session: Session,
    study: Study,
    account_id: UUID | None,
) -> None:
    """Write what the file says about a known person; another team is a move of today."""
    facts = {name: value for name, value in values.items() if name != "team_id"}
    person.sqlmodel_update(facts)
    session.add(person)
    if "team_id" in values and values["team_id"] != person.team_id:
        teams.move(
            session=session,
            person=person,
            team_id=values["team_id"],
            since=calendar.today(zone_of(person, study), now()),
            account_id=account_id,
        )
