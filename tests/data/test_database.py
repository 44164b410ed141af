"""What the database promises."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, StatementError
from sqlmodel import Session, select

from data.adding import add_once
from data.database import DatabaseError, check_schema, engine, open_session
from data.tables import AuditEvent, Person, Study, metadata


def a_study(**values: object) -> Study:
    fixed = {"slug": "s", "start": date(2026, 6, 1), "end": date(2026, 6, 30), "time_zone": "UTC"}
    return Study.model_validate(fixed | values)


def test_the_migrations_make_exactly_the_tables_of_the_code(url: str) -> None:
    with engine(url).connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_a_session_that_is_not_committed_leaves_nothing(url: str) -> None:
    with open_session(url) as session:
        session.add(a_study())
        session.flush()
    with open_session(url) as session:
        assert session.exec(select(Study)).all() == []


def test_what_a_savepoint_holds_is_kept_only_with_its_transaction(url: str) -> None:
    with open_session(url) as session:
        with session.begin_nested():
            session.add(a_study())
        session.add(a_study(slug="t"))
        session.flush()
    with open_session(url) as session:
        assert session.exec(select(Study)).all() == []


def test_a_row_is_added_once(url: str) -> None:
    study = a_study()
    again = a_study(id=study.id, slug="t")
    with open_session(url) as session:
        assert add_once(study, session=session)
        study.time_zone = "Asia/Shanghai"
        session.commit()
    with open_session(url) as session:
        assert not add_once(again, session=session)
        session.commit()
        (kept,) = session.exec(select(Study)).all()
    assert (kept.slug, kept.time_zone) == ("s", "Asia/Shanghai")


def test_what_was_read_stays_readable_after_the_session(url: str) -> None:
    with open_session(url) as session:
        session.add(a_study())
        session.commit()
    with open_session(url) as session:
        study = session.exec(select(Study)).one()
    assert study.slug == "s"


def test_a_moment_comes_back_as_the_same_moment_in_utc(session: Session) -> None:
    shanghai = timezone(timedelta(hours=8))
    study = a_study(created_at=datetime(2026, 6, 1, 0, 40, tzinfo=shanghai))
    session.add(study)
    session.commit()
    session.refresh(study)
    assert study.created_at == datetime(2026, 5, 31, 16, 40, tzinfo=UTC)
    assert study.created_at.tzinfo is UTC


def test_a_moment_without_a_zone_is_refused(session: Session) -> None:
    session.add(AuditEvent(action="x", at=datetime(2026, 6, 1)))  # noqa: DTZ001 - that is the point
    with pytest.raises(StatementError, match="without a time zone"):
        session.flush()


def test_deleting_a_study_deletes_what_belongs_to_it(session: Session) -> None:
    study = a_study()
    session.add(study)
    session.flush()
    session.add(Person(study_id=study.id, code="P01"))
    session.commit()
    session.delete(study)
    session.commit()
    assert session.exec(select(Person)).all() == []


def test_a_person_without_a_study_is_refused(session: Session) -> None:
    study = a_study()
    session.add(Person(study_id=study.id, code="P01"))
    with pytest.raises(IntegrityError):
        session.flush()


def test_sqlite_is_set_to_keep_and_to_forget(tmp_path: object) -> None:
    with engine(f"sqlite:///{tmp_path}/x.db").connect() as connection:
        values = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "secure_delete", "foreign_keys")
        }
    engine(f"sqlite:///{tmp_path}/x.db").dispose()
    assert values == {
        "journal_mode": "wal",
        "synchronous": 2,
        "secure_delete": 1,
        "foreign_keys": 1,
    }


def test_an_old_schema_is_named_with_what_to_run(tmp_path: object) -> None:
    with pytest.raises(DatabaseError, match=r"manage\.py migrate"):
        check_schema(f"sqlite:///{tmp_path}/empty.db")
    engine(f"sqlite:///{tmp_path}/empty.db").dispose()
