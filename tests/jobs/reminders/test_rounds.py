"""Reminders through a real mail server: once, in time, and only to whom something is due."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from uuid import uuid4, uuid5

import pytest
from sqlmodel import Session, select

from data.tables import Membership, Reminder, Study
from jobs.reminders import ledger
from jobs.reminders.rounds import Rounds
from survey import responses
from survey.people import people_of
from survey.questionnaires import latest
from survey.reminding.choices import choose, own_choice, stop, stopping_token
from survey.withdrawal import withdraw
from tests.jobs.reminders.acting import go_round, person_of, reminders, statuses
from tests.jobs.reminders.conftest import Clock
from tests.jobs.reminders.mail_server import MailServer
from tests.studies_for_tests import a_person


def writes(session: Session, study: Study, day: date) -> None:
    questionnaire = latest(session=session, study_id=study.id, name="daily")
    assert questionnaire
    person = person_of(session)
    responses.submit(
        session=session,
        person=person,
        questionnaire=questionnaire,
        instance_id=uuid5(person.id, f"daily/{day.isoformat()}"),
        answers={"mood": 3},
        day=day,
        language="en",
    )
    session.commit()


def test_somebody_is_reminded_once_a_day_at_their_hour(
    study: Study, mail: MailServer, clock: Clock
) -> None:
    assert study
    clock.at -= timedelta(minutes=31)  # 19:59 in Shanghai
    go_round()
    assert mail.letters == []
    clock.at += timedelta(minutes=1)
    go_round(3)
    assert mail.count() == {"p01@people.example": 1}
    clock.at += timedelta(days=1)
    go_round(2)
    assert mail.count() == {"p01@people.example": 2}
    assert statuses() == ["sent", "sent"]


def test_the_letter_says_who_sends_it_and_how_to_stop_and_holds_nothing_else(
    study: Study, mail: MailServer
) -> None:
    assert study
    go_round()
    (letter,) = mail.letters
    (reminder,) = reminders()
    assert letter["Message-ID"] == f"<{reminder.id}@set.example>"
    assert letter["From"].addresses[0].addr_spec == "diary@set.example"
    assert letter["From"].addresses[0].display_name == "A test"
    assert letter["Content-Language"] == reminder.language == "zh-Hans"
    token = letter["List-Unsubscribe"].strip("<>").rpartition("/")[2]
    assert letter["List-Unsubscribe"] == f"<https://set.example/reminders/stop/{token}>"
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    # As it is written, not only as Python reads it: mail programs look for a plain address.
    assert f"\r\nList-Unsubscribe: {letter['List-Unsubscribe']}\r\n".encode() in mail.raw[0]
    assert max(len(line) for line in mail.raw[0].split(b"\r\n")) < 200
    plain, html = letter.get_body(("plain",)), letter.get_body(("html",))
    assert plain
    assert html
    for text in (plain.get_content(), html.get_content()):
        assert f"/reminders/stop/{token}" in text
        assert "A test" in text
        assert "王小明" not in text
        assert "<img" not in text
        assert "/enter/" not in text
    assert [part.get_content_type() for part in letter.walk()] == [
        "multipart/alternative",
        "text/plain",
        "text/html",
    ]


def test_whoever_has_written_is_left_in_peace(
    study: Study, mail: MailServer, session: Session
) -> None:
    writes(session, study, date(2026, 6, 10))
    go_round()
    assert (mail.letters, statuses()) == ([], [])


def test_whoever_writes_while_a_reminder_waits_does_not_get_it(
    study: Study, mail: MailServer, clock: Clock, session: Session
) -> None:
    mail.answers = ["rcpt 450"]
    go_round()
    writes(session, study, date(2026, 6, 10))
    clock.at += timedelta(minutes=2)
    go_round()
    assert (mail.letters, statuses()) == ([], ["needless"])


@pytest.mark.parametrize("way", ["no address", "wants none", "invented", "withdrew", "not running"])
def test_nobody_is_written_to_who_should_not_be(
    study: Study, mail: MailServer, session: Session, clock: Clock, way: str
) -> None:
    person = person_of(session)
    match way:
        case "no address":
            person.email = ""
        case "wants none":
            stop(session=session, token=stopping_token(person.id))
        case "invented":
            study.invented = True
        case "withdrew":
            withdraw(session=session, person=person)
        case "not running":
            clock.at += timedelta(days=60)
    session.add_all([person, study])
    session.commit()
    go_round()
    assert (mail.letters, statuses()) == ([], [])


def test_withdrawing_takes_choices_and_the_log_along(
    study: Study, mail: MailServer, session: Session, clock: Clock
) -> None:
    person = person_of(session)
    choose(session=session, person=person, wanted=True, at="20:15")
    session.commit()
    mail.answers = ["rcpt 450"]
    go_round()
    assert statuses() == ["waiting"]
    withdraw(session=session, person=person)
    session.commit()
    clock.at += timedelta(minutes=5)
    go_round()
    assert (mail.letters, reminders()) == ([], [])
    assert own_choice(session=session, person_id=person.id) is None
    assert person.study_id == study.id


def test_ones_own_hour_and_zone_count(
    study: Study, mail: MailServer, session: Session, clock: Clock
) -> None:
    person = person_of(session)
    person.time_zone = "America/New_York"  # 08:30 there
    choose(session=session, person=person, wanted=True, at="08:31")
    session.add(person)
    session.commit()
    go_round()
    assert mail.letters == []
    clock.at += timedelta(minutes=1)
    go_round()
    assert len(mail.letters) == 1
    assert study


def test_off_by_default_means_only_for_those_who_ask(
    study: Study, mail: MailServer, session: Session
) -> None:
    study.remind_at = ""
    session.add(study)
    other = a_person(session, study, "P02")
    other.email = "p02@people.example"
    choose(session=session, person=other, wanted=True, at="20:00")
    session.commit()
    go_round()
    assert mail.count() == {"p02@people.example": 1}


def test_two_workers_at_once_remind_everybody_once(
    study: Study, mail: MailServer, session: Session
) -> None:
    for number in range(2, 22):
        a_person(session, study, f"P{number:02}").email = f"p{number:02}@people.example"
    session.commit()
    with ThreadPoolExecutor(4) as workers:
        for done in [workers.submit(go_round) for _ in range(4)]:
            done.result()
    go_round()
    assert set(mail.count().values()) == {1}
    assert (len(mail.letters), set(statuses())) == (21, {"sent"})


def test_a_worker_that_is_told_to_stop_begins_nothing_new(study: Study, mail: MailServer) -> None:
    assert study
    rounds = Rounds(seconds=60)
    rounds.stop()
    rounds.start()
    rounds.stop()
    assert mail.letters == []


def test_a_claim_left_behind_is_taken_again_and_its_first_holder_cannot_send_any_more(
    study: Study, mail: MailServer, clock: Clock
) -> None:
    assert study
    mail.answers = ["rcpt 450"]
    go_round()
    clock.at += timedelta(minutes=2)
    (key,) = (each.id for each in reminders())
    left_behind = ledger.claim(key, Reminder)
    assert left_behind
    go_round()
    assert (mail.letters, statuses()) == ([], ["claimed"])
    clock.at += timedelta(minutes=3)
    go_round()
    assert (len(mail.letters), statuses()) == (1, ["sent"])
    assert not ledger.hand_over(left_behind)
    assert statuses() == ["sent"]


def test_a_worker_that_died_while_handing_over_leaves_it_unknown(
    study: Study, mail: MailServer, clock: Clock
) -> None:
    assert study
    mail.answers = ["rcpt 450"]
    go_round()
    clock.at += timedelta(minutes=2)
    (key,) = (each.id for each in reminders())
    dying = ledger.claim(key, Reminder)
    assert dying
    assert ledger.hand_over(dying)
    clock.at += timedelta(minutes=11)
    go_round()
    assert (mail.letters, statuses()) == ([], ["unknown"])
    ledger.sent(dying)  # it lived after all
    assert statuses() == ["sent"]


def test_of_two_claims_only_one_holds(study: Study, mail: MailServer, session: Session) -> None:
    person = person_of(session)
    made = Reminder(study_id=study.id, person_id=person.id, kind="today", due=date(2026, 6, 10))
    session.add(made)
    session.commit()
    assert mail.letters == []
    assert [bool(ledger.claim(made.id, Reminder)) for _ in range(2)] == [True, False]


def test_a_window_that_opens_after_the_hour_is_waited_for(
    study: Study, mail: MailServer, session: Session, clock: Clock
) -> None:
    from data.tables import Assignment

    assigned = session.exec(select(Assignment)).one()
    assigned.opens, assigned.closes = "21:00", "04:00"
    session.add(assigned)
    session.commit()
    assert study
    rounds = Rounds()
    rounds.round()
    assert mail.letters == []
    clock.at += timedelta(minutes=31)
    rounds.round()
    assert len(mail.letters) == 1


def test_somebody_deleted_while_a_reminder_waits_is_no_accident(
    study: Study, mail: MailServer, session: Session, clock: Clock
) -> None:
    mail.answers = ["rcpt 450"]
    go_round()
    session.delete(person_of(session))
    session.commit()
    clock.at += timedelta(minutes=5)
    go_round()
    assert (mail.letters, reminders()) == ([], [])
    assert not people_of(session=session, study_id=study.id)
    assert not session.exec(select(Membership)).all()
    assert ledger.claim(uuid4(), Reminder) is None
