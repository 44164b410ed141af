"""The pages for everybody: without scripts, in the visitor's language, and safe from what is typed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlmodel import Session, select
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from data.tables import Person, PublicLink, Response, Study, Visit
from data.tables.base import now
from server.headers import SecurityHeaders
from server.public import routes, tickets, wall
from server.public.door import PublicDoor
from server.public.known import Register
from survey.audience.receipts import new_code
from tests.audiences_for_tests import a_link, a_public_study, answer, publish

HIDDEN = re.compile(r'name="(instance|receipt|ticket|language)" value="([^"]*)"')
GIVEN = {"a:/data/sincere": "8", "a:/data/noticed": "no"}
SEEN = ["sincere", "noticed", "author", "moment"]


@pytest.fixture
def study(session: Session) -> Study:
    return a_public_study(session)


@pytest.fixture
def link(session: Session, study: Study) -> PublicLink:
    made = a_link(session, study, prefilled=["film"], wall=True)
    session.commit()
    return made


@pytest.fixture
def browser(session: Session, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:  # noqa: ARG001 - the database
    # What one test knows is another installation's by the next.
    fresh = Register()
    monkeypatch.setattr("server.public.answering.register", fresh)
    monkeypatch.setattr("server.public.door.register", fresh)
    monkeypatch.setattr("server.public.known.FRESH", 0.0)
    monkeypatch.setattr("server.public.door.HASTE", 0.0)
    monkeypatch.setattr(wall, "_said", {})
    app = Starlette(
        routes=routes.routes, middleware=[Middleware(SecurityHeaders), Middleware(PublicDoor)]
    )
    with TestClient(app, base_url="http://set.example", follow_redirects=False) as client:
        yield client


def hidden_of(page: str) -> dict[str, str]:
    return dict(HIDDEN.findall(page))


def seen(*names: str) -> dict[str, list[str]]:
    return {"seen": [f"/data/{name}" for name in names or SEEN]}


def proof(page: str) -> dict[str, str]:
    """Return what the script of a page sends along."""
    ticket = hidden_of(page)["ticket"]
    return {"x-proof": f"{ticket}:{tickets.prove(ticket)}"}


def test_a_page_speaks_the_visitors_language(browser: TestClient, link: PublicLink) -> None:
    german = browser.get(f"/q/{link.slug}", headers={"accept-language": "de-AT,en;q=0.5"})
    assert "Eine Minute nach dem Film" in german.text
    assert 'lang="de"' in german.text
    chosen = browser.get(f"/q/{link.slug}?lang=zh-Hans", headers={"accept-language": "de"})
    assert "看完片子" in chosen.text
    assert german.headers["cache-control"] == "no-store"
    assert "default-src 'self'" in german.headers["content-security-policy"]
    assert "<script>" not in german.text


def test_it_can_be_answered_without_scripts(
    browser: TestClient, link: PublicLink, session: Session
) -> None:
    page = browser.get(f"/q/{link.slug}", headers={"accept-language": "en"}).text
    first = {**hidden_of(page), **seen(), "a:/data/sincere": "8", "a:/data/noticed": "yes"}
    # What follows from an answer is asked before anything is kept.
    more = browser.post(f"/q/{link.slug}", data=first)
    assert more.status_code == 200
    assert "help the story" in more.text
    assert not session.exec(select(Response).where(Response.source == "public")).all()
    then = {**first, **seen(*SEEN, "effect"), "a:/data/effect": "both"}
    received = browser.post(f"/q/{link.slug}", data=then)
    assert "Received" in received.text
    (kept,) = session.exec(select(Response).where(Response.source == "public")).all()
    assert kept.answers == {"sincere": 8, "noticed": "yes", "effect": "both"}
    assert kept.language == "en"


def test_what_is_missing_stands_beside_its_question(browser: TestClient, link: PublicLink) -> None:
    page = browser.get(f"/q/{link.slug}", headers={"accept-language": "en"}).text
    sent = {**hidden_of(page), **seen(), "a:/data/noticed": "no", "a:/data/moment": "<i>The boat"}
    again = browser.post(f"/q/{link.slug}", data=sent)
    assert again.status_code == 422
    assert "One number, please." in again.text
    assert "&lt;i&gt;The boat" in again.text
    assert hidden_of(again.text)["instance"] == hidden_of(page)["instance"]


def test_the_script_is_answered_with_data(browser: TestClient, link: PublicLink) -> None:
    page = browser.get(f"/q/{link.slug}", headers={"accept-language": "en"}).text
    sent, proven = {**hidden_of(page), **GIVEN}, proof(page)
    first = browser.post(f"/q/{link.slug}", data=sent, headers=proven)
    assert first.status_code == 200
    # The network may have gone between receiving and saying so.
    again = browser.post(f"/q/{link.slug}", data=sent, headers=proven)
    assert again.json() == first.json()
    other = browser.post(
        f"/q/{link.slug}", data={**hidden_of(page), **GIVEN, "a:/data/sincere": "1"}, headers=proven
    )
    assert other.status_code == 409
    missing = browser.post(f"/q/{link.slug}", data=hidden_of(page), headers=proven)
    assert "One number, please." in missing.json()["form"]


def test_one_device_answers_once(browser: TestClient, link: PublicLink) -> None:
    for status in (200, 409):
        page = browser.get(f"/q/{link.slug}", headers={"accept-language": "de"}).text
        sent = browser.post(f"/q/{link.slug}", data={**hidden_of(page), **GIVEN, **seen()})
        assert sent.status_code == status


def test_an_address_answers_only_what_it_may(
    browser: TestClient, link: PublicLink, session: Session
) -> None:
    page = browser.get(f"/q/{link.slug}?film=%22%3E%3Cb%3E&sincere=3").text
    assert "&quot;&gt;&lt;b&gt;" in page
    assert "<b>" not in page
    assert "checked" not in page
    sent = {**hidden_of(page), **GIVEN, "a:/data/film": "night train", "do": "send"}
    assert browser.post(f"/q/{link.slug}", data=sent, headers=proof(page)).status_code == 200
    (kept,) = session.exec(select(Response).where(Response.source == "public")).all()
    assert kept.answers["film"] == "night train"


def test_a_form_cannot_bring_its_own_script(
    browser: TestClient, study: Study, session: Session
) -> None:
    text = """
| survey |
| | type | name | label | hint | relevant |
| | text | one | <script>alert(1)</script> **x** | "><img src=x onerror=alert(1)> | |
| | select_one evil | two | Two | | |
| | text | three | You said ${one} | | ${one} != '' |
| choices |
| | list_name | name | label |
| | evil | a | <svg onload=alert(1)> |
"""
    publish(study, "evil", text, session=session)
    link = a_link(session, study, name="evil", title={"en": "<script>alert(2)</script>"})
    session.commit()
    page = browser.get(f"/q/{link.slug}").text
    sent = {**hidden_of(page), "a:/data/one": "</textarea><script>alert(3)</script>"}
    part = browser.post(f"/q/{link.slug}/part", data=sent, headers=proof(page)).json()["form"]
    for html in (page, part):
        assert "<script>alert" not in html
        assert "<img" not in html
        assert "<svg" not in html
    assert "You said &lt;/textarea&gt;" in part


def test_closed_early_and_unknown_addresses_are_kind(
    browser: TestClient, study: Study, session: Session
) -> None:
    today = now().date()
    over = a_link(session, study, opens=today - timedelta(9), closes=today - timedelta(8))
    early = a_link(session, study, opens=today + timedelta(8), closes=today + timedelta(9))
    full = a_link(session, study, most=1)
    answer(session, full)
    session.commit()
    said = {
        slug: browser.get(f"/q/{slug}", headers={"accept-language": "en"})
        for slug in (over.slug, early.slug, full.slug, "zzzzzz")
    }
    assert [each.status_code for each in said.values()] == [410, 200, 410, 404]
    assert "Thank you for coming by" in said[over.slug].text
    assert "See you then" in said[early.slug].text
    assert "All answers are in" in said[full.slug].text
    assert "<form" not in "".join(each.text for each in said.values())


def test_a_receipt_deletes_the_answer(
    browser: TestClient, link: PublicLink, session: Session
) -> None:
    page = browser.get(f"/q/{link.slug}").text
    browser.post(f"/q/{link.slug}", data={**hidden_of(page), **GIVEN}, headers=proof(page))
    assert browser.post("/q/receipt", data={"code": "aaaabbbbcccc"}).status_code == 400
    gone = browser.post("/q/receipt", data={"code": hidden_of(page)["receipt"].upper()})
    assert gone.status_code == 200
    assert "deleted" in gone.text
    assert not session.exec(select(Response).where(Response.source == "public")).all()
    person = session.exec(select(Person).where(Person.study_id == link.study_id)).one()
    assert person.withdrawn_at is not None
    assert not session.exec(select(Visit)).all()


def test_other_sites_cannot_send(browser: TestClient, link: PublicLink) -> None:
    page = browser.get(f"/q/{link.slug}").text
    headers = {"origin": "https://evil.example", **proof(page)}
    sent = browser.post(f"/q/{link.slug}", data={**hidden_of(page), **GIVEN}, headers=headers)
    assert sent.status_code == 404


@pytest.mark.parametrize(
    "body",
    [
        {"instance": "no"},
        {"a:/data/sincere": "9" * 5000},
        {"a:/nothing": "x", "a:": "x", "turns:/data/x": "99999999", "p:/data/author#x": "y"},
        {"do": "remove:/data/take[99999999999999999999]"},
        {"a:/data/moment": "\0\ud83d".encode("utf-8", "surrogatepass").decode("latin-1")},
    ],
)
def test_nonsense_is_no_accident(
    browser: TestClient, link: PublicLink, body: dict[str, str]
) -> None:
    page = browser.get(f"/q/{link.slug}").text
    sent = browser.post(f"/q/{link.slug}", data={**hidden_of(page), **body}, headers=proof(page))
    assert sent.status_code in {400, 409, 422}


def test_a_kiosk_holds_all_it_needs(browser: TestClient, study: Study, session: Session) -> None:
    kiosk = a_link(session, study, kind="kiosk")
    session.commit()
    page = browser.get(f"/k/{kiosk.slug}").text
    for words in ("Hin und wieder", "Now and then", "有时候"):
        assert words in page
    assert "<a " not in page
    assert browser.get(f"/q/{kiosk.slug}").status_code == 404
    ticket = browser.get(f"/k/{kiosk.slug}/ticket").json()["ticket"]
    for number in range(2):
        sent = {
            **GIVEN,
            "instance": f"00000000-0000-4000-8000-00000000000{number}",
            "receipt": new_code(),
            "language": "de",
            "age": "600",
        }
        proven = {"x-proof": f"{ticket}:{tickets.prove(ticket)}"}
        assert browser.post(f"/k/{kiosk.slug}", data=sent, headers=proven).status_code == 200
    assert len(session.exec(select(Visit).where(Visit.device == "")).all()) == 2


def test_a_wall_counts_and_shows_no_word(
    browser: TestClient, link: PublicLink, session: Session
) -> None:
    assert browser.get(f"/wall/{link.slug}/now").json()["people"] == 0
    for _ in range(4):
        answer(session, link, moment="You idiots")
    session.commit()
    wall._said.clear()
    told = browser.get(f"/wall/{link.slug}/now?lang=de")
    assert told.json()["people"] == 4
    assert "idiots" not in told.text
    assert browser.get(f"/wall/{link.slug}").status_code == 200
    without = a_link(session, session.get_one(Study, _parent(link, session)), wall=False)
    session.commit()
    assert browser.get(f"/wall/{without.slug}").status_code == 404


def _parent(link: PublicLink, session: Session) -> object:
    return session.get_one(Study, link.study_id).parent_id
