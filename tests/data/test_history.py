"""The history: it only grows."""

from __future__ import annotations

import csv
from datetime import timedelta
from io import StringIO
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError
from sqlmodel import Session, select

from data.history import actions_of, events, record, to_csv
from data.tables import AuditEvent
from data.tables.base import now

STUDY, ONE, TWO = uuid4(), uuid4(), uuid4()


@pytest.fixture
def filled(session: Session) -> Session:
    record("names.read", session=session, study_id=STUDY, account_id=ONE, purpose="masking")
    record("names.read", session=session, study_id=STUDY, account_id=TWO)
    record("consent.given", session=session, study_id=STUDY, subject="person", subject_id=uuid4())
    record("consent.given", session=session, study_id=uuid4())
    session.commit()
    return session


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_event SET action = 'x'",
        "DELETE FROM audit_event",
        "DELETE FROM audit_event WHERE action = 'names.read'",
    ],
)
def test_the_database_refuses_to_change_or_delete_it(filled: Session, statement: str) -> None:
    before = len(filled.exec(select(AuditEvent)).all())
    with pytest.raises(DatabaseError, match="the history cannot be changed"):
        filled.connection().execute(text(statement))
    filled.rollback()
    assert len(filled.exec(select(AuditEvent)).all()) == before


def test_nor_can_it_be_emptied_or_written_over(filled: Session) -> None:
    if filled.get_bind().dialect.name == "sqlite":
        statement = (
            "INSERT OR REPLACE INTO audit_event (id, at, action, subject, details) "
            "SELECT id, at, 'x', '', '{}' FROM audit_event"
        )
    else:
        statement = "TRUNCATE audit_event"
    with pytest.raises(DatabaseError, match="the history cannot be changed"):
        filled.connection().execute(text(statement))


def test_an_event_is_kept_if_and_only_if_the_change_is(session: Session) -> None:
    record("x.done", session=session, study_id=STUDY)
    session.flush()
    session.rollback()
    assert events(session=session, study_id=STUDY) == []


def test_events_are_found_by_kind_account_and_time_newest_first(filled: Session) -> None:
    def found(**wanted: object) -> list[str]:
        return [
            event.action
            for event in events(session=filled, study_id=STUDY, **wanted)  # type: ignore[arg-type] # the test chooses
        ]

    assert sorted(found()) == ["consent.given", "names.read", "names.read"]
    assert found(actions=["consent.given"]) == ["consent.given"]
    assert found(accounts=[ONE]) == ["names.read"]
    assert found(accounts=[]) == []
    assert found(since=now() + timedelta(minutes=1)) == []
    assert len(found(until=now() + timedelta(minutes=1), limit=2)) == 2
    times = [event.at for event in events(session=filled, study_id=STUDY)]
    assert times == sorted(times, reverse=True)
    assert actions_of(session=filled, study_id=STUDY) == {"consent.given": 1, "names.read": 2}


def test_the_table_of_it_is_harmless_and_calls_accounts_by_what_it_is_told() -> None:
    event = AuditEvent(
        action="=cmd()", account_id=ONE, study_id=STUDY, details={"purpose": "a,b", "count": 2}
    )
    written = to_csv([event], accounts={ONE: "P01"}, said="say {}".format).decode("utf-8-sig")
    rows = list(csv.DictReader(StringIO(written)))
    assert rows[0]["account"] == "P01"
    assert rows[0]["action"] == "'=cmd()"
    assert rows[0]["said"] == "say =cmd()"
    assert rows[0]["details"] == "count: 2; purpose: a,b"
    stranger = AuditEvent(action="x", account_id=UUID(int=1))
    assert str(UUID(int=1)) in to_csv([stranger], accounts={}, said=str).decode()
