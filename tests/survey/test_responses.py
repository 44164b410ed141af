"""Submitting: checked, kept once, tied together."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from sqlmodel import Session, select

from data.tables import Assignment, AuditEvent, Draft, Membership, Person, Questionnaire, Response
from survey import drafts, responses
from survey.questionnaires import latest, publish
from tests.studies_for_tests import a_person, a_study

DAY = date(2026, 6, 3)


@pytest.fixture
def person(session: Session) -> Person:
    a_study(session)
    session.commit()
    return session.exec(select(Person)).one()


@pytest.fixture
def questionnaire(session: Session, person: Person) -> Questionnaire:
    found = latest(session=session, study_id=person.study_id, name="daily")
    assert found
    return found


def send(
    session: Session, person: Person, questionnaire: Questionnaire, **changes: object
) -> Response:
    values = {
        "instance_id": uuid4(),
        "answers": {"mood": 7, "moment": "他笑了。"},
        "day": DAY,
        "language": "zh-Hans",
    }
    return responses.submit(
        session=session,
        person=person,
        questionnaire=questionnaire,
        **(values | changes),  # type: ignore[arg-type] # the test chooses
    )


def test_an_entry_keeps_the_team_and_nationalities_of_its_day(
    session: Session, person: Person, questionnaire: Questionnaire
) -> None:
    team = person.team_id
    response = send(session, person, questionnaire)
    person.team_id, person.nationalities = None, ["FR"]
    session.commit()
    session.refresh(response)
    assert (response.team_id, response.nationalities) == (team, ["CN", "DE"])


def test_what_is_required_must_be_there_wherever_the_answers_come_from(
    session: Session, person: Person, questionnaire: Questionnaire
) -> None:
    with pytest.raises(responses.ResponseError) as refused:
        send(session, person, questionnaire, answers={"moment": "x"}, source="import")
    assert [problem.path for problem in refused.value.problems] == ["/data/mood"]


def test_what_is_not_asked_is_left_out(
    session: Session, person: Person, questionnaire: Questionnaire
) -> None:
    response = send(session, person, questionnaire, answers={"mood": 2, "again": "yes"})
    assert "again" not in response.answers


def test_the_same_entry_sent_twice_is_one_entry(
    session: Session, person: Person, questionnaire: Questionnaire
) -> None:
    instance = uuid4()
    first = send(session, person, questionnaire, instance_id=instance)
    second = send(session, person, questionnaire, instance_id=instance)
    assert first.id == second.id
    assert len(session.exec(select(Response)).all()) == 1


def test_the_same_instance_with_other_answers_is_a_conflict(
    session: Session, person: Person, questionnaire: Questionnaire
) -> None:
    instance = uuid4()
    send(session, person, questionnaire, instance_id=instance)
    with pytest.raises(responses.ConflictError):
        send(session, person, questionnaire, instance_id=instance, answers={"mood": 1})


def test_somebody_elses_instance_is_a_conflict(
    session: Session, person: Person, questionnaire: Questionnaire
) -> None:
    from data.tables import Study

    other = a_person(session, session.get_one(Study, person.study_id), "P02")
    instance = uuid4()
    send(session, person, questionnaire, instance_id=instance)
    with pytest.raises(responses.ConflictError):
        send(session, other, questionnaire, instance_id=instance)


def test_a_days_entry_is_the_same_on_every_device_and_an_open_one_is_not(
    session: Session, person: Person
) -> None:
    daily = session.exec(select(Assignment)).one()
    once = {responses.instance_of(daily, person, DAY) for _ in range(2)}
    daily.schedule = "open"
    many = {responses.instance_of(daily, person, DAY) for _ in range(2)}
    assert (len(once), len(many)) == (1, 2)


def test_labels_that_differ_in_case_and_width_are_one_decision(
    session: Session, person: Person, questionnaire: Questionnaire
) -> None:
    assignment = session.exec(select(Assignment)).one()
    assignment.decision_path = "/data/moment"
    sent = [
        send(
            session,
            person,
            questionnaire,
            answers={"mood": 7, "moment": label},
            assignment=assignment,
        )
        for label in ("Shot 7A", "ｓｈｏｔ  7a", "Shot 8")
    ]
    assert sent[0].decision_id == sent[1].decision_id != sent[2].decision_id


def test_sending_clears_the_drafts_and_is_remembered_without_a_word(
    session: Session, person: Person, questionnaire: Questionnaire
) -> None:
    instance = uuid4()
    account = session.exec(select(Membership.account_id)).one()
    drafts.keep(
        session=session,
        account_id=account,
        questionnaire_id=questionnaire.id,
        instance_id=instance,
        path="/data/moment",
        value="他笑了。",
        revision=0,
    )
    send(session, person, questionnaire, instance_id=instance)
    assert session.exec(select(Draft)).all() == []
    event = session.exec(select(AuditEvent).where(AuditEvent.action == "response.submitted")).one()
    assert event.subject_id == instance
    assert "他笑了" not in str(event.model_dump())


FORGED = """
| survey |
|  | type              | name    | label    | relevant    | readonly | default |
|  | select_one yes_no | again   | Again?   |             |          |         |
|  | text              | why     | Why?     | ${again}='yes' |       |         |
|  | text              | fixed   | Fixed    |             | yes      | stays   |
|  | text              | shown   | Shown    |             | yes      |         |
| choices |
|  | list_name | name | label |
|  | yes_no    | yes  | Yes   |
|  | yes_no    | no   | No    |
"""


def test_what_a_client_claims_is_refused_or_left_out(session: Session, person: Person) -> None:
    forged = publish(
        session=session,
        study_id=person.study_id,
        filename="forged.md",
        content=FORGED.encode(),
    )
    with pytest.raises(responses.ResponseError) as refused:
        send(session, person, forged, answers={"again": "maybe"})
    assert [problem.kind for problem in refused.value.problems] == ["choice"]
    claimed = {"again": "no", "why": "not asked", "fixed": "moved", "shown": "made up"}
    assert send(session, person, forged, answers=claimed).answers == {
        "again": "no",
        "fixed": "stays",
    }
