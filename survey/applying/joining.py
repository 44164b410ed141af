"""Putting the chosen into teams, and making them participants in one step."""

from __future__ import annotations

import re
from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session, col, select, update

from data.history import record
from data.tables import Application, Call, Membership, Person, Study, Team
from i18n import Refusal, say
from survey.applying.choosing import Standing, standings
from survey.applying.links import membership_of
from survey.applying.states import State
from survey.people import people_of

ON_THE_BOARD = frozenset({State.SHORT, State.INVITED, State.ACCEPTED})
"""Who can be put into a team: planning begins before everybody has answered."""


class JoiningError(Refusal):
    """Somebody cannot be put there."""


def on_the_board(*, session: Session, call: Call) -> list[Standing]:
    """Return those who can be put into teams or are in them already, by code."""
    found = [each for each in standings(session=session, call=call) if each.state in ON_THE_BOARD]
    return sorted(found, key=lambda each: each.person.code)


def place(
    application: Application,
    *,
    session: Session,
    parent: Study,
    team_id: UUID | None,
    role: str,
    account_id: UUID | None = None,
) -> None:
    """Put somebody into a team of the study, or into none; until they join, it is only a plan.

    Raises:
        JoiningError: They are a participant already, or the team is not of this study.
    """
    team = session.get(Team, team_id) if team_id else None
    if team_id and (team is None or team.study_id != parent.id):
        raise JoiningError(say("There is no such team here."))
    changed = session.exec(
        update(Application)
        .where(col(Application.id) == application.id, col(Application.participant_id).is_(None))
        .values(team_id=team_id, role=role.strip()[:80])
    )
    session.refresh(application)
    if changed.rowcount != 1:
        raise JoiningError(say("They are a participant already. Move them under “People”."))
    record(
        "application.placed", session=session, study_id=application.study_id,
        account_id=account_id, subject="application", subject_id=application.id,
        team=team.code if team else "",
    )  # fmt: skip


def ready(board: Sequence[Standing]) -> list[Standing]:
    """Return those who come, have a team and are no participants yet."""
    return [
        each
        for each in board
        if each.state is State.ACCEPTED
        and each.application.team_id
        and each.application.participant_id is None
    ]


def join(
    chosen: Sequence[Standing],
    *,
    session: Session,
    parent: Study,
    account_id: UUID | None = None,
) -> list[Person]:
    """Make the chosen participants of the study: all of them, or nobody.

    Each gets a code, their team and role, and a place in the study for the account they applied
    with; the study still asks for their consent. The application stays linked to who they became.

    Raises:
        JoiningError: Somebody is a participant already or withdrew; another coordinator was first.
    """
    made = [_join(each, session=session, parent=parent, account_id=account_id) for each in chosen]
    session.flush()
    return made


def _join(each: Standing, *, session: Session, parent: Study, account_id: UUID | None) -> Person:
    application, applicant = each.application, each.person
    person = Person(
        study_id=parent.id,
        team_id=application.team_id,
        code=_next_code(session=session, study_id=parent.id),
        role=application.role or applicant.role,
        nationalities=list(applicant.nationalities),
        languages=list(applicant.languages),
        time_zone=parent.time_zone,
        name=applicant.name,
        email=applicant.email,
    )
    session.add(person)
    session.flush()
    claimed = session.exec(
        update(Application)
        .where(
            col(Application.id) == application.id,
            col(Application.participant_id).is_(None),
            col(Application.state) == State.ACCEPTED.value,
        )
        .values(participant_id=person.id)
    )
    if claimed.rowcount != 1:
        raise JoiningError(
            say(
                "{code} is a participant already or withdrew. Nobody was added; load the page "
                "again.",
                code=applicant.code,
            )
        )
    account = membership_of(application, session=session).account_id
    session.add(
        Membership(account_id=account, study_id=parent.id, role="participant", person_id=person.id)
    )
    record(
        "application.joined", session=session, study_id=parent.id, account_id=account_id,
        subject="person", subject_id=person.id, code=person.code,
    )  # fmt: skip
    return person


def _next_code(*, session: Session, study_id: UUID) -> str:
    """Return the next free code in the manner of the study: after P21 comes P22."""
    numbers = [
        (int(found[2]), found[1], len(found[2]))
        for person in people_of(session=session, study_id=study_id)
        if (found := re.fullmatch(r"(\D*)(\d+)", person.code))
    ]
    last, before, width = max(numbers, default=(0, "P", 2))
    return f"{before}{last + 1:0{width}}"


def became(*, session: Session, call: Call) -> dict[UUID, str]:
    """Return the codes of those who became participants, by their application."""
    found = session.exec(
        select(Application.id, Person.code)
        .join(Person, col(Person.id) == col(Application.participant_id))
        .where(Application.study_id == call.study_id)
        .order_by(col(Person.code))
    ).all()
    return dict(found)


def may_join(*, session: Session, parent: Study, account_id: UUID) -> bool:
    """Tell whether an account may change who takes part in the study that is applied to.

    Whoever coordinates the call alone may not.
    """
    found = session.exec(
        select(Membership.id).where(
            Membership.study_id == parent.id,
            Membership.account_id == account_id,
            Membership.role == "coordinator",
        )
    ).first()
    return found is not None
