"""How coordinators' screens speak of people."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from uuid import UUID

from data.tables import Person, Team
from pages import words
from pages.words import t


def team_name(person: Person, teams: Mapping[UUID, Team]) -> str:
    """Return what the team of a person is called; empty for none."""
    team = teams.get(person.team_id) if person.team_id else None
    return name_of(team) if team else ""


def name_of(team: Team) -> str:
    """Return what a team is called in the language of the screen."""
    return words.of(team.name, team.code)


def reasons() -> dict[str, str]:
    """Return why somebody may stop taking part, by what is kept; any other words will do."""
    return {
        "time": t("no time"),
        "set": t("no longer on the set"),
        "technical": t("technical trouble"),
        "wish": t("did not want to go on"),
        "unknown": t("not known"),
    }


def reason_of(person: Person) -> str:
    """Say why somebody stopped taking part."""
    return reasons().get(person.left_reason, person.left_reason) or t("not known")


def status_of(person: Person, *, today: dt.date) -> str:
    """Say in a few words whether somebody still takes part."""
    if person.withdrawn_at:
        return t("withdrew")
    if person.left_on:
        return t("stopped {day}", day=words.day(person.left_on, today=today))
    return ""


def column_name(column: str) -> str:
    """Return what a column of the people file is called on the screens."""
    called = {
        "name": t("Name"),
        "nicknames": t("Other names"),
        "team": t("Team"),
        "role": t("Role"),
        "nationalities": t("Nationality"),
        "languages": t("Language"),
        "time_zone": t("Time zone"),
        "email": t("E-mail"),
    }
    return called.get(column, column)
