"""The entries of a study with who wrote them, as tables need them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session, col, select

from data.tables import Decision, Person, Response
from survey.studies import teams_of


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry, and who wrote it.

    Attributes:
        response: The entry.
        person: Its author's code.
        team: The code of the author's team at that time; "" for none.
        role: The author's role.
        nationality: The author's first nationality at that time; "" for none.
        languages: The author's languages, the first being their own.
        decision: What shot or purchase it is about; "" for none.
    """

    response: Response
    person: str
    team: str
    role: str
    nationality: str
    languages: tuple[str, ...]
    decision: str


def entries_of(*, session: Session, study_id: UUID) -> Mapping[UUID, list[Entry]]:
    """Return the entries of a study by the version they answer, in the order of their days."""
    people = {
        person.id: person
        for person in session.exec(select(Person).where(Person.study_id == study_id)).all()
    }
    teams = teams_of(session=session, study_id=study_id)
    labels = dict(
        session.exec(select(Decision.id, Decision.label).where(Decision.study_id == study_id)).all()
    )
    found: dict[UUID, list[Entry]] = {}
    responses = session.exec(
        select(Response)
        .where(Response.study_id == study_id)
        .order_by(col(Response.day), col(Response.submitted_at), col(Response.id))
    )
    for response in responses:
        person = people[response.person_id]
        team = teams.get(response.team_id) if response.team_id else None
        entry = Entry(
            response=response,
            person=person.code,
            team=team.code if team else "",
            role=person.role,
            nationality=response.nationalities[0] if response.nationalities else "",
            languages=tuple(person.languages),
            decision=labels.get(response.decision_id, "") if response.decision_id else "",
        )
        found.setdefault(response.questionnaire_id, []).append(entry)
    return found
