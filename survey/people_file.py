"""The people file: reading a table of people, with everything that is wrong or odd in it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel import Locale, UnknownLocaleError
from babel.core import get_global

from i18n import Message, Refusal, canonical, say
from survey.people import LONGEST_CODE
from survey.tables import Row, TableError, read_table

COLUMNS = (
    "code", "name", "nicknames", "team", "role", "nationalities", "languages", "time_zone", "email",
)  # fmt: skip


class PeopleError(Refusal):
    """The people file has mistakes; nothing was changed."""


@dataclass(frozen=True)
class Entry:
    """One person as the file describes them.

    `columns` are those the file has; of what it has no column for it says nothing. `row` is where
    the person stands in it.
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
    row: int = 0


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
    if zone and not is_zone(zone):
        found.append(
            say(
                "{file}, row {row}, column time_zone: {zone} is no time zone. "
                "Write it like Asia/Shanghai.",
                **place,
                zone=zone,
            )
        )
    return found


def is_zone(name: str) -> bool:
    """Tell whether this is the name of a time zone."""
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
        row=row.number,
    )


def doubts(filename: str, entries: Sequence[Entry]) -> list[Message]:
    """Return what may be a mistake in a people file and is taken as it is, with row and column."""
    return [message for entry in entries for message in _doubts(filename, entry)]


def _doubts(filename: str, entry: Entry) -> Iterator[Message]:
    place = {"file": filename, "row": entry.row}
    for code in entry.nationalities:
        if not is_country(code):
            yield say(
                "{file}, row {row}, column nationalities: {code} is no country code. "
                "Write it like CN or DE.",
                **place,
                code=code,
            )
    for tag in entry.languages:
        if not is_language(tag):
            yield say(
                "{file}, row {row}, column languages: {tag} is no language we know. "
                "Write it like zh-Hans or de.",
                **place,
                tag=tag,
            )
    if entry.email and not is_address(entry.email):
        yield say(
            "{file}, row {row}, column email: this is not an e-mail address, so no reminder "
            "will reach it.",
            **place,
        )


def is_country(code: str) -> bool:
    """Tell whether this is the code of a country or territory (ISO 3166-1, two letters)."""
    return len(code) == 2 and code in Locale.parse("en").territories


def is_language(tag: str) -> bool:
    """Tell whether this is a language tag that has a name."""
    try:
        return bool(Locale.parse(tag.replace("-", "_")).get_display_name("en"))
    except (UnknownLocaleError, ValueError):
        first = tag.split("-", maxsplit=1)[0]
        return first in get_global("likely_subtags")


def is_address(text: str) -> bool:
    """Tell whether this looks like one e-mail address."""
    name, at, host = text.partition("@")
    return bool(name and at and "." in host.strip(".")) and not set(text) & set(" ,;<>")
