"""Everything held about somebody, and nothing about anybody else."""

from __future__ import annotations

import json
import re
from datetime import date
from io import BytesIO
from pathlib import Path
from uuid import uuid4
from zipfile import ZipFile

import pytest
from sqlmodel import Session, select

from data import files
from data.tables import (
    AuditEvent,
    ConsentText,
    EntryFile,
    Membership,
    Person,
    Response,
    Study,
    TeamStay,
)
from settings import settings
from survey import consent, corrections, drafts, entering, holdings, interviews, responses
from survey.calendar import Kind
from survey.history_sentences import action_in
from survey.own_calendar import change, leave
from survey.questionnaires import latest
from survey.transcripts import read
from tests.studies_for_tests import a_person, a_study


@pytest.fixture
def person(session: Session) -> Person:
    """Let P01 leave one of everything, beside an entry of P02."""
    study = a_study(session)
    session.add(ConsentText(study_id=study.id, version="1", texts={"en": "Yes", "zh-Hans": "好"}))
    a_person(session, study, "P02")
    one, two = session.exec(select(Person).order_by(Person.code)).all()
    account = session.exec(select(Membership).where(Membership.person_id == one.id)).one()
    consent.give(session=session, person=one, version="1", language="zh-Hans")
    questionnaire = latest(session=session, study_id=study.id, name="daily")
    assert questionnaire
    for someone, text in ((one, "海棠开了。"), (two, "SOMEBODY ELSE")):
        responses.submit(
            session=session, person=someone, questionnaire=questionnaire, instance_id=uuid4(),
            answers={"mood": 7, "moment": text, "again": "yes"}, day=date(2026, 6, 3),
            language="zh-Hans",
        )  # fmt: skip
    entry = session.exec(select(Response).where(Response.person_id == one.id)).one()
    corrections.correct(
        session=session, person=one, instance_id=entry.id, based_on=entry.sha256,
        answers={**entry.answers, "moment": "<b>梨花</b>开了。"}, account_id=account.account_id,
    )  # fmt: skip
    drafts.keep(
        session=session, account_id=account.account_id, questionnaire_id=questionnaire.id,
        instance_id=uuid4(), path="/data/moment", value="未完", revision=0,
    )  # fmt: skip
    picture = files.keep(session=session, study_id=study.id, filename="p.png", content=b"picture")
    session.flush()
    session.add(
        EntryFile(
            account_id=account.account_id, attachment_id=picture.id, instance_id=entry.id,
            path="/data/p", name="p.png",
        )
    )  # fmt: skip
    transcript = read("t.txt", "P01: 我说过。\nP02: SOMEBODY ELSE\n".encode())
    interviews.keep(
        session=session, study_id=study.id, key="evening", transcript=transcript,
        speakers=interviews.suggest_speakers(["P01", "P02"], [one, two]),
    )  # fmt: skip
    token = entering.invite(session=session, membership=account)
    entering.enter(session=session, token=token, device="Her phone")
    session.commit()
    return one


def unpacked(session: Session, person: Person, language: str = "zh-Hans") -> dict[str, bytes]:
    content = holdings.bundle(session=session, person=person, language=language)
    with ZipFile(BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def test_it_holds_everything_of_the_person_and_nothing_of_others(
    session: Session, person: Person
) -> None:
    found = unpacked(session, person)
    entry = session.exec(select(Response).where(Response.person_id == person.id)).one()
    assert set(found) == {
        "everything.html", "everything.json", "consent/1.txt", f"files/{entry.id}/p.png",
    }  # fmt: skip
    facts = json.loads(found["everything.json"])
    assert facts["person"]["name"] == "王小明"
    assert facts["entries"][0]["corrections"][0]["before"] == {"/data/moment": "海棠开了。"}
    assert [draft["answer"] for draft in facts["drafts"]] == ["未完"]
    assert facts["interviews"][0]["said"] == ["我说过。"]
    assert facts["devices"][0]["device"] == "Her phone"
    assert {"response.submitted", "response.corrected"} <= {
        each["action"] for each in facts["history"]
    }
    assert found["consent/1.txt"].decode() == "好"
    assert "SOMEBODY ELSE" not in str({name: text.decode() for name, text in found.items()})


def test_the_page_is_readable_and_in_the_language_of_the_person(
    session: Session, person: Person
) -> None:
    page = unpacked(session, person)["everything.html"].decode()
    assert page.startswith("<!DOCTYPE html>")
    assert '<html lang="zh-Hans">' in page
    assert "今晚你感觉怎么样？" in page
    assert "&lt;b&gt;梨花&lt;/b&gt;开了。" in page
    assert action_in("zh-Hans", "response.corrected") in page
    assert not re.search(r"\b[a-z_]+\.(submitted|corrected|given|made)\b", page)


def test_a_file_that_is_missing_does_not_withhold_the_rest(
    session: Session, person: Person
) -> None:
    for path in Path(settings().files_url).rglob("*"):
        if path.is_file():
            path.unlink()
    found = unpacked(session, person)
    assert set(found) == {"everything.html", "everything.json", "consent/1.txt"}


def test_it_says_which_teams_which_calendar_and_why_somebody_stopped(
    session: Session, person: Person
) -> None:
    study = session.get_one(Study, person.study_id)
    session.add(TeamStay(person_id=person.id, since=study.start, team_id=person.team_id))
    session.add(TeamStay(person_id=person.id, since=date(2026, 6, 9), team_id=None))
    change(
        session=session, study=study, kind=Kind.EXCUSE, first=date(2026, 6, 4),
        last=date(2026, 6, 5), person=person, reason="fever",
    )  # fmt: skip
    leave(session=session, person=person, on=date(2026, 6, 20), reason="no time")
    session.flush()
    found = unpacked(session, person, "en")
    facts = json.loads(found["everything.json"])
    assert facts["teams"] == [
        {"since": "2026-06-01", "team": "A"},
        {"since": "2026-06-09", "team": None},
    ]
    assert facts["calendar"][0]["reason"] == "fever"
    assert facts["person"]["stopped_why"] == "no time"
    page = found["everything.html"].decode()
    assert all(said in page for said in ("fever", "no time", "2026-06-09"))


def test_that_it_was_made_is_recorded(session: Session, person: Person) -> None:
    unpacked(session, person)
    event = session.exec(select(AuditEvent).where(AuditEvent.action == "holdings.downloaded")).one()
    assert (event.subject_id, event.details) == (person.id, {})


def test_a_newer_consent_is_asked_for_and_the_older_one_stays_in_the_history(
    session: Session, person: Person
) -> None:
    assert consent.missing(session=session, person=person) is None
    session.add(ConsentText(study_id=person.study_id, version="2", texts={"en": "Yes, and more"}))
    session.commit()
    wanted = consent.missing(session=session, person=person)
    assert wanted
    assert consent.text_of(wanted, "zh-Hans") == "Yes, and more"
    consent.give(session=session, person=person, version="2", language="en")
    session.commit()
    assert consent.missing(session=session, person=person) is None
    history = consent.history(session=session, person=person)
    assert [(given.version, text and text.version) for given, text in history] == [
        ("2", "2"), ("1", "1"),
    ]  # fmt: skip
