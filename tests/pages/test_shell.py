"""The shell and Today: who is here is asked on every run, and little else."""

from __future__ import annotations

from datetime import timedelta
from unittest.mock import PropertyMock

import pytest
from sqlalchemy import event
from sqlmodel import Session, select
from streamlit.runtime.context import ContextProxy
from streamlit.testing.v1 import AppTest

from data.database import engine
from data.tables import Assignment, Membership, Person, Questionnaire, Study
from data.tables.base import now
from settings import ROOT
from survey import calendar, entering, responses
from survey.responses import instance_of
from survey.today import zone_of
from tests.studies_for_tests import a_study

QUESTIONS = 16
"""To the database, for one run of Today: this screen is run more often than any other."""


@pytest.fixture
def today(session: Session, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """Give Today of somebody who came in through their link."""
    study = a_study(session)
    study.start = now().date() - timedelta(days=10)
    study.end = now().date() + timedelta(days=10)
    membership = session.exec(select(Membership)).one()
    token = entering.invite(session=session, membership=membership)
    session.flush()
    cookie = entering.enter(session=session, token=token)
    entering.choose_language(session=session, account_id=membership.account_id, language="en")
    session.commit()
    cookies = PropertyMock(return_value={entering.COOKIE: cookie})
    monkeypatch.setattr(ContextProxy, "cookies", cookies)
    return AppTest.from_file(str(ROOT / "pages" / "app.py"), default_timeout=60)


def titles(app: AppTest) -> list[str]:
    return [title.value for title in app.title]


def test_today_asks_the_database_few_questions(today: AppTest) -> None:
    today.run()
    asked: list[str] = []
    event.listen(engine(), "before_cursor_execute", lambda *told: asked.append(told[2]))
    today.run()
    assert titles(today) == ["About 5 minutes for today"]
    assert len(asked) <= QUESTIONS


def test_a_revoked_device_is_out_on_its_next_run(today: AppTest, session: Session) -> None:
    today.run()
    assert titles(today) == ["About 5 minutes for today"]
    membership = session.exec(select(Membership)).one()
    entering.revoke(session=session, membership=membership)
    session.commit()
    today.run()
    assert "About 5 minutes for today" not in titles(today)
    assert not today.get("button")


def test_somebody_whose_study_ends_is_told_on_their_next_run(
    today: AppTest, session: Session
) -> None:
    today.run()
    study = session.exec(select(Study)).one()
    study.end = now().date() - timedelta(days=5)
    session.add(study)
    session.commit()
    today.run()
    assert titles(today) == ["Nothing is due right now"]


def test_whoever_has_written_today_is_thanked_and_not_pressed_for_the_days_before(
    today: AppTest, session: Session
) -> None:
    study, person = session.exec(select(Study)).one(), session.exec(select(Person)).one()
    assignment = session.exec(select(Assignment)).one()
    questionnaire = session.exec(select(Questionnaire)).one()
    day = calendar.today(zone_of(person, study), now())
    responses.submit(
        session=session,
        person=person,
        questionnaire=questionnaire,
        assignment=assignment,
        instance_id=instance_of(assignment, person, day),
        answers={"mood": 7},
        day=day,
        language="en",
    )
    session.commit()
    today.run()
    assert titles(today) == ["Thank you for today"]
    writing = [button for button in today.button if button.label == "Write"]
    assert writing
    assert not any(button.proto.type == "primary" for button in writing)
