from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import Session, select
from starlette.applications import Starlette
from starlette.testclient import TestClient

import settings as settings_module
from data.tables import Application, Call, Letter, Study
from data.tables.base import now
from server import applying
from survey.applying import starting
from tests.applying_for_tests import a_call, study_of
from tests.studies_for_tests import a_study

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


@pytest.fixture
def call(session: Session, monkeypatch: pytest.MonkeyPatch) -> Call:
    monkeypatch.setenv("SMTP_HOST", "127.0.0.1")
    monkeypatch.setenv("MAIL_FROM", "set@set.example")
    settings_module.settings.cache_clear()
    made = a_call(session, a_study(session))
    session.commit()
    return made


@pytest.fixture
def visitor() -> TestClient:
    return TestClient(Starlette(routes=applying.routes), follow_redirects=False)


def typed(visitor: TestClient, address: str, slug: str = "test", **headers: str) -> tuple[int, str]:
    answer = visitor.post(f"/apply/{slug}?language=de", data={"address": address}, headers=headers)
    return answer.status_code, answer.headers.get("location", answer.text)


@pytest.mark.parametrize("slug", ["test", "test-call"])
def test_the_door_says_what_it_is_about_in_the_chosen_language(
    call: Call, visitor: TestClient, slug: str
) -> None:
    assert call
    shown = visitor.get(f"/apply/{slug}?language=de").text
    assert '<html lang="de">' in shown
    assert "KI-Filmset: Bewerbung" in shown
    assert "Über dich" in shown
    asked = visitor.get(f"/apply/{slug}", headers={"accept-language": "zh-CN,en;q=0.5"})
    assert '<html lang="zh-Hans">' in asked.text


def test_a_new_and_a_known_address_are_answered_alike(
    call: Call, visitor: TestClient, session: Session
) -> None:
    assert call
    new = typed(visitor, "ana@film.example")
    known = typed(visitor, "ANA@film.example")
    for _ in range(starting.LINKS_AN_ADDRESS + 1):
        often = typed(visitor, "ana@film.example")
    assert new == known == often == (303, "/apply/test/sent?language=de")
    assert len(session.exec(select(Application)).all()) == 1
    assert len(session.exec(select(Letter)).all()) == starting.LINKS_AN_ADDRESS
    assert visitor.get("/apply/test/sent?language=de").status_code == 200


def test_what_is_no_address_is_said_beside_the_field_and_kept_harmless(
    call: Call, visitor: TestClient, session: Session
) -> None:
    assert call
    status, shown = typed(visitor, '"><script>alert(1)</script>')
    assert status == 400
    assert "<script>alert" not in shown
    assert 'role="alert"' in shown
    assert session.exec(select(Application)).all() == []


def test_nothing_is_sent_from_another_site(
    call: Call, visitor: TestClient, session: Session
) -> None:
    assert call
    status, _ = typed(visitor, "ana@film.example", **{"sec-fetch-site": "cross-site"})
    assert status == 200
    assert session.exec(select(Application)).all() == []


@pytest.mark.parametrize("why", ["closed", "coming", "study closed", "invented", "no mail"])
def test_a_door_that_takes_nobody_takes_nobody(
    call: Call,
    visitor: TestClient,
    session: Session,
    monkeypatch: pytest.MonkeyPatch,
    why: str,
) -> None:
    study: Study = study_of(session, call)
    match why:
        case "closed":
            call.open = False
        case "coming":
            study.start = now().date() + timedelta(days=2)
        case "study closed":
            study.closed_at = now()
        case "invented":
            study.invented = True
        case "no mail":
            monkeypatch.setenv("SMTP_HOST", "")
            settings_module.settings.cache_clear()
    session.add_all([call, study])
    session.commit()
    status, shown = typed(visitor, "ana@film.example")
    assert status == (404 if why == "closed" else 200)
    assert "<form" not in shown
    assert session.exec(select(Application)).all() == []


def test_too_many_letters_in_all_are_refused_in_words(
    call: Call, visitor: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert call
    monkeypatch.setattr(starting, "LINKS_FOR_ALL", 1)
    assert typed(visitor, "ana@film.example")[0] == 303
    status, shown = typed(visitor, "bo@film.example")
    assert status == 400
    assert 'role="alert"' in shown


@pytest.mark.parametrize("slug", ["nobody", "%00", "x" * 300])
def test_a_wrong_address_is_no_accident(visitor: TestClient, call: Call, slug: str) -> None:
    assert call
    assert visitor.get(f"/apply/{slug}").status_code == 404


def test_when_the_time_is_over_only_those_who_applied_get_their_link(
    call: Call, visitor: TestClient, session: Session
) -> None:
    typed(visitor, "ana@film.example")
    study = study_of(session, call)
    study.end = now().date() - timedelta(days=2)
    session.add(study)
    session.commit()
    known = typed(visitor, "ana@film.example")
    unknown = typed(visitor, "bo@film.example")
    assert known == unknown == (303, "/apply/test/sent?language=de")
    assert len(session.exec(select(Application)).all()) == 1
    assert len(session.exec(select(Letter)).all()) == 2
