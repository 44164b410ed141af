"""A study as one file: the same rows and bytes back, and nothing else touched."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID
from zipfile import ZipFile

import pytest
from sqlalchemy import select as rows_of
from sqlmodel import Session, select

import settings as settings_module
from data import files
from data.backups import BackupError
from data.database import engine, migrate, open_session
from data.study_rows import SHARED, within
from data.tables import (
    Attachment,
    AuditEvent,
    Embedding,
    EntryFile,
    Membership,
    Passage,
    Person,
    Questionnaire,
    Response,
    SignIn,
    Study,
    metadata,
)
from survey import deleting, entering, restoring, study_archives
from survey.studies import StudyError, family
from survey.withdrawal import withdraw
from tests.studies_for_tests import a_study

on_one = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
"""For what does not depend on the database."""
Rows = dict[str, set[str]]


def _digest(content: bytes) -> str:
    return sha256(content).hexdigest()


def a_full_study(session: Session, slug: str, word: str) -> Study:
    """Make a study with something in most of its tables, and an audience that belongs to it."""
    study = a_study(session, slug=slug)
    questionnaire = session.exec(
        select(Questionnaire).where(Questionnaire.study_id == study.id)
    ).one()
    person = session.exec(select(Person).where(Person.study_id == study.id)).one()
    member = session.exec(select(Membership).where(Membership.person_id == person.id)).one()
    response = Response(
        study_id=study.id, questionnaire_id=questionnaire.id, person_id=person.id,
        day=study.start, answers={"moment": word}, sha256="0" * 64,
    )  # fmt: skip
    attachment = files.keep(
        session=session, study_id=study.id, filename="own.bin", content=word.encode()
    )
    files.keep(session=session, study_id=study.id, filename="same.bin", content=b"in both")
    session.add(response)
    session.flush()
    for text in (word, "said in both"):
        session.add(
            Passage(
                study_id=study.id, person_id=person.id, response_id=response.id, path="/data/moment",
                start=0, end=len(text), masked=text, text_hash=f"{text:0<64}"[:64],
            )
        )  # fmt: skip
        if session.get(Embedding, (f"{text:0<64}"[:64], "e")) is None:
            session.add(Embedding(text_hash=f"{text:0<64}"[:64], encoder="e", vector=b"\x00\x01"))
            session.flush()
    session.add(
        EntryFile(
            account_id=member.account_id, attachment_id=attachment.id, instance_id=response.id,
            path="/data/x", name="own.bin",
        )
    )  # fmt: skip
    entering.enter(session=session, token=entering.invite(session=session, membership=member))
    session.add(
        Study(
            slug=f"{slug}-audience", kind="audience", parent_id=study.id, start=study.start,
            end=study.end, time_zone="UTC",
        )
    )  # fmt: skip
    session.commit()
    return study


def rows(keys: list[UUID] | None = None) -> Rows:
    """Return every row as text by table; those that belong to some studies, or all."""
    found: Rows = {}
    with engine().connect() as connection:
        for table in metadata.sorted_tables:
            wanted = rows_of(table)
            if keys is not None:
                wanted = wanted.where(within(table, keys))
            found[table.name] = {str(tuple(row)) for row in connection.execute(wanted)}
    return found


def without_history(found: Rows) -> Rows:
    return {name: each for name, each in found.items() if name != "audit_event"}


@pytest.fixture
def pair(session: Session) -> tuple[Study, Study]:
    return a_full_study(session, "one", "first words"), a_full_study(session, "two", "second words")


def test_every_table_is_reached_from_its_study() -> None:
    for table in metadata.sorted_tables:
        within(table, [])


def test_a_deleted_study_comes_back_row_by_row_and_byte_by_byte(
    session: Session, pair: tuple[Study, Study], tmp_path: Path
) -> None:
    one, two = pair
    keys, others = ([each.id for each in family(study, session=session)] for study in pair)
    before, untouched = rows(keys), rows(others)
    digest = next(
        iter(session.exec(select(Attachment).where(Attachment.filename == "own.bin")))
    ).sha256
    content = files.content_of(digest)
    session.close()
    path = tmp_path / "one.zip"
    made = study_archives.archive("one", path)
    assert made.rows == sum(map(len, before.values()))
    assert (made.files, made.missing) == (2, 0)
    assert path.stat().st_mode & 0o077 == 0
    with open_session() as other:
        deleting.delete_study(other.get_one(Study, one.id), typed="one", session=other)
    left = rows(keys)
    assert not any(each for name, each in left.items() if name not in SHARED)
    assert rows(others) == untouched
    with pytest.raises(FileNotFoundError):
        files.content_of(digest)
    brought = study_archives.bring_back(path)
    assert (brought.slug, brought.rows, brought.withdrawn) == ("one", made.rows, 0)
    assert without_history(rows(keys)) == without_history(before)
    assert before["audit_event"] < rows(keys)["audit_event"]
    assert rows(others) == untouched
    assert files.content_of(digest) == content
    assert two.slug == "two"


@on_one
def test_what_only_a_deleted_study_needed_goes_and_the_receipt_says_so(
    session: Session, pair: tuple[Study, Study], tmp_path: Path
) -> None:
    one, _ = pair
    study_archives.archive("one", tmp_path / "one.zip")
    with pytest.raises(deleting.DeletionError):
        deleting.delete_study(one, typed="two", session=session)
    receipt = deleting.delete_study(one, typed="one", session=session)
    assert (receipt.rows["response"], receipt.rows["study"], receipt.files) == (1, 2, 1)
    assert (receipt.rows["embedding"], receipt.rows["account"]) == (1, 1)
    text = receipt.text()
    assert "first words" not in text
    assert "  response: 1" in text
    [event] = session.exec(select(AuditEvent).where(AuditEvent.action == "study.deleted")).all()
    assert (event.study_id, event.subject_id, event.details["entries"]) == (one.id, receipt.key, 1)
    assert [gone.slug for gone in deleting.deleted(session=session)] == ["one"]
    left = {each.rstrip("0") for each in session.exec(select(Embedding.text_hash)).all()}
    assert left == {"said in both", "second words"}
    assert files.content_of(_digest(b"in both")) == b"in both"


@pytest.mark.usefixtures("pair")
def test_a_study_that_is_here_is_replaced_only_when_asked(session: Session, tmp_path: Path) -> None:
    session.close()
    path = tmp_path / "one.zip"
    study_archives.archive("one", path)
    before = without_history(rows())
    with open_session() as other:
        study = other.exec(select(Study).where(Study.slug == "one")).one()
        response = other.exec(select(Response).where(Response.study_id == study.id)).one()
        response.answers = {"moment": "later"}
        other.add(response)
        other.commit()
    later = without_history(rows())
    with pytest.raises(BackupError, match="still here"):
        study_archives.bring_back(path)
    assert without_history(rows()) == later
    assert later != before
    study_archives.bring_back(path, replace=True)
    assert without_history(rows()) == before
    assert files.content_of(_digest(b"first words")) == b"first words"


@on_one
def test_another_study_of_that_name_is_never_overwritten(
    session: Session, pair: tuple[Study, Study], tmp_path: Path
) -> None:
    path = tmp_path / "one.zip"
    study_archives.archive("one", path)
    deleting.delete_study(pair[0], typed="one", session=session)
    a_study(session, slug="one")
    session.commit()
    session.close()
    before = rows()
    for replace in (False, True):
        with pytest.raises(BackupError, match="Another study here is called one"):
            study_archives.bring_back(path, replace=replace)
    assert rows() == before


@on_one
def test_who_withdrew_since_stays_gone(
    session: Session, pair: tuple[Study, Study], tmp_path: Path
) -> None:
    path = tmp_path / "one.zip"
    study_archives.archive("one", path)
    person = session.exec(select(Person).where(Person.study_id == pair[0].id)).one()
    key = person.id
    withdraw(session=session, person=person)
    session.commit()
    deleting.delete_study(pair[0], typed="one", session=session)
    assert study_archives.bring_back(path).withdrawn == 1
    with open_session() as other:
        back = other.get_one(Person, key)
        assert back.withdrawn_at is not None
        mine = other.exec(select(Response).where(Response.person_id == key)).all()
        assert mine == []
    with pytest.raises(FileNotFoundError):
        files.content_of(_digest(b"first words"))


@pytest.mark.usefixtures("pair")
def test_an_archive_is_brought_into_another_installation(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "one.zip"
    study_archives.archive("one", path)
    study = session.exec(select(Study).where(Study.slug == "one")).one()
    keys = [each.id for each in family(study, session=session)]
    before = rows(keys)
    session.close()
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'elsewhere.db'}")
    monkeypatch.setenv("DATA_FOLDER", str(tmp_path / "elsewhere"))
    settings_module.settings.cache_clear()
    migrate()
    study_archives.bring_back(path)
    after = rows(keys)
    assert {name: len(each) for name, each in without_history(after).items()} == {
        name: len(each) for name, each in without_history(before).items()
    }
    assert after["response"] == before["response"]
    assert files.content_of(_digest(b"first words")) == b"first words"
    engine().dispose()


@on_one
@pytest.mark.usefixtures("pair")
def test_backups_and_archives_are_not_taken_for_each_other(
    session: Session, tmp_path: Path
) -> None:
    session.close()
    study_archives.archive("one", tmp_path / "one.zip")
    restoring.back_up(tmp_path / "all.zip")
    with pytest.raises(BackupError, match="whole installation"):
        study_archives.bring_back(tmp_path / "all.zip")
    with pytest.raises(BackupError, match="archive of one study"):
        restoring.restore(tmp_path / "one.zip", overwrite=True)


@on_one
def test_a_companion_is_not_archived_alone(pair: tuple[Study, Study], tmp_path: Path) -> None:
    assert pair
    with pytest.raises(StudyError, match="belongs to another study"):
        study_archives.archive("one-audience", tmp_path / "a.zip")


def changed(path: Path, table: str, change: Any) -> Path:
    """Write an archive anew with the rows of a table changed, its checksums right."""
    made = path.with_name(f"changed-{path.name}")
    with ZipFile(path) as old, ZipFile(made, "w") as new:
        manifest = json.loads(old.read("manifest.json"))
        for name in old.namelist():
            content = old.read(name)
            if name == f"rows/{table}.jsonl":
                content = change(content)
                for each in manifest["tables"]:
                    if each["name"] == table:
                        each["sha256"] = _digest(content)
            if name != "manifest.json":
                new.writestr(name, content)
        new.writestr("manifest.json", json.dumps(manifest))
    return made


def test_an_archive_cannot_bring_rows_of_another_study(
    session: Session, pair: tuple[Study, Study], tmp_path: Path
) -> None:
    one, two = pair
    path = tmp_path / "one.zip"
    study_archives.archive("one", path)
    deleting.delete_study(one, typed="one", session=session)
    theirs = session.exec(select(Membership).where(Membership.study_id == two.id)).first()
    assert theirs
    session.close()
    before = rows()

    def smuggle(content: bytes) -> bytes:
        lines = content.decode().splitlines()
        row = json.loads(lines[0]) | {"study_id": str(two.id), "role": "coordinator"}
        return "\n".join([*lines, json.dumps(row | {"id": str(UUID(int=7))})]).encode() + b"\n"

    def collide(content: bytes) -> bytes:
        row = json.loads(content.decode().splitlines()[0])
        return (json.dumps(row | {"id": str(theirs.id)}) + "\n").encode()

    def broken(content: bytes) -> bytes:
        return b'{"id": "no key"}\n' + content

    for change in (smuggle, collide, broken):
        with pytest.raises(BackupError):
            study_archives.bring_back(changed(path, "membership", change))
        assert rows() == before
    assert list(tmp_path.glob("bringing-back-*")) == []


@on_one
def test_devices_of_a_deleted_study_are_out(session: Session, pair: tuple[Study, Study]) -> None:
    deleting.delete_study(pair[0], typed="one", session=session)
    assert session.exec(select(SignIn).where(SignIn.study_id == pair[0].id)).all() == []
