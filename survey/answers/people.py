"""The people and teams of a study as sheets: codes, never names."""

from __future__ import annotations

from sqlmodel import Session

from data.tables import Study
from i18n import best, say, translate
from survey.answers.sheets import Column, Sheet
from survey.people import people_of
from survey.studies import teams_of


def people_sheet(*, session: Session, study: Study, language: str) -> Sheet:
    """Return who takes part; those who withdrew are not in it."""
    teams = teams_of(session=session, study_id=study.id)
    rows = []
    for person in people_of(session=session, study_id=study.id):
        if person.withdrawn_at is not None:
            continue
        team = teams.get(person.team_id) if person.team_id else None
        rows.append(
            (
                person.code,
                team.code if team else None,
                person.role or None,
                " ".join(person.nationalities) or None,
                " ".join(person.languages) or None,
                person.time_zone or None,
            )
        )
    columns = (
        Column("person", "text", translate(say("Code of the person"), language)),
        Column("team", "text", translate(say("Team"), language)),
        Column("role", "text", translate(say("Role"), language), free=True),
        Column(
            "nationalities",
            "text",
            translate(say("Nationalities, the one that counts first"), language),
        ),
        Column("languages", "text", translate(say("Languages, their own first"), language)),
        Column("time_zone", "text", translate(say("Time zone"), language)),
    )
    return Sheet("people", columns, rows)


def teams_sheet(*, session: Session, study: Study, language: str) -> Sheet:
    """Return the teams."""
    columns = (
        Column("team", "text", translate(say("Team"), language)),
        Column("name", "text", translate(say("Name of the team"), language)),
    )
    rows = [
        (team.code, team.name[best([language], team.name, default=next(iter(team.name)))])
        if team.name
        else (team.code, None)
        for team in teams_of(session=session, study_id=study.id).values()
    ]
    return Sheet("teams", columns, rows)
