"""What was begun and not sent can be found again."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

import pytest
from sqlmodel import Session, select

from data.tables import Membership, Person, Response, Study
from survey import corrections, drafts, responses
from survey.questionnaires import latest
from survey.unfinished import Unfinished, unfinished
from tests.studies_for_tests import a_study


@pytest.fixture
def study(session: Session) -> Study:
    made = a_study(session, schedule="open")
    session.commit()
    return made


def begin(session: Session, study: Study, instance: UUID, value: object = "x") -> None:
    questionnaire = latest(session=session, study_id=study.id, name="daily")
    assert questionnaire
    drafts.keep(
        session=session, account_id=session.exec(select(Membership.account_id)).one(),
        questionnaire_id=questionnaire.id, instance_id=instance, path="/data/moment", value=value,
        revision=0,
    )  # fmt: skip


def found(session: Session, study: Study) -> list[Unfinished]:
    return unfinished(
        session=session,
        study=study,
        person=session.exec(select(Person)).one(),
        account_id=session.exec(select(Membership.account_id)).one(),
    )


def test_every_entry_that_was_begun_is_found_once_the_latest_first(
    session: Session, study: Study
) -> None:
    first, second = uuid4(), uuid4()
    begin(session, study, first)
    begin(session, study, second)
    assert [each.instance_id for each in found(session, study)] == [second, first]


def test_what_was_cleared_again_is_not_begun(session: Session, study: Study) -> None:
    begin(session, study, uuid4(), value=None)
    assert found(session, study) == []


def test_corrections_and_what_is_asked_by_day_are_not_among_them(
    session: Session, study: Study
) -> None:
    person = session.exec(select(Person)).one()
    questionnaire = latest(session=session, study_id=study.id, name="daily")
    assert questionnaire
    entry: Response = responses.submit(
        session=session, person=person, questionnaire=questionnaire, instance_id=uuid4(),
        answers={"mood": 5}, day=date(2026, 6, 3), language="en",
    )  # fmt: skip
    begin(session, study, corrections.draft_id(entry))
    assert found(session, study) == []
