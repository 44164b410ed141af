"""The people of a study: reading their file, keeping them, and who may see their names."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlmodel import Session, col, select

from data.history import record
from data.tables import AuditEvent, Membership, Person, Study, Team
from data.tables.base import now
from i18n import Message, Refusal, canonical, say
from survey.entering import open_account
from survey.tables import Row, TableError, read_table

LONGEST_CODE = 40
ONE_VISIT = timedelta(hours=1)
"""Reading names again within this time, for the same purpose, is one reading."""

COLUMNS = (
    "code", "name", "nicknames", "team", "role", "nationalities", "languages", "time_zone", "email",
)  # fmt: skip


class PeopleError(Refusal):
    """The people file has mistakes; nothing was changed."""


@dataclass(frozen=True)
class Entry:
    """One person as the file describes them.

    `columns` are those the file has; of what it has no column for it says nothing.
    """

    code: str
    columns: frozenset[str]
    name: str = ""
    nicknames: list[str] = field(default_factory=list)
    team: str = ""
    role: str = ""
    nationalities: list[str] = field(default_factory=list)
    languages: list[str] = field(default_factory=list)
    time_zone: str = ""
    email: str = ""


def read_people(filename: str, content: bytes, *, teams: Collection[str]) -> list[Entry]:
    """Read a people file.

    Args:
        filename: Its name, which mistakes are reported with.
        content: CSV or Excel.
        teams: The team codes of the study.

    Raises:
        PeopleError: Every mistake, with its row and column.
    """
    try:
        rows = read_table(filename, content)
    except TableError as error:
        raise PeopleError(*error.messages) from error
    mistakes: list[Message] = []
    first_rows: dict[str, int] = {}
    for row in rows:
        mistakes += _mistakes(filename, row, teams=teams, first_rows=first_rows)
    unknown = sorted({name for row in rows for name in row.cells if name} - set(COLUMNS))
    if unknown:
        mistakes.insert(
            0,
            say(
                "{file}, row 1: unknown columns {columns}. Known are {known}.",
                file=filename,
                columns=", ".join(unknown),
                known=", ".join(COLUMNS),
            ),
        )
    if mistakes:
        raise PeopleError(*mistakes)
    return [_entry(row) for row in rows]


def _mistakes(
    filename: str, row: Row, *, teams: Collection[str], first_rows: dict[str, int]
) -> list[Message]:
    found: list[Message] = []
    place = {"file": filename, "row": row.number}
    code, team, zone = row.get("code"), row.get("team"), row.get("time_zone")
    if not code:
        found.append(say("{file}, row {row}, column code: a code is missing.", **place))
    elif code in first_rows:
        found.append(
            say(
                "{file}, row {row}, column code: {code} is already in row {first}.",
                **place,
                code=code,
                first=first_rows[code],
            )
        )
    elif len(code) > LONGEST_CODE:
        found.append(
            say(
                "{file}, row {row}, column code: {code} is longer than {most} letters.",
                **place,
                code=code,
                most=LONGEST_CODE,
            )
        )
    first_rows.setdefault(code, row.number)
    if team and team not in teams:
        found.append(
            say(
                "{file}, row {row}, column team: there is no team {team}. There are {teams}.",
                **place,
                team=team,
                teams=", ".join(sorted(teams)) or "–",
            )
        )
    if zone and not _is_zone(zone):
        found.append(
            say(
                "{file}, row {row}, column time_zone: {zone} is no time zone. "
                "Write it like Asia/Shanghai.",
                **place,
                zone=zone,
            )
        )
    return found


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def _entry(row: Row) -> Entry:
    return Entry(
        code=row.get("code"),
        columns=frozenset(row.cells),
        name=row.get("name"),
        nicknames=row.several("nicknames"),
        team=row.get("team"),
        role=row.get("role"),
        nationalities=[value.upper() for value in row.several("nationalities")],
        languages=[canonical(value) for value in row.several("languages")],
        time_zone=row.get("time_zone"),
        email=row.get("email"),
    )


@dataclass
class Change:
    """What an import did or would do: codes of people."""

    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    same: list[str] = field(default_factory=list)


def import_people(
    entries: list[Entry], *, session: Session, study: Study, account_id: UUID | None = None
) -> Change:
    """Add new people and change known ones, by code; nobody is removed.

    Only what the file has a column for is changed, and nothing is written about somebody who
    withdrew, whatever the file says. A new person gets an account as a participant.
    """
    teams = {
        team.code: team.id
        for team in session.exec(select(Team).where(Team.study_id == study.id)).all()
    }
    known = {person.code: person for person in people_of(session=session, study_id=study.id)}
    change = Change()
    for entry in entries:
        values = _values(entry, teams=teams, study=study)
        person = known.get(entry.code)
        if person is None:
            add_person(session=session, study=study, code=entry.code, **values)
            change.new.append(entry.code)
        elif person.withdrawn_at is None and any(
            getattr(person, name) != value for name, value in values.items()
        ):
            person.sqlmodel_update(values)
            session.add(person)
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


def add_person(
    *,
    session: Session,
    study: Study,
    code: str,
    **values: Any,  # noqa: ANN401 - columns of the table
) -> Person:
    """Add a person with an account as a participant; their time zone is the study's by default."""
    person = Person(study_id=study.id, code=code, **{"time_zone": study.time_zone, **values})
    session.add(person)
    session.flush()
    open_account(session=session, study_id=study.id, role="participant", person_id=person.id)
    return person


def people_of(*, session: Session, study_id: UUID) -> list[Person]:
    """Return the people of a study, by code. Their names are for `names_of` alone."""
    return list(
        session.exec(
            select(Person).where(Person.study_id == study_id).order_by(col(Person.code))
        ).all()
    )


def names_of(
    *, session: Session, study_id: UUID, account_id: UUID | None, purpose: str
) -> dict[str, list[str]]:
    """Return every spelling of every name by code, and record that they were read."""
    record_reading(session=session, study_id=study_id, account_id=account_id, purpose=purpose)
    return {
        person.code: [text for text in (person.name, *person.nicknames) if text]
        for person in people_of(session=session, study_id=study_id)
    }


def record_reading(
    *, session: Session, study_id: UUID, account_id: UUID | None, purpose: str
) -> None:
    """Record that names were read, once a visit: screens are drawn again at every click."""
    lately = session.exec(
        select(AuditEvent).where(
            AuditEvent.study_id == study_id,
            AuditEvent.account_id == account_id,
            AuditEvent.action == "names.read",
            col(AuditEvent.at) > now() - ONE_VISIT,
        )
    )
    if account_id and any(event.details.get("purpose") == purpose for event in lately):
        return
    record("names.read", session=session, study_id=study_id, account_id=account_id, purpose=purpose)


def membership_of(*, session: Session, person_id: UUID) -> Membership:
    """Return the participant's membership of a person."""
    return session.exec(select(Membership).where(Membership.person_id == person_id)).one()


def accounts_of(*, session: Session, study_id: UUID) -> list[tuple[UUID, str, str]]:
    """Return every account of a study with a role of it and, for participants, their code.

    In the order in which they were given their roles; an account may be there several times.
    """
    members = session.exec(
        select(Membership, Person.code)
        .outerjoin(Person, col(Person.id) == col(Membership.person_id))
        .where(Membership.study_id == study_id)
        .order_by(col(Membership.created_at))
    ).all()
    return [(member.account_id, member.role, code or "") for member, code in members]
