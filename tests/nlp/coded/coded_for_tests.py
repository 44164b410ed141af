"""Six people of two teams who wrote each evening, and what two researchers marked in it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from uuid import UUID

from sqlmodel import Session, select

from data.tables import Code, Passage, Person, Questionnaire, Response, Study, Team
from nlp.coding.editing import Codebook
from nlp.coding.marking import mark
from nlp.coding.places import Place
from survey.entering import open_account
from tests.studies_for_tests import a_person, a_study

TEXT = "They trust it. 我们等了很久。😀 Rain fell."
"""Three passages: [0:14], [15:22] and [22:34]."""
CUTS = ((0, 14, "en"), (15, 22, "zh-Hans"), (22, 34, "en"))


@dataclass
class Coded:
    """The study, who coded, the codes by name, and the texts by person."""

    study: Study
    anna: UUID
    ben: UUID
    session: Session
    codes: dict[str, UUID] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)

    def code(self, name: str, **more: object) -> UUID:
        """Add a code."""
        book = Codebook(session=self.session, study_id=self.study.id, account_id=self.anna)
        made: Code = book.make(name, **more)  # type: ignore[arg-type]  # what `make` takes
        self.codes[name] = made.id
        return made.id

    def mark(
        self,
        person: str,
        start: int,
        end: int,
        code: str,
        *,
        by: UUID | None = None,
        version: str = "own",
    ) -> None:
        """Mark a stretch of what somebody wrote."""
        mark(
            self.places[person],
            start,
            end,
            [self.codes[code]],
            session=self.session,
            study_id=self.study.id,
            account_id=by or self.anna,
            version=version,
        )


def a_coded_study(session: Session, *, people: int = 6) -> Coded:
    """Make the study with two codes, and nothing marked."""
    study = a_study(session)
    study.threshold = 2
    first = session.exec(select(Team).where(Team.study_id == study.id)).one()
    other = Team(study_id=study.id, code="B", name={"en": "Team B"})
    session.add(other)
    session.flush()
    for number in range(2, people + 1):
        a_person(session, study, f"P{number:02}", team=first if number <= people / 2 else other)
    accounts = [
        open_account(session=session, study_id=study.id, role="researcher").account_id
        for _ in range(2)
    ]
    made = Coded(study, accounts[0], accounts[1], session)
    questionnaire = session.exec(
        select(Questionnaire).where(Questionnaire.study_id == study.id)
    ).one()
    wrote = select(Person).where(Person.study_id == study.id).order_by(Person.code)
    for place, person in enumerate(session.exec(wrote).all()):
        person.role = "director"
        made.places[person.code] = _entry(made, person, questionnaire.id, place)
    made.code("Trust")
    made.code("Waiting")
    session.flush()
    return made


def _entry(made: Coded, person: Person, questionnaire: UUID, place: int) -> Place:
    response = Response(
        study_id=made.study.id,
        person_id=person.id,
        team_id=person.team_id,
        questionnaire_id=questionnaire,
        day=dt.date(2026, 6, 1) + dt.timedelta(days=place),
        language="en",
        answers={"mood": 5, "moment": TEXT},
        sha256="0" * 64,
    )
    made.session.add(response)
    made.session.flush()
    made.session.add_all(
        Passage(
            study_id=made.study.id,
            person_id=person.id,
            response_id=response.id,
            path="/data/moment",
            start=start,
            end=end,
            language=language,
            masked=TEXT[start:end],
            text_hash=f"{person.code}-{number}",
            day=response.day,
        )
        for number, (start, end, language) in enumerate(CUTS)
    )
    made.session.flush()
    return Place(response_id=response.id, path="/data/moment")
