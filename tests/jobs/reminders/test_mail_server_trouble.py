"""Mail servers that refuse, vanish, hang or are away: what is known, and what is not."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import Session

import settings as settings_module
from data.tables import Study
from jobs.reminders import post
from tests.jobs.reminders.acting import go_round, person_of, reminders, statuses
from tests.jobs.reminders.conftest import Clock
from tests.jobs.reminders.mail_server import MailServer
from tests.studies_for_tests import a_person


@pytest.mark.parametrize("answer", ["rcpt 450", "data 451", "cut"])
def test_what_was_not_taken_for_now_is_sent_later_and_once(
    study: Study, mail: MailServer, clock: Clock, answer: str
) -> None:
    assert study
    mail.answers = [answer]
    go_round(2)
    assert (mail.letters, statuses()) == ([], ["waiting"])
    clock.at += timedelta(minutes=2)
    go_round(2)
    assert (len(mail.letters), statuses()) == (1, ["sent"])


@pytest.mark.parametrize("answer", ["rcpt 550", "data 554"])
def test_what_is_refused_for_good_is_not_tried_again(
    study: Study, mail: MailServer, clock: Clock, answer: str
) -> None:
    assert study
    mail.answers = [answer]
    go_round()
    clock.at += timedelta(hours=1)
    go_round()
    (reminder,) = reminders()
    assert (mail.letters, reminder.status) == ([], "refused")
    assert reminder.problem.endswith(answer.split()[1])


def test_a_server_that_vanishes_before_its_answer_leaves_it_unknown_and_is_not_asked_again(
    study: Study, mail: MailServer, clock: Clock
) -> None:
    assert study
    mail.answers = ["vanish"]
    go_round()
    clock.at += timedelta(minutes=30)
    go_round(2)
    assert (len(mail.letters), statuses()) == (1, ["unknown"])


@pytest.mark.parametrize(
    ("answer", "ends"),
    [("hang at the recipient", (0, ["waiting"])), ("hang after the letter", (1, ["unknown"]))],
)
def test_a_server_that_is_too_slow_is_left(
    study: Study,
    mail: MailServer,
    monkeypatch: pytest.MonkeyPatch,
    answer: str,
    ends: tuple[int, list[str]],
) -> None:
    assert study
    monkeypatch.setattr(post, "SECONDS", 0.2)
    monkeypatch.setattr(post, "ANSWER_SECONDS", 0.2)
    mail.answers = [answer]
    go_round()
    assert (len(mail.letters), statuses()) == ends


@pytest.mark.parametrize(
    "address", ["p01@人.example", "nothing", "a@@b.example", "a@b.example\nBcc: c@d.example"]
)
def test_one_bad_address_does_not_hold_up_the_others(
    study: Study, mail: MailServer, session: Session, address: str
) -> None:
    for code in ("P02", "P03"):
        a_person(session, study, code).email = f"{code.lower()}@people.example"
    person_of(session).email = address
    session.commit()
    go_round()
    assert mail.count() == {"p02@people.example": 1, "p03@people.example": 1}
    assert sorted(statuses()) == ["refused", "sent", "sent"]


def test_a_mail_server_that_is_down_is_tried_again_while_it_makes_sense(
    study: Study, mail: MailServer, clock: Clock
) -> None:
    assert study
    with mail.down():
        go_round()
        assert statuses() == ["waiting"]
        assert reminders()[0].problem.startswith("connection")
        clock.at += timedelta(hours=2)
    go_round()
    assert (len(mail.letters), statuses()) == (1, ["sent"])


def test_a_mail_server_that_is_down_too_long_leaves_a_reminder_missed(
    study: Study, mail: MailServer, clock: Clock
) -> None:
    assert study
    with mail.down():
        go_round()
        clock.at += timedelta(hours=4)
    go_round(2)
    assert (mail.letters, statuses()) == ([], ["missed"])


@pytest.mark.parametrize(
    ("trusted", "said", "ends"),
    [(True, "right", ["sent"]), (True, "wrong", ["waiting"]), (False, "right", ["waiting"])],
)
def test_a_password_is_told_to_a_server_that_proves_who_it_is(
    study: Study,
    encrypted: MailServer,
    monkeypatch: pytest.MonkeyPatch,
    *,
    trusted: bool,
    said: str,
    ends: list[str],
) -> None:
    assert study
    monkeypatch.setattr(post, "SECONDS", 1.0)  # the server of the tests hangs on a wrong password
    monkeypatch.setenv("SMTP_SECURITY", "starttls")
    monkeypatch.setenv("SMTP_USER", "diary")
    monkeypatch.setenv("SMTP_PASSWORD", said)
    if not trusted:
        monkeypatch.delenv("SSL_CERT_FILE")
    settings_module.settings.cache_clear()
    go_round()
    assert statuses() == ends
    assert len(encrypted.letters) == ends.count("sent")


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_server_without_encryption_gets_nothing_where_encryption_is_set(
    study: Study, mail: MailServer, monkeypatch: pytest.MonkeyPatch, security: str
) -> None:
    assert study
    monkeypatch.setenv("SMTP_SECURITY", security)
    settings_module.settings.cache_clear()
    go_round()
    assert (mail.letters, statuses()) == ([], ["waiting"])


def test_the_day_after_an_outage_is_a_new_day(study: Study, mail: MailServer, clock: Clock) -> None:
    assert study
    with mail.down():
        go_round()
    clock.at += timedelta(days=1)
    go_round()
    assert (len(mail.letters), statuses()) == (1, ["missed", "sent"])
