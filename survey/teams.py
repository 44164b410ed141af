"""Teams: who was in which on which day, and moving somebody to another.

A person is in one team a day. An entry carries the team of its day: a move counts for the whole of
the day it begins on, and entries of that day and later ones follow it even if they were sent before
the move was written down. What researchers compare counts a person where most of their passages lie
(`nlp.results`); how many that concerns is `movers`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select, update

from data.history import record
from data.tables import Person, Response, Study, Team, TeamStay
from data.tables.base import now
from i18n import Refusal, say
from survey import calendar

CODE = r"[^\s;,]{1,40}"
"""How the code of a team is written, so that a people file can name it."""

Stay = tuple[date, UUID | None]
"""From which day on somebody is in which team."""


class TeamError(Refusal):
    """The team cannot be made or changed like this."""


def stays_of(*, session: Session, study_id: UUID) -> dict[UUID, list[Stay]]:
    """Return the stays of everybody who changed teams, by person, the earliest first."""
    found: dict[UUID, list[Stay]] = {}
    for stay in session.exec(
        select(TeamStay)
        .join(Person, col(Person.id) == col(TeamStay.person_id))
        .where(Person.study_id == study_id)
        .order_by(col(TeamStay.since))
    ):
        found.setdefault(stay.person_id, []).append((stay.since, stay.team_id))
    return found


def own_stays(*, session: Session, person: Person) -> list[Stay]:
    """Return a person's stays, the earliest first; none if they never changed teams."""
    found = session.exec(
        select(TeamStay).where(TeamStay.person_id == person.id).order_by(col(TeamStay.since))
    )
    return [(stay.since, stay.team_id) for stay in found]


def team_on(person: Person, day: date, stays: Sequence[Stay]) -> UUID | None:
    """Return the team that a person is in on a day.

    Args:
        person: Who.
        day: The day; before the first stay it is that of the first.
        stays: Theirs, the earliest first.
    """
    if not stays:
        return person.team_id
    return [team for since, team in stays if since <= day or since == stays[0][0]][-1]


def move(
    *,
    session: Session,
    person: Person,
    team_id: UUID | None,
    since: date,
    account_id: UUID | None = None,
) -> int:
    """Move a person to another team, or to none, from a day on.

    Nobody was anywhere else before the study began: a move before its second day is no move but
    how it was from the start.

    Returns:
        How many entries that were sent already now count for another team.

    Raises:
        TeamError: The day has not come yet where the person is, or they withdrew.
    """
    study = session.get_one(Study, person.study_id)
    if person.withdrawn_at is not None:
        raise TeamError(
            say("{code} withdrew. Nothing more can be said about them.", code=person.code)
        )
    if since > calendar.today(ZoneInfo(person.time_zone or study.time_zone), now()):
        raise TeamError(say("This day has not come yet. Write the move down when it has."))
    stays = dict(own_stays(session=session, person=person)) or {study.start: person.team_id}
    start = max(since, min(study.start, *stays))
    stays = {day: team for day, team in stays.items() if day < start} | {start: team_id}
    _keep(_merged(sorted(stays.items())), session=session, person=person)
    person.team_id = team_id
    session.add(person)
    session.flush()
    changed = _follow(session=session, person=person, since=start)
    record(
        "person.moved",
        session=session,
        study_id=person.study_id,
        account_id=account_id,
        subject="person",
        subject_id=person.id,
        since=since.isoformat(),
        entries=changed,
    )
    return changed


def _merged(stays: Sequence[Stay]) -> list[Stay]:
    """Leave out stays in the team that somebody is in anyway; one stay alone is no change."""
    kept = [stays[0], *(after for before, after in pairwise(stays) if after[1] != before[1])]
    return kept if len(kept) > 1 else []


def _keep(stays: Sequence[Stay], *, session: Session, person: Person) -> None:
    for row in session.exec(select(TeamStay).where(TeamStay.person_id == person.id)).all():
        session.delete(row)
    session.flush()
    for since, team_id in stays:
        session.add(TeamStay(person_id=person.id, since=since, team_id=team_id))
    session.flush()


def _follow(*, session: Session, person: Person, since: date) -> int:
    """Let the entries of a day and later ones carry the team of their day; count what changes."""
    stays = own_stays(session=session, person=person)
    changed = 0
    found = session.exec(
        select(Response.id, col(Response.day), Response.team_id).where(
            Response.person_id == person.id, col(Response.day) >= since
        )
    ).all()
    for key, day, carried in found:
        team_id = team_on(person, day, stays)
        if team_id != carried:
            session.exec(update(Response).where(col(Response.id) == key).values(team_id=team_id))
            changed += 1
    return changed


def movers(*, session: Session, study_id: UUID) -> list[str]:
    """Return the codes of the people who changed teams during the study."""
    found = session.exec(
        select(Person.code)
        .join(TeamStay, col(TeamStay.person_id) == col(Person.id))
        .where(Person.study_id == study_id)
        .distinct()
        .order_by(col(Person.code))
    ).all()
    return list(found)


def add_team(
    *,
    session: Session,
    study_id: UUID,
    code: str,
    name: Mapping[str, str],
    account_id: UUID | None = None,
) -> Team:
    """Add a team.

    Raises:
        TeamError: The code is missing, taken or cannot stand in a people file.
    """
    if not re.fullmatch(CODE, code):
        raise TeamError(say("Give the team a short code without spaces, commas or semicolons."))
    if session.exec(select(Team).where(Team.study_id == study_id, Team.code == code)).first():
        raise TeamError(say("There is already a team {code}.", code=code))
    team = Team(study_id=study_id, code=code, name=_said(name))
    session.add(team)
    record(
        "team.added", session=session, study_id=study_id, account_id=account_id,
        subject="team", subject_id=team.id, code=code,
    )  # fmt: skip
    return team


def rename_team(
    *, session: Session, team: Team, name: Mapping[str, str], account_id: UUID | None = None
) -> bool:
    """Change what a team is called, by language, and tell whether that is anything new."""
    if team.name == _said(name):
        return False
    team.name = _said(name)
    session.add(team)
    record(
        "team.renamed", session=session, study_id=team.study_id, account_id=account_id,
        subject="team", subject_id=team.id, code=team.code,
    )  # fmt: skip
    return True


def _said(name: Mapping[str, str]) -> dict[str, str]:
    return {tag: text.strip() for tag, text in name.items() if text.strip()}
