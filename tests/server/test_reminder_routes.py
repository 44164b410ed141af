"""Stopping reminders from a letter, and reading one's calendar, without signing in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar
from sqlmodel import Session, select
from starlette.applications import Starlette
from starlette.testclient import TestClient

from data.tables import Assignment, AuditEvent, Person, Reminder, Study
from server import reminders
from survey import feed, holdings, own_calendar, responses
from survey.belongings import belongings
from survey.calendar import Kind
from survey.questionnaires import latest
from survey.reminding.choices import (
    RemindingError,
    choice_of,
    choose,
    choose_for_study,
    give_address,
    own_choice,
    stopping_token,
)
from survey.sealing import seal, unseal
from survey.withdrawal import withdraw
from tests.studies_for_tests import a_person, a_study


@pytest.fixture
def browser() -> Iterator[TestClient]:
    with TestClient(Starlette(routes=reminders.routes)) as client:
        yield client


@pytest.fixture
def study(session: Session) -> Study:
    made = a_study(session)
    made.texts = {"title": {"en": "A test", "zh-Hans": "一次试验"}}
    assigned = session.exec(select(Assignment)).one()
    assigned.title = {"en": "The evening", "zh-Hans": "今晚"}
    assigned.opens, assigned.closes = "18:00", "04:00"
    session.commit()
    return made


@pytest.fixture
def person(study: Study, session: Session) -> Person:
    return session.exec(select(Person).where(Person.study_id == study.id)).one()


def wants(session: Session, person: Person, study: Study) -> bool:
    session.expire_all()
    return choice_of(study, own_choice(session=session, person_id=person.id)).wanted


def test_opening_the_link_changes_nothing_and_pressing_its_button_stops(
    browser: TestClient, session: Session, person: Person, study: Study
) -> None:
    address = f"/reminders/stop/{stopping_token(person.id)}"
    for _ in range(2):
        page = browser.get(address)
        assert page.text.count("<button") == 1
    assert wants(session, person, study)
    assert "They have stopped" in browser.post(address).text
    assert not wants(session, person, study)


def test_a_mail_program_stops_them_with_one_click(
    browser: TestClient, session: Session, person: Person, study: Study
) -> None:
    other = a_person(session, study, "P02")
    session.commit()
    address = f"/reminders/stop/{stopping_token(person.id)}"
    for _ in range(2):
        answer = browser.post(address, data={"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200
    assert (wants(session, person, study), wants(session, other, study)) == (False, True)
    actions = session.exec(select(AuditEvent.action)).all()
    assert actions.count("reminders.chosen") == 1


def test_the_page_speaks_the_browsers_language(browser: TestClient, person: Person) -> None:
    page = browser.get(
        f"/reminders/stop/{stopping_token(person.id)}", headers={"Accept-Language": "de"}
    )
    assert '<html lang="de">' in page.text


def test_a_wrong_link_stops_nothing(
    browser: TestClient, session: Session, person: Person, study: Study
) -> None:
    token = stopping_token(person.id)
    for wrong in (token[:-3] + "abc", seal("calendar", person.id), "x", "ä", "%00", "a" * 5000):
        assert browser.post(f"/reminders/stop/{wrong}").status_code == 404
    assert wants(session, person, study)


def test_the_link_of_somebody_who_withdrew_is_for_nobody(
    browser: TestClient, session: Session, person: Person
) -> None:
    token = stopping_token(person.id)
    withdraw(session=session, person=person)
    session.commit()
    assert browser.get(f"/reminders/stop/{token}").status_code == 404
    assert browser.post(f"/reminders/stop/{token}").status_code == 404


def test_a_seal_is_for_one_purpose_and_one_server(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    import settings as settings_module

    token = seal("one", person.id)
    assert unseal("one", token) == person.id
    assert unseal("other", token) is None
    monkeypatch.setenv("SECRET_KEY", "another server's secret")
    settings_module.settings.cache_clear()
    assert unseal("one", token) is None


def test_an_hour_that_is_none_is_refused(session: Session, person: Person) -> None:
    for at in ["", "8:00", "24:00", "20:60", "２０:00", "20:00:00"]:
        with pytest.raises(RemindingError):
            choose(session=session, person=person, wanted=True, at=at)


def test_what_is_no_address_is_refused(session: Session, person: Person) -> None:
    for address in ["p01", "a@b", "a b@c.de", "a@b.de,c@d.de", "<a@b.de>", "x@y."]:
        with pytest.raises(RemindingError):
            give_address(session=session, person=person, address=address)


def test_the_history_does_not_hold_the_address(session: Session, person: Person) -> None:
    give_address(session=session, person=person, address=" p01@people.example ")
    session.commit()
    assert person.email == "p01@people.example"
    event = session.exec(select(AuditEvent).where(AuditEvent.action == "address.given")).one()
    assert "people.example" not in str(event.model_dump())


def test_ones_own_choice_outlives_the_studys(
    session: Session, person: Person, study: Study
) -> None:
    choose(session=session, person=person, wanted=True, at="07:30")
    choose_for_study(session=session, study=study, wanted=False, at="20:00")
    session.commit()
    own = own_choice(session=session, person_id=person.id)
    assert (choice_of(study, own).wanted, choice_of(study, own).at) == (True, "07:30")
    assert not choice_of(study, None).wanted


def test_what_is_held_about_somebody_names_their_choice(
    session: Session, person: Person, study: Study
) -> None:
    choose(session=session, person=person, wanted=False, at="07:30")
    feed.renew(session=session, person=person)
    session.add(
        Reminder(
            study_id=study.id,
            person_id=person.id,
            kind="today",
            due=date(2026, 6, 1),
            status="sent",
        )
    )
    session.commit()
    said = holdings.gathered(belongings(session=session, person=person), session=session)
    assert said["reminders"] == {
        "wanted": False,
        "at": "07:30",
        "calendar": True,
        "sent": [{"day": "2026-06-01", "what_became_of_it": "sent", "at": None}],
    }


def address_of(session: Session, person: Person) -> str:
    found = feed.address_of(session=session, person_id=person.id)
    assert found
    return found.removeprefix("http://localhost:8501")


@pytest.fixture
def address(session: Session, person: Person) -> str:
    feed.renew(session=session, person=person)
    session.commit()
    return address_of(session, person)


def events_of(browser: TestClient, address: str) -> dict[date, dict[str, object]]:
    answer = browser.get(address)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/calendar")
    read = Calendar.from_ical(answer.content)
    return {event.decoded("dtstart").date(): dict(event) for event in read.walk("VEVENT")}


def test_the_calendar_has_the_windows_in_the_persons_zone_and_language(
    browser: TestClient, address: str
) -> None:
    read = Calendar.from_ical(browser.get(address).content)
    events = read.walk("VEVENT")
    assert len(events) == 30
    first = events[0]
    shanghai = ZoneInfo("Asia/Shanghai")
    assert first.decoded("dtstart") == datetime(2026, 6, 1, 18, tzinfo=shanghai)
    assert first.decoded("dtend") == datetime(2026, 6, 2, 4, tzinfo=shanghai)
    assert str(first["dtstart"].params["TZID"]) == "Asia/Shanghai"
    assert str(first["summary"]) == "今晚"
    assert str(read["x-wr-calname"]) == "一次试验"
    assert [str(zone["tzid"]) for zone in read.walk("VTIMEZONE")] == ["Asia/Shanghai"]
    assert len({str(event["uid"]) for event in events}) == 30


def test_clocks_may_change_in_between(
    browser: TestClient, address: str, session: Session, person: Person, study: Study
) -> None:
    person.time_zone = "Europe/Berlin"
    study.start, study.end = date(2026, 10, 24), date(2026, 10, 26)
    session.add_all([person, study])
    session.commit()
    read = Calendar.from_ical(browser.get(address).content)
    found = [event.decoded("dtstart").utcoffset() for event in read.walk("VEVENT")]
    assert found == [timedelta(hours=2), timedelta(hours=1), timedelta(hours=1)]


def test_what_is_done_is_ticked_and_what_is_excused_is_not_there(
    browser: TestClient, address: str, session: Session, person: Person, study: Study
) -> None:
    questionnaire = latest(session=session, study_id=study.id, name="daily")
    assert questionnaire
    responses.submit(
        session=session,
        person=person,
        questionnaire=questionnaire,
        instance_id=person.id,
        answers={"mood": 3},
        day=date(2026, 6, 1),
        language="en",
    )
    day = date(2026, 6, 2)
    own_calendar.change(
        session=session, study=study, kind=Kind.PAUSE, first=day, last=day, person=person
    )
    session.commit()
    found = events_of(browser, address)
    assert str(found[date(2026, 6, 1)]["SUMMARY"]) == "✓ 今晚"
    assert day not in found
    assert len(found) == 29


def test_a_whole_day_is_a_whole_day(
    browser: TestClient, address: str, session: Session, study: Study
) -> None:
    assigned = session.exec(select(Assignment)).one()
    assigned.opens, assigned.closes = "00:00", "24:00"
    session.add(assigned)
    session.commit()
    assert study
    first = Calendar.from_ical(browser.get(address).content).walk("VEVENT")[0]
    assert first.decoded("dtstart") == date(2026, 6, 1)
    assert first.decoded("dtend") == date(2026, 6, 2)


def test_a_new_address_closes_the_one_before(
    browser: TestClient, address: str, session: Session, person: Person
) -> None:
    feed.renew(session=session, person=person)
    session.commit()
    assert browser.get(address).status_code == 410
    assert browser.get(address_of(session, person)).status_code == 200
    feed.close(session=session, person=person)
    session.commit()
    assert feed.address_of(session=session, person_id=person.id) is None


def test_the_calendar_of_somebody_who_withdrew_is_gone(
    browser: TestClient, address: str, session: Session, person: Person
) -> None:
    withdraw(session=session, person=person)
    session.commit()
    assert browser.get(address).status_code == 410


def test_there_is_nothing_at_other_addresses(browser: TestClient, address: str) -> None:
    assert address
    for name in ["x", "ä", "../secrets", "%00", "a" * 5000]:
        assert browser.get(f"/calendar/{name}.ics").status_code == 404
