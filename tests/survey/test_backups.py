"""Backups: every row and every byte back, on both databases and across them."""

from __future__ import annotations

import datetime as dt
import sqlite3
import threading
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from filelock import FileLock
from sqlalchemy import select as rows_of
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, col, func, select

import settings as settings_module
from data import exported, files
from data.backups import BackupError, dump, open_backup
from data.database import engine, open_session
from data.tables import (
    Attachment,
    AuditEvent,
    Draft,
    Embedding,
    Export,
    Person,
    Questionnaire,
    Response,
    ResponseRevision,
    Study,
    metadata,
)  # fmt: skip
from survey import exports, restoring
from survey.entering import open_account
from survey.withdrawal import withdraw
from tests.studies_for_tests import a_person, a_study

DAY = dt.date(2026, 6, 2)


@pytest.fixture
def study(session: Session) -> Study:
    """Fill an installation with a bit of everything."""
    made = a_study(session)
    questionnaire = session.exec(select(Questionnaire)).one()
    for person in [*session.exec(select(Person)).all(), a_person(session, made, "P02")]:
        response = Response(
            study_id=made.id, questionnaire_id=questionnaire.id, person_id=person.id, day=DAY,
            nationalities=["CN"], answers={"mood": 0.1, "moment": "真情\n🎬", "take": [{"kept": 2}]},
            sha256="0" * 64,
        )  # fmt: skip
        session.add(response)
        session.flush()
        session.add(ResponseRevision(response_id=response.id, before={"/data/mood": None}))
    account = open_account(session=session, study_id=made.id, role="researcher").account_id
    for number, value in enumerate(["a draft", None, ["a", "b"], 7, {"x": 1.5}]):
        session.add(
            Draft(
                account_id=account, questionnaire_id=questionnaire.id, instance_id=made.id,
                path=f"/data/{number}", value=value,
            )
        )  # fmt: skip
    session.add(Embedding(text_hash="0" * 64, encoder="e", vector=bytes(range(256))))
    for content in (b"", b"\x00\xff" * 5000):
        files.keep(session=session, study_id=made.id, filename="x.bin", content=content)
    session.commit()
    return made


Rows = dict[str, list[tuple[Any, ...]]]


def everything(url: str | None = None) -> Rows:
    """Return every row of every table, by its key."""
    found = {}
    with engine(url).connect() as connection:
        for table in metadata.sorted_tables:
            order = [str(column.name) for column in table.primary_key.columns]
            rows = connection.execute(rows_of(table)).mappings().all()
            found[table.name] = sorted(
                (tuple(row.values()) for row in rows),
                key=lambda row: str(
                    [row[list(table.columns.keys()).index(name)] for name in order]
                ),
            )
    return found


def without_new_events(rows: Rows, before: Rows) -> Rows:
    """Leave out what was recorded since: that a backup was made and restored."""
    known = {row[0] for row in before["audit_event"]}
    return rows | {"audit_event": [row for row in rows["audit_event"] if row[0] in known]}


@pytest.mark.usefixtures("study")
def test_every_row_and_byte_comes_back(session: Session, tmp_path: Path) -> None:
    before = everything()
    contents = {each.sha256: files.read(each) for each in session.exec(select(Attachment)).all()}
    session.close()
    path = tmp_path / "b.zip"
    rows, kept, missing = restoring.back_up(path)
    assert (rows, kept, missing) == (sum(map(len, before.values())), len(contents), 0)
    assert path.stat().st_mode & 0o077 == 0
    with open_session() as other:
        for each in other.exec(select(Response)).all():
            other.delete(each)
        files.keep(
            session=other, study_id=other.exec(select(Study.id)).one(), filename="y", content=b"y"
        )
        other.commit()
    for digest in contents:
        files._delete(files._address(digest))
    restored = restoring.restore(path, overwrite=True)
    assert (restored.rows, restored.files, restored.withdrawn) == (rows, len(contents), 0)
    assert without_new_events(everything(), before) == before
    assert {digest: files.content_of(digest) for digest in contents} == contents
    # What was kept after the backup is gone with the row that named it.
    from hashlib import sha256

    with pytest.raises(FileNotFoundError):
        files.content_of(sha256(b"y").hexdigest())


@pytest.mark.usefixtures("study")
def test_the_history_stays_append_only(session: Session, tmp_path: Path) -> None:
    session.close()
    restoring.back_up(tmp_path / "b.zip")
    restoring.restore(tmp_path / "b.zip", overwrite=True)
    with engine().connect() as connection:
        for statement in ("DELETE FROM audit_event", "UPDATE audit_event SET action = 'x'"):
            with pytest.raises(DBAPIError, match="history cannot be changed"):
                connection.execute(text(statement))
            connection.rollback()
    with open_session() as other:
        actions = set(other.exec(select(AuditEvent.action)).all())
    assert {"installation.restored"} <= actions


def test_who_withdrew_since_stays_gone(session: Session, study: Study, tmp_path: Path) -> None:
    person = session.exec(select(Person).where(Person.code == "P02")).one()
    export = Export(
        study_id=study.id, format="csv", language="en", sha256="0" * 64, size=1,
        people=[str(person.id)],
    )  # fmt: skip
    exports.note_export(export, session=session)
    exported.keep(export.id, b"archive")
    session.commit()
    restoring.back_up(tmp_path / "b.zip")
    with ZipFile(tmp_path / "b.zip") as archive:
        assert not [name for name in archive.namelist() if str(export.id) in name]
    withdraw(session=session, person=person)
    session.commit()
    session.close()
    assert restoring.restore(tmp_path / "b.zip", overwrite=True).withdrawn == 1
    with open_session() as other:
        again = other.get_one(Person, person.id)
        assert (again.name, again.withdrawn_at is not None) == ("", True)
        assert other.exec(select(Response).where(Response.person_id == person.id)).all() == []
        assert other.exec(select(func.count(col(Response.id)))).one() == 1
        assert other.exec(select(func.count(col(ResponseRevision.id)))).one() == 1
        assert other.get_one(Export, export.id).removed_at is not None


@pytest.mark.usefixtures("study")
def test_what_is_here_is_not_overwritten_unless_told(session: Session, tmp_path: Path) -> None:
    session.close()
    restoring.back_up(tmp_path / "b.zip")
    before = everything()
    with pytest.raises(BackupError, match="There is a study here already"):
        restoring.restore(tmp_path / "b.zip")
    lock = FileLock(tmp_path / "worker.lock")
    with lock, pytest.raises(BackupError, match="server is running"):
        restoring.restore(tmp_path / "b.zip", overwrite=True)
    assert everything() == before


@pytest.mark.usefixtures("study")
def test_a_damaged_backup_changes_nothing(session: Session, tmp_path: Path) -> None:
    session.close()
    path, bad = tmp_path / "b.zip", tmp_path / "bad.zip"
    restoring.back_up(path)
    before = everything()
    for name, sentence in (("rows/person.jsonl", "rows of person"), ("files/", "The file ")):
        target = BytesIO()
        with ZipFile(path) as old, ZipFile(target, "w") as new:
            for member in old.namelist():
                hurt = member.startswith(name)
                new.writestr(member, b"{}\n" if hurt else old.read(member))
        bad.write_bytes(target.getvalue())
        with pytest.raises(BackupError, match=sentence):
            restoring.restore(bad, overwrite=True)
    bad.write_bytes(path.read_bytes()[:2000])
    for broken in (bad, tmp_path / "nothing.zip"):
        with pytest.raises(BackupError):
            restoring.restore(broken, overwrite=True)
    assert everything() == before


@pytest.mark.usefixtures("study")
def test_a_restore_that_fails_in_the_middle_changes_nothing(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session.close()
    restoring.back_up(tmp_path / "b.zip")
    before = everything()

    def break_off(**_: object) -> int:
        raise RuntimeError("the light went out")

    monkeypatch.setattr(restoring, "apply_withdrawals", break_off)
    with pytest.raises(RuntimeError):
        restoring.restore(tmp_path / "b.zip", overwrite=True)
    assert everything() == before


@pytest.mark.usefixtures("study")
def test_a_backup_of_a_later_version_is_refused(session: Session, tmp_path: Path) -> None:
    session.close()
    restoring.back_up(tmp_path / "b.zip")
    target = BytesIO()
    with ZipFile(tmp_path / "b.zip") as old, ZipFile(target, "w") as new:
        revision = open_backup(tmp_path / "b.zip").revision
        for member in old.namelist():
            content = old.read(member)
            new.writestr(member, content.replace(f'"{revision}"'.encode(), b'"9999"'))
    (tmp_path / "later.zip").write_bytes(target.getvalue())
    with pytest.raises(BackupError, match="later version"):
        restoring.restore(tmp_path / "later.zip", overwrite=True)


@pytest.fixture
def writer(session: Session, study: Study) -> Iterator[threading.Event]:
    """Write pairs of rows, each pair in one transaction, until told to stop."""
    person = session.exec(select(Person)).first()
    questionnaire = session.exec(select(Questionnaire)).one()
    assert person is not None
    session.close()
    ending, begun = threading.Event(), threading.Event()

    def write() -> None:
        while not ending.is_set():
            with open_session() as other:
                response = Response(
                    study_id=study.id, questionnaire_id=questionnaire.id, person_id=person.id,
                    day=DAY, answers={}, sha256="0" * 64,
                )  # fmt: skip
                other.add(response)
                other.flush()
                other.add(ResponseRevision(response_id=response.id))
                other.commit()
            begun.set()

    thread = threading.Thread(target=write)
    thread.start()
    begun.wait(10)
    yield ending
    ending.set()
    thread.join()


def test_a_backup_is_of_one_moment_while_people_write(
    writer: threading.Event, tmp_path: Path
) -> None:
    for number in range(5):
        dump(tmp_path / f"{number}.zip")
    writer.set()
    counts = []
    for number in range(5):
        tables = {
            table.name: table.rows for table in open_backup(tmp_path / f"{number}.zip").tables
        }
        assert tables["response"] == tables["response_revision"]
        counts.append(tables["response"])
    assert counts == sorted(counts)
    assert counts[-1] > counts[0]


def test_a_backup_of_one_database_is_restored_into_the_other(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From PostgreSQL to SQLite and back: the same rows."""
    from tests.conftest import _database, _execute

    server = request.getfixturevalue("postgres_server")
    _execute(server, "CREATE DATABASE across TEMPLATE migrated")
    urls = [_database(server, "across"), f"sqlite:///{tmp_path}/across.db"]
    monkeypatch.setenv("DATA_FOLDER", str(tmp_path))
    seen: list[Rows] = []
    try:
        for url in [*urls, urls[0]]:
            monkeypatch.setenv("DATABASE_URL", url)
            settings_module.settings.cache_clear()
            if not seen:
                with open_session() as session:
                    a_study(session)
                    session.add(Draft(
                        account_id=open_account(
                            session=session, study_id=session.exec(select(Study.id)).one(),
                            role="researcher",
                        ).account_id,
                        questionnaire_id=session.exec(select(Questionnaire.id)).one(),
                        instance_id=session.exec(select(Study.id)).one(), path="/x", value=None,
                    ))  # fmt: skip
                    session.commit()
            else:
                restoring.restore(tmp_path / "across.zip", overwrite=True)
            seen.append(everything())
            restoring.back_up(tmp_path / "across.zip")
    finally:
        for url in urls:
            engine(url).dispose()
        _execute(server, "DROP DATABASE across")
        settings_module.settings.cache_clear()
    assert without_new_events(seen[1], seen[0]) == seen[0]
    assert without_new_events(seen[2], seen[0]) == seen[0]


def test_a_sqlite_database_is_exchanged_whole(
    session: Session, study: Study, tmp_path: Path
) -> None:
    if engine().dialect.name != "sqlite":
        pytest.skip("only SQLite has a file to exchange")
    session.close()
    restoring.back_up(tmp_path / "b.zip")
    restoring.restore(tmp_path / "b.zip", overwrite=True)
    assert not list(tmp_path.glob("*.restoring*"))
    with sqlite3.connect(str(engine().url.database)) as plain:
        assert plain.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert plain.execute("PRAGMA foreign_key_check").fetchall() == []
    plain.close()
    assert study.slug == "test"
