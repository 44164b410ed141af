"""The route of autosave: what is taken, what is refused, and what is said."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy.exc import OperationalError
from sqlmodel import Session, select
from starlette.applications import Starlette
from starlette.testclient import TestClient

from data.database import trouble
from data.tables import (
    Account,
    Assignment,
    ConsentText,
    Draft,
    Membership,
    Person,
    Questionnaire,
    SignIn,
    Study,
)
from data.tables.base import now
from i18n import translate
from server import cookies, drafts
from survey import corrections, entering, questionnaires, responses
from survey.drafts import restore
from survey.withdrawal import withdraw
from tests.studies_for_tests import a_person, a_study

DAY = date(2026, 6, 10)
Put = Callable[..., Any]


@pytest.fixture
def study(session: Session) -> Study:
    made = a_study(session)
    session.commit()
    return made


def cookie_of(person: Person, session: Session) -> str:
    membership = session.exec(select(Membership).where(Membership.person_id == person.id)).one()
    token = entering.invite(session=session, membership=membership, once=True)
    cookie = entering.enter(session=session, token=token)
    session.commit()
    return cookie


@pytest.fixture
def browser() -> Iterator[TestClient]:
    with TestClient(Starlette(routes=drafts.routes), base_url="http://set.example") as client:
        yield client


@pytest.fixture
def body(session: Session, study: Study) -> dict[str, Any]:  # noqa: ARG001 - makes the study
    """What P01's browser sends about the tenth of June."""
    person = session.exec(select(Person).where(Person.code == "P01")).one()
    assignment = session.exec(select(Assignment)).one()
    return {
        "assignment": str(assignment.id),
        "day": DAY.isoformat(),
        "instance": str(responses.instance_of(assignment, person, DAY)),
        "path": "/data/moment",
        "value": "收工以后",
        "revision": 0,
    }


@pytest.fixture
def put(browser: TestClient, session: Session, body: dict[str, Any]) -> Put:
    """Send what P01's browser sends, with changes."""
    person = session.exec(select(Person).where(Person.code == "P01")).one()
    browser.cookies.set(cookies.NAME, cookie_of(person, session))

    def send(headers: dict[str, str] | None = None, **changes: object) -> Any:
        return browser.put("/draft", json=body | changes, headers=headers)

    return send


def kept(session: Session) -> list[Any]:
    session.expire_all()
    return list(session.exec(select(Draft.value)).all())


def test_a_text_is_kept_and_counted(session: Session, put: Put) -> None:
    first, second = put(), put(value="收工以后他没有走", revision=1)
    assert [first.status_code, second.status_code] == [200, 200]
    assert [first.json()["revision"], second.json()["revision"]] == [1, 2]
    assert second.json()["saved_at"].endswith("+00:00")
    assert kept(session) == ["收工以后他没有走"]


def test_clearing_is_kept_too(session: Session, put: Put) -> None:
    put()
    assert put(value="", revision=1).status_code == 200
    assert kept(session) == [None]


def test_why_an_entry_is_corrected_is_kept_like_its_answers(session: Session, put: Put) -> None:
    person = session.exec(select(Person).where(Person.code == "P01")).one()
    response = responses.submit(
        session=session, person=person, questionnaire=session.exec(select(Questionnaire)).one(),
        instance_id=uuid4(), answers={"mood": 7}, day=DAY, language="en",
    )  # fmt: skip
    session.commit()
    correction = corrections.draft_id(response)
    why = {"instance": str(correction), "path": corrections.WHY_PATH, "value": "Two evenings."}
    assert put(**why).status_code == 200
    drafted = session.exec(select(Draft)).one()
    assert (drafted.instance_id, drafted.value) == (correction, "Two evenings.")
    filling = corrections.opened(response, session.exec(select(Questionnaire)).one(), language="en")
    restore(filling, {drafted.path: drafted})
    assert filling.submission()["mood"] == 7
    corrections.correct(
        session=session, person=person, instance_id=response.id, based_on=response.sha256,
        answers={"mood": 8}, reason=drafted.value,
    )  # fmt: skip
    session.commit()
    assert kept(session) == []


def test_a_stale_text_is_refused_with_the_newer_one_and_its_time(
    session: Session, put: Put
) -> None:
    put()
    newer = put(value="newer", revision=1).json()
    answer = put(value="from another tab", revision=1)
    assert answer.status_code == 409
    assert answer.json()["value"] == "newer"
    assert answer.json()["revision"] == 2
    assert answer.json()["saved_at"] == newer["saved_at"]
    assert kept(session) == ["newer"]


def test_what_is_typed_for_a_number_is_kept_as_a_number(
    session: Session, put: Put, study: Study
) -> None:
    table = "| survey |\n| | type | name | label |\n| | decimal | spent | Spent |\n"
    questionnaires.publish(
        session=session, study_id=study.id, filename="daily.md", content=table.encode()
    )
    session.commit()
    spent = {"path": "/data/spent"}
    assert put(**spent, value="12,50").status_code == 200
    assert kept(session) == [12.5]
    assert put(**spent, value="12.5").json()["revision"] == 1
    assert put(**spent, value="13").json()["value"] == "12.5"
    assert put(**spent, value="twelve", revision=1).status_code == 200
    assert kept(session) == ["twelve"]


def test_the_same_text_twice_is_one_text(put: Put) -> None:
    assert put().json()["revision"] == put().json()["revision"] == 1


def test_a_text_in_a_turn_of_a_repeat_is_kept(put: Put) -> None:
    assert put(path="/data/take[3]/why").status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/data/nothing",
        "/data",
        "/data/take[1]",
        "/data/take[0]/why",
        "/data/take[99999]/why",
        "/data/moment[1]",
        "data/moment",
        "/data/moment/../moment",
        "",
    ],
)
def test_only_questions_of_the_form_have_drafts(session: Session, put: Put, path: str) -> None:
    assert put(path=path).status_code == 403
    assert kept(session) == []


def test_a_question_of_an_older_version_is_kept(session: Session, put: Put, study: Study) -> None:
    table = "| survey |\n| | type | name | label |\n| | text | other | Something else |\n"
    questionnaires.publish(
        session=session, study_id=study.id, filename="daily.md", content=table.encode()
    )
    session.commit()
    assert put().status_code == 200
    assert put(path="/data/other").status_code == 200


def test_nobody_writes_without_being_signed_in(
    session: Session, browser: TestClient, body: dict[str, Any]
) -> None:
    answer = browser.put("/draft", json=body, headers={"Accept-Language": "de"})
    assert answer.status_code == 401
    assert "message" in answer.json()
    assert kept(session) == []


def test_a_revoked_device_writes_no_more(session: Session, put: Put) -> None:
    assert put().status_code == 200
    sign_in = session.exec(select(SignIn)).one()
    sign_in.revoked_at = now()
    session.add(sign_in)
    session.commit()
    assert put(value="later", revision=1).status_code == 401


def test_another_site_cannot_write(session: Session, put: Put) -> None:
    for headers in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        assert put(headers=headers).status_code == 403
    assert kept(session) == []


def test_an_entry_of_somebody_else_is_refused(session: Session, put: Put, study: Study) -> None:
    other = a_person(session, study, "P02")
    session.commit()
    assignment = session.exec(select(Assignment)).one()
    theirs = responses.instance_of(assignment, other, DAY)
    assert put(instance=str(theirs)).status_code == 403
    assert put(instance=str(uuid4())).status_code == 403
    assert kept(session) == []


def test_another_study_is_refused(session: Session, put: Put) -> None:
    other = a_study(session, slug="other", schedule="open")
    session.commit()
    assignment = session.exec(select(Assignment).where(Assignment.study_id == other.id)).one()
    assert put(assignment=str(assignment.id), instance=str(uuid4())).status_code == 403


def test_a_day_outside_the_study_is_refused(session: Session, put: Put) -> None:
    person = session.exec(select(Person).where(Person.code == "P01")).one()
    assignment = session.exec(select(Assignment)).one()
    for day in (date(2026, 5, 31), date(2026, 7, 1)):
        instance = responses.instance_of(assignment, person, day)
        assert put(day=day.isoformat(), instance=str(instance)).status_code == 403


def test_what_is_asked_of_other_roles_is_refused(session: Session, put: Put) -> None:
    assignment = session.exec(select(Assignment)).one()
    assignment.roles = ["director"]
    session.add(assignment)
    session.commit()
    assert put().status_code == 403


def send_entry(session: Session, person: Person, instance: UUID) -> None:
    questionnaire = session.exec(select(Questionnaire)).one()
    responses.submit(
        session=session,
        person=person,
        questionnaire=questionnaire,
        instance_id=instance,
        answers={"mood": 7},
        day=DAY,
        language="en",
    )
    session.commit()


def test_a_sent_entry_takes_no_drafts(session: Session, put: Put, body: dict[str, Any]) -> None:
    person = session.exec(select(Person).where(Person.code == "P01")).one()
    send_entry(session, person, UUID(body["instance"]))
    assert put().status_code == 410
    assert kept(session) == []


def test_an_open_entry_that_somebody_else_sent_is_refused(
    session: Session, put: Put, study: Study
) -> None:
    assignment = session.exec(select(Assignment)).one()
    assignment.schedule = "open"
    session.add(assignment)
    other, instance = a_person(session, study, "P02"), uuid4()
    send_entry(session, other, instance)
    assert put(instance=str(instance)).status_code == 403
    assert put(instance=str(uuid4())).status_code == 200


def test_without_consent_nothing_is_kept(session: Session, put: Put, study: Study) -> None:
    session.add(ConsentText(study_id=study.id, version="1", texts={"en": "Do you agree?"}))
    session.commit()
    assert put().status_code == 403
    assert kept(session) == []


def test_a_person_deleted_while_writing_is_signed_out(session: Session, put: Put) -> None:
    put()
    for account in session.exec(select(Account)):
        session.delete(account)
    session.commit()
    assert put(value="more", revision=1).status_code == 401


def test_a_person_who_withdrew_while_writing_is_told_so_and_nothing_is_kept(
    session: Session, put: Put
) -> None:
    put()
    withdraw(session=session, person=session.exec(select(Person)).one())
    session.commit()
    answer = put(value="more", revision=1)
    assert answer.status_code == 410
    assert "no longer take part" in answer.json()["message"]
    assert kept(session) == []


def test_a_phone_with_a_wrong_clock_writes_at_the_servers_time(session: Session, put: Put) -> None:
    answer = put(headers={"Date": "Mon, 01 Jan 2001 00:00:00 GMT"}, saved_at="2001-01-01T00:00")
    assert answer.status_code == 200
    assert abs(now() - datetime.fromisoformat(answer.json()["saved_at"])) < timedelta(minutes=1)
    draft = session.exec(select(Draft)).one()
    assert abs(now() - draft.updated_at) < timedelta(minutes=1)


@pytest.mark.parametrize(
    "changes",
    [
        {"value": 7},
        {"value": ["a"]},
        {"revision": -1},
        {"revision": "1"},
        {"revision": True},
        {"revision": 2**40},
        {"path": None},
        {"path": "/data/" + "a" * 600},
        {"day": "yesterday"},
        {"instance": "nonsense"},
        {"assignment": 1},
    ],
)
def test_nonsense_is_refused(session: Session, put: Put, changes: dict[str, object]) -> None:
    assert put(**changes).status_code == 400
    assert kept(session) == []


@pytest.mark.parametrize("content", [b"", b"[]", b"null", b"{", b"\xff", b"[" * 100_000])
def test_what_is_no_json_object_is_refused(browser: TestClient, put: Put, content: bytes) -> None:
    assert put().status_code == 200
    assert browser.put("/draft", content=content).status_code == 400


def test_too_much_is_refused(session: Session, put: Put) -> None:
    assert put(value="字" * drafts.MOST_BYTES).status_code == 413
    assert kept(session) == []
    assert put(value="字" * 150_000).status_code == 200


def test_half_characters_do_not_stop_the_rest(
    session: Session, put: Put, browser: TestClient, body: dict[str, Any]
) -> None:
    assert put().status_code == 200
    raw = json.dumps(body | {"value": "a\ud83db\0c", "revision": 1})
    assert browser.put("/draft", content=raw.encode()).status_code == 200
    assert kept(session) == ["a\N{REPLACEMENT CHARACTER}b\N{REPLACEMENT CHARACTER}c"]


@pytest.mark.parametrize("reason", ["database or disk is full", "database is locked", "gone"])
def test_trouble_with_the_database_is_said_and_nothing_is_logged(
    put: Put,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    reason: str,
) -> None:
    error = OperationalError("UPDATE draft SET value=?", {"value": "secret"}, Exception(reason))

    def fail(**_ignored: object) -> None:
        raise error

    monkeypatch.setattr("survey.drafts.keep", fail)
    with caplog.at_level(logging.DEBUG):
        answer = put()
    assert answer.status_code == 503
    assert answer.json()["message"] == translate(trouble(error), "zh-Hans")
    assert "secret" not in caplog.text


def test_no_answer_is_kept_by_a_cache(put: Put) -> None:
    assert put().headers["cache-control"] == "no-store"


def test_late_text_is_kept_after_the_window_has_closed(session: Session, put: Put) -> None:
    assert DAY + timedelta(days=5) < now().date()
    assert put().status_code == 200
    assert kept(session) == ["收工以后"]
