"""A study is closed, left for another or deleted while somebody writes in it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session, select
from starlette.applications import Starlette
from starlette.testclient import TestClient

from data.database import open_session
from data.tables import (
    Assignment,
    Draft,
    Membership,
    Person,
    Questionnaire,
    Response,
    SignIn,
    Study,
)
from i18n import Refusal
from server import cookies, drafts
from survey import entering, responses
from survey.closing import close, reopen
from survey.deleting import delete_study
from survey.own_studies import join, switch
from tests.studies_for_tests import a_study

DAY = date(2026, 6, 10)


@pytest.fixture
def study(session: Session) -> Study:
    made = a_study(session)
    session.commit()
    return made


@pytest.fixture
def browser(session: Session, study: Study) -> Iterator[TestClient]:
    """Come in as P01."""
    member = session.exec(select(Membership).where(Membership.study_id == study.id)).one()
    token = entering.invite(session=session, membership=member)
    cookie = entering.enter(session=session, token=token)
    entering.choose_language(session=session, account_id=member.account_id, language="en")
    session.commit()
    with TestClient(Starlette(routes=drafts.routes), base_url="http://set.example") as client:
        client.cookies.set(cookies.NAME, cookie)
        yield client


@pytest.fixture
def body(session: Session, study: Study) -> dict[str, Any]:
    person = session.exec(select(Person).where(Person.study_id == study.id)).one()
    assignment = session.exec(select(Assignment)).one()
    return {
        "assignment": str(assignment.id),
        "day": DAY.isoformat(),
        "instance": str(responses.instance_of(assignment, person, DAY)),
        "path": "/data/moment",
        "value": "after the rain",
        "revision": 0,
    }


def test_a_closed_study_keeps_nothing_and_says_so(
    browser: TestClient, session: Session, study: Study, body: dict[str, Any]
) -> None:
    close(study, session=session)
    session.commit()
    answer = browser.put("/draft", json=body)
    # Refused for good, so that the page keeps the text on the device and tries again rarely.
    assert answer.status_code == 403
    assert "was closed" in answer.json()["message"]
    assert session.exec(select(Draft)).all() == []
    reopen(study, session=session)
    session.commit()
    assert browser.put("/draft", json=body).status_code == 200


def test_a_device_that_went_over_is_told_where_its_text_belongs(
    browser: TestClient, session: Session, study: Study, body: dict[str, Any]
) -> None:
    other = a_study(session, slug="other")
    theirs = session.exec(select(Membership).where(Membership.study_id == other.id)).one()
    me = entering.identify(session=session, cookie=browser.cookies[cookies.NAME])
    assert me
    token = entering.invite(session=session, membership=theirs)
    join(session=session, identity=me, token=token)
    switch(session=session, identity=me, study_id=other.id)
    session.commit()
    answer = browser.put("/draft", json=body)
    assert (answer.status_code, study.slug in answer.text) == (403, False)
    assert "Go back to this one" in answer.json()["message"]
    assert session.exec(select(Draft)).all() == []


def test_nothing_is_left_of_a_study_that_is_deleted_while_people_write(
    browser: TestClient, session: Session, study: Study, body: dict[str, Any]
) -> None:
    key, statuses = study.id, list[int]()
    member = session.exec(select(Membership).where(Membership.study_id == key)).one()
    person_id = member.person_id
    writing = threading.Event()

    def autosave() -> None:
        for number in range(60):
            answer = browser.put(
                "/draft", json=body | {"value": f"word {number}", "revision": number}
            )
            statuses.append(answer.status_code)
            writing.set()

    def send() -> None:
        for number in range(30):
            # What comes too late for the database is refused by it.
            with suppress(SQLAlchemyError, Refusal), open_session() as other:
                questionnaire = other.exec(
                    select(Questionnaire).where(Questionnaire.study_id == key)
                ).first()
                person = other.get(Person, person_id)
                if questionnaire is None or person is None:
                    return
                responses.submit(
                    session=other, person=person, questionnaire=questionnaire,
                    instance_id=uuid4(), answers={"mood": number % 10}, day=DAY, language="en",
                )  # fmt: skip
                other.commit()

    threads = [threading.Thread(target=work) for work in (autosave, send)]
    for thread in threads:
        thread.start()
    writing.wait(timeout=30)
    with open_session() as other:
        delete_study(other.get_one(Study, key), typed="test", session=other)
    for thread in threads:
        thread.join(timeout=60)
    assert 200 in statuses
    assert set(statuses) <= {200, 401, 503}
    assert statuses[-1] == 401
    session.expire_all()
    for kind in (Draft, Response, Person, SignIn, Membership):
        assert session.exec(select(kind)).all() == [], kind
