from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from email.message import EmailMessage

import pytest
from sqlmodel import Session, select

from data.database import open_session
from data.tables import Application, Letter, Person, Study
from data.tables.base import now
from jobs.reminders.letters import LetterRounds
from survey import entering
from survey.applying import choosing
from survey.applying.links import replace_link
from survey.applying.starting import ask_for_link
from survey.applying.states import State
from survey.withdrawal import withdraw
from tests.applying_for_tests import a_call, applied, study_of
from tests.jobs.reminders.mail_server import MailServer

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


@pytest.fixture
def clock() -> Callable[[], datetime]:
    """Let it be now: applicants write when they do."""
    return now


def go_round() -> None:
    LetterRounds().round()


def plain(letter: EmailMessage) -> str:
    body = letter.get_body(("plain",))
    assert body
    return str(body.get_content())


def begin(session: Session, study: Study, language: str = "de") -> Application:
    call = a_call(session, study)
    ask_for_link(
        session=session,
        study=study_of(session, call),
        address="ana@film.example",
        language=language,
    )
    session.commit()
    return session.exec(select(Application)).one()


def statuses() -> list[str]:
    with open_session() as session:
        return [each.status for each in session.exec(select(Letter)).all()]


@pytest.mark.parametrize("language", ["en", "zh-Hans", "de"])
def test_a_letter_brings_a_link_that_opens_the_application(
    session: Session, study: Study, mail: MailServer, language: str
) -> None:
    application = begin(session, study, language)
    go_round()
    go_round()
    (letter,) = mail.letters
    assert letter["To"] == "ana@film.example"
    assert letter["Content-Language"] == language
    assert "{" not in plain(letter) + str(letter["Subject"])
    address = next(word for word in plain(letter).split() if "/enter/" in word)
    assert address.startswith("https://set.example/enter/")
    found = entering.find(session=session, token=address.rpartition("/")[2])
    assert found
    html = letter.get_body(("html",))
    assert html
    assert address in html.get_content()
    assert statuses() == ["sent"]
    assert application.confirmed_at is None


def test_two_workers_send_each_letter_once(
    session: Session, study: Study, mail: MailServer
) -> None:
    call = a_call(session, study)
    for number in range(12):
        applied(session, call, number)
    session.commit()
    with ThreadPoolExecutor(3) as workers:
        for done in [workers.submit(go_round) for _ in range(3)]:
            done.result()
    go_round()
    assert set(mail.count().values()) == {1}
    assert len(mail.letters) == 12


def test_an_invitation_goes_out_as_the_coordinator_left_it(
    session: Session, study: Study, mail: MailServer
) -> None:
    call = a_call(session, study)
    application = applied(session, call, 1, language="de")
    choosing.answer(
        application,
        State.INVITED,
        session=session,
        subject="Du bist dabei:\nBcc: all@people.example",
        text="Hallo {name}, {was?} <b>hier</b>:\n\n{link}",
    )
    session.commit()
    go_round()
    letter = next(each for each in mail.letters if "dabei" in str(each["Subject"]))
    assert letter["Bcc"] is None
    text = plain(letter)
    assert "Hallo Robin Example1, {was?} <b>hier</b>:" in text
    html = letter.get_body(("html",))
    assert html
    assert "&lt;b&gt;hier" in html.get_content()
    assert mail.count() == {"robin1@people.example": 2}  # and the receipt


def test_a_letter_is_tried_again_and_not_after_a_withdrawal(
    session: Session, study: Study, mail: MailServer
) -> None:
    application = begin(session, study)
    mail.answers = ["rcpt 450"]
    go_round()
    assert (mail.letters, statuses()) == ([], ["waiting"])
    withdraw(session=session, person=session.get_one(Person, application.person_id))
    session.commit()
    go_round()
    assert (mail.letters, statuses()) == ([], [])


def test_a_closed_link_is_not_sent_again(session: Session, study: Study, mail: MailServer) -> None:
    application = begin(session, study)
    new = replace_link(application, session=session)
    session.commit()
    go_round()
    (letter,) = mail.letters
    assert new in plain(letter)


def test_a_letter_is_lost_but_never_doubled_when_the_server_vanishes(
    session: Session, study: Study, mail: MailServer
) -> None:
    begin(session, study)
    mail.answers = ["vanish"]
    go_round()
    go_round()
    assert len(mail.letters) == 1
    assert statuses() == ["unknown"]


def test_nobody_is_written_to_in_an_invented_study(
    session: Session, study: Study, mail: MailServer
) -> None:
    application = begin(session, study)
    call_study = session.get_one(Study, application.study_id)
    call_study.invented = True
    session.add(call_study)
    session.commit()
    go_round()
    assert (mail.letters, statuses()) == ([], ["needless"])
