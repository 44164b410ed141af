"""A study with somebody to remind, a mail server, and a clock that the tests set."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlmodel import Session

import settings as settings_module
from data.tables import Study
from jobs.reminders import ledger, rounds
from survey.people import people_of
from tests.jobs.reminders.certificates import make_certificate
from tests.jobs.reminders.mail_server import MailServer
from tests.studies_for_tests import a_study


class Clock:
    """The time of the tests, in UTC; Shanghai is eight hours ahead."""

    def __init__(self) -> None:
        self.at = datetime(2026, 6, 10, 12, 30, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    for module in (ledger, rounds):
        monkeypatch.setattr(module, "now", made)
    return made


@pytest.fixture
def mail() -> Iterator[MailServer]:
    made = MailServer()
    made.start()
    yield made
    made.stop()


@pytest.fixture
def study(
    session: Session, mail: MailServer, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Study]:
    """Make a study whose P01, in Shanghai, is to be reminded at 20:00; it is 20:30 there."""
    assert clock
    monkeypatch.setenv("SMTP_HOST", "127.0.0.1")
    monkeypatch.setenv("SMTP_PORT", str(mail.port))
    monkeypatch.setenv("SMTP_SECURITY", "none")
    monkeypatch.setenv("MAIL_FROM", "diary@set.example")
    monkeypatch.setenv("PUBLIC_URL", "https://set.example")
    settings_module.settings.cache_clear()
    made = a_study(session)
    (person,) = people_of(session=session, study_id=made.id)
    person.email = "p01@people.example"
    session.commit()
    yield made
    settings_module.settings.cache_clear()


@pytest.fixture
def encrypted(mail: MailServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MailServer:
    """Let the mail server want STARTTLS and a password, with a certificate that is trusted here."""
    path, context = make_certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    with mail.down():
        mail.password, mail.encryption = "right", context
    return mail
