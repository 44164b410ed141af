"""A reviewer's comment is kept as it is written, and only for whoever may judge."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlmodel import Session, select
from starlette.applications import Starlette
from starlette.testclient import TestClient

from data.tables import Application, Call, Membership, Review
from server import cookies
from server.reviewing import routes
from survey import entering
from survey.applying import reviewing
from tests.applying_for_tests import a_call, a_reviewer, applied, reviewed
from tests.studies_for_tests import a_study

Put = Callable[..., Any]


@pytest.fixture
def call(session: Session) -> Call:
    return a_call(session, a_study(session))


@pytest.fixture
def application(session: Session, call: Call) -> Application:
    made = applied(session, call, 1)
    session.commit()
    return made


@pytest.fixture
def reviewer(session: Session, call: Call) -> Membership:
    return a_reviewer(session, call)


@pytest.fixture
def browser(session: Session, reviewer: Membership) -> Iterator[TestClient]:
    token = entering.invite(session=session, membership=reviewer, once=True)
    cookie = entering.enter(session=session, token=token)
    session.commit()
    app = Starlette(routes=routes)
    with TestClient(app, base_url="http://set.example", cookies={cookies.NAME: cookie}) as client:
        yield client


@pytest.fixture
def put(browser: TestClient, application: Application) -> Put:
    def send(value: str, revision: int, key: UUID = application.id) -> Any:
        body = {"instance": str(key), "value": value, "revision": revision}
        return browser.put("/review-comment", content=json.dumps(body))

    return send


def comments(session: Session) -> list[str]:
    session.expire_all()
    return list(session.exec(select(Review.comment)).all())


def test_every_state_of_a_comment_is_kept(session: Session, put: Put) -> None:
    first = put("Clear", 0)
    second = put("Clear and their own\ud83d.", first.json()["revision"])
    assert [first.status_code, second.status_code] == [200, 200]
    assert second.json()["revision"] > first.json()["revision"]
    assert comments(session) == ["Clear and their own\ufffd."]
    assert put("", second.json()["revision"]).status_code == 200
    assert comments(session) == [""]
    assert put("Once more", second.json()["revision"]).status_code == 200


def test_a_text_of_another_tab_is_shown_and_not_overwritten(session: Session, put: Put) -> None:
    first = put("Of the first tab", 0)
    other = put("Of the second tab", 0)
    assert (other.status_code, other.json()["value"]) == (409, "Of the first tab")
    assert put("Of the first tab", 0).status_code == 200
    assert put("Both", first.json()["revision"]).status_code == 200
    assert comments(session) == ["Both"]


def test_scores_leave_a_comment_as_it_is(
    session: Session, put: Put, call: Call, application: Application, reviewer: Membership
) -> None:
    revision = put("Before the scores", 0).json()["revision"]
    found = reviewing.to_read(
        session=session,
        study_id=call.study_id,
        account_id=reviewer.account_id,
        application_id=application.id,
    )
    assert found
    reviewing.judge(
        found, session=session, call=call, account_id=reviewer.account_id, scores={"craft": 4}
    )
    session.commit()
    assert put("After the scores", revision).status_code == 200
    assert comments(session) == ["After the scores"]


def test_a_finished_review_is_taken_up_again_first(
    session: Session, put: Put, call: Call, application: Application, reviewer: Membership
) -> None:
    reviewed(session, call, application, reviewer, 3, 3, 3)
    session.commit()
    assert put("Too late", 0).status_code == 403
    assert comments(session) == ["Clear and their own."]


def test_nobody_else_comments(
    session: Session, put: Put, browser: TestClient, application: Application, reviewer: Membership
) -> None:
    other = applied(session, a_call(session, a_study(session, slug="other")), 2)
    session.commit()
    assert put("Of another call", 0, other.id).status_code == 403
    assert put("Of nothing", 0, uuid4()).status_code == 403
    reviewing.declare_conflict(application.id, session=session, account_id=reviewer.account_id)
    session.commit()
    assert put("Partial", 0).status_code == 403
    browser.cookies.clear()
    assert put("A stranger", 0).status_code == 401
    assert comments(session) == []


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"7", b'{"instance": 3}', b'{"instance": "x", "value": 1, "revision": 0}']
)
def test_what_says_nothing_is_refused(browser: TestClient, body: bytes) -> None:
    assert browser.put("/review-comment", content=body).status_code == 400


def test_a_comment_too_long_is_refused(session: Session, put: Put) -> None:
    assert put("x" * reviewing.LONGEST_COMMENT, 0).status_code == 200
    assert put("x" * (reviewing.LONGEST_COMMENT + 1), 0).status_code == 403
    assert put("x" * 60_000, 0).status_code == 413
    assert [len(each) for each in comments(session)] == [reviewing.LONGEST_COMMENT]
