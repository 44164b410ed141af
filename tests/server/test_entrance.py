"""The door: looking uses nothing up, pressing the button signs in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlmodel import Session, select
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from data.tables import Membership
from server import cookies, entrance, health, leaving
from server.headers import HEADERS, SecurityHeaders
from survey import entering
from tests.studies_for_tests import a_study


@pytest.fixture
def browser() -> Iterator[TestClient]:
    app = Starlette(
        routes=[*entrance.routes, *leaving.routes, *health.routes],
        middleware=[Middleware(SecurityHeaders)],
    )
    with TestClient(app, follow_redirects=False, base_url="http://set.example") as client:
        yield client


@pytest.fixture
def membership(session: Session) -> Membership:
    a_study(session)
    session.commit()
    return session.exec(select(Membership)).one()


@pytest.fixture
def code(session: Session, membership: Membership) -> str:
    token = entering.invite(session=session, membership=membership, once=True)
    session.commit()
    return token


def test_opening_a_link_shows_one_button_and_uses_nothing_up(
    browser: TestClient, code: str
) -> None:
    for _ in range(3):
        page = browser.get(f"/enter/{code}")
        assert page.status_code == 200
        assert page.text.count("<button") == 1
        assert "set-cookie" not in page.headers
    assert browser.post(f"/enter/{code}").status_code == 303


def test_the_button_signs_in_with_a_cookie_that_scripts_cannot_read(
    browser: TestClient, code: str, session: Session
) -> None:
    answer = browser.post(f"/enter/{code}")
    assert answer.headers["location"] == "/entered"
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert entering.identify(session=session, cookie=answer.cookies[cookies.NAME])


def test_a_used_code_shows_the_friendly_page(browser: TestClient, code: str) -> None:
    browser.post(f"/enter/{code}")
    again = browser.post(f"/enter/{code}")
    assert again.status_code == 404
    assert "does not work any more" in again.text
    assert "<button" not in again.text


@pytest.mark.parametrize("token", ["nonsense", "%00", "../../etc", "' OR 1=1", "a" * 5000])
def test_a_wrong_link_shows_the_friendly_page(
    browser: TestClient, membership: Membership, token: str
) -> None:
    assert membership
    answer = browser.get(f"/enter/{token}")
    assert answer.status_code == 404
    assert "Traceback" not in answer.text


def test_another_site_cannot_sign_anybody_in(browser: TestClient, code: str) -> None:
    for headers in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        assert browser.post(f"/enter/{code}", headers=headers).status_code == 403
    assert browser.post(f"/enter/{code}", headers={"Origin": "http://set.example"}).is_redirect


def test_a_typed_code_signs_in(browser: TestClient, code: str) -> None:
    assert 'name="code"' in browser.get("/enter").text
    assert browser.post("/enter", data={"code": f" {code} "}).status_code == 303


def test_the_door_speaks_the_browsers_language(browser: TestClient, code: str) -> None:
    page = browser.get(f"/enter/{code}", headers={"Accept-Language": "zh-CN,zh;q=0.9"})
    assert '<html lang="zh-Hans">' in page.text


def test_signing_out_ends_the_session_on_the_server(
    browser: TestClient, code: str, session: Session
) -> None:
    cookie = browser.post(f"/enter/{code}").cookies[cookies.NAME]
    browser.cookies.set(cookies.NAME, cookie)
    assert "<button" in browser.get("/leave").text
    assert entering.identify(session=session, cookie=cookie)
    browser.post("/leave")
    session.expire_all()
    assert entering.identify(session=session, cookie=cookie) is None


def test_signing_out_tells_the_browser_whose_copies_to_remove_in_the_language_chosen(
    browser: TestClient, code: str, membership: Membership, session: Session
) -> None:
    entering.choose_language(session=session, account_id=membership.account_id, language="en")
    session.commit()
    browser.headers["Accept-Language"] = "zh-CN"
    browser.cookies.set(cookies.NAME, browser.post(f"/enter/{code}").cookies[cookies.NAME])
    asked, done = browser.get("/leave").text, browser.post("/leave").text
    assert f'data-owner="{membership.account_id}"' in asked
    assert '<html lang="en">' in asked
    assert '<html lang="en">' in done
    assert "not saved to the study yet" in asked
    assert f'data-gone="{membership.account_id}"' in done
    assert "<script" not in browser.post("/leave").text


def test_every_answer_carries_the_security_headers(
    browser: TestClient, membership: Membership
) -> None:
    assert membership
    for path in ("/enter/x", "/health", "/nowhere"):
        headers = browser.get(path).headers
        # The door's own pages say for themselves who may learn their address.
        own = {"Referrer-Policy": "same-origin"} if path.startswith("/enter") else {}
        assert {name: headers.get(name) for name in HEADERS} == HEADERS | own


def test_a_link_is_never_told_to_another_site_or_kept_in_a_cache(
    browser: TestClient, code: str
) -> None:
    headers = browser.get(f"/enter/{code}").headers
    assert (headers["referrer-policy"], headers["cache-control"]) == ("same-origin", "no-store")


def test_a_browser_inside_a_messenger_comes_in_without_script_or_storage(
    browser: TestClient, code: str
) -> None:
    agent = {
        "User-Agent": "Mozilla/5.0 (iPhone) MicroMessenger/8.0.49",
        "Origin": "http://set.example",
    }
    page = browser.get(f"/enter/{code}", headers=agent)
    assert "<script" not in page.text
    assert "target=" not in page.text
    answer = browser.post(f"/enter/{code}", headers=agent)
    browser.cookies.set(cookies.NAME, answer.cookies[cookies.NAME])
    assert browser.get("/entered", headers=agent).headers["location"] == "/"


def test_a_browser_that_keeps_no_cookies_is_told_so(
    browser: TestClient, membership: Membership
) -> None:
    assert membership
    answer = browser.get("/entered")
    assert answer.status_code == 400
    assert "does not stay signed in" in answer.text


def test_health_tells_whether_the_database_answers(
    browser: TestClient, membership: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert membership
    assert browser.get("/health").json() == {"status": "ok", "database": True}
    monkeypatch.setattr(health, "_database_answers", lambda: False)
    assert browser.get("/health").status_code == 503
