"""The operator's commands: what is refused is said, ends with status 1 and changes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlmodel import Session, select
from typer.testing import CliRunner, Result

import manage
from data.database import open_session
from data.tables import Membership, Person, Study
from tests.studies_for_tests import a_study

TALK = "I: How was it?\nMei: Quiet.\nI: Why?\nMei: Nobody waited.\n"


def run(*words: object) -> Result:
    return CliRunner().invoke(manage.commands, [str(word) for word in words])


def refused(*words: object) -> str:
    result = run(*words)
    assert (result.exit_code, result.stdout) == (1, "")
    assert isinstance(result.exception, SystemExit)
    return result.stderr


@pytest.fixture
def talk(tmp_path: Path) -> Path:
    path = tmp_path / "talk.txt"
    path.write_text(TALK, encoding="utf-8")
    return path


def test_interviews_that_are_not_there_make_no_study(session: Session, tmp_path: Path) -> None:
    assert "cannot be read" in refused("import-interviews", tmp_path / "no", "--study", "new")
    (tmp_path / "empty").mkdir()
    assert "no files" in refused("import-interviews", tmp_path / "empty", "--study", "new")
    assert session.exec(select(Study)).all() == []


def test_a_study_is_called_as_its_folder_may_call_it(session: Session, talk: Path) -> None:
    assert "cannot be called My study" in refused("import-interviews", talk, "--study", "My study")
    assert session.exec(select(Study)).all() == []


def test_bringing_says_how_many_were_brought(session: Session, talk: Path) -> None:
    first = run("import-interviews", talk, "--study", "new")
    assert first.stdout == "Interviews brought into new: 1.\n"
    second = talk.rename(talk.with_name("second.txt"))
    assert run("import-interviews", second, "--study", "new").stdout.endswith(": 1.\n")
    people = session.exec(select(Person.id)).all()
    let_in = session.exec(select(Membership.person_id).where(Membership.role == "participant"))
    assert set(let_in) == set(people)


@pytest.mark.usefixtures("session")
def test_a_folder_is_brought_with_the_folders_in_it(talk: Path) -> None:
    for name in ("june/p01.txt", "july/p01.txt", ".hidden", "june/~$p01.docx", ".git/notes.txt"):
        file = talk.parent / "talks" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(talk.read_bytes())
    brought = run("import-interviews", talk.parent / "talks", "--study", "new")
    assert brought.stdout == "Interviews brought into new: 2.\n"


def test_people_are_imported_or_their_mistakes_said(session: Session, tmp_path: Path) -> None:
    a_study(session)
    session.commit()
    file = tmp_path / "people.csv"
    file.write_text("code,role\nP01,editor\nP02,actor\n", encoding="utf-8")
    assert run("import-people", file).stdout == "1 new, 1 changed, 0 as they were.\n"
    file.write_bytes("code,name\nP01,Jürgen\n".encode("cp1252"))
    assert "save it as CSV" in refused("import-people", file)
    assert "cannot be read" in refused("import-people", tmp_path)


def test_a_folder_that_holds_no_study_is_named(session: Session, tmp_path: Path) -> None:
    assert "is no study folder" in refused("import-study", tmp_path / "no")
    assert session.exec(select(Study)).all() == []


def test_where_the_chapter_goes_is_looked_at_before_it_is_written(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_study(session)
    session.commit()

    def too_early(*_: object, **__: object) -> bytes:
        raise AssertionError

    monkeypatch.setattr("nlp.chapter.write", too_early)
    assert "There is no folder" in refused("chapter", "--out", tmp_path / "no" / "x.docx")
    assert ".docx, .html or .md" in refused("chapter", "--out", tmp_path / "x.pdf")
    monkeypatch.setattr("nlp.chapter.write", lambda *_, **__: b"words")
    (tmp_path / "taken.md").mkdir()
    assert "cannot be written" in refused("chapter", "--out", tmp_path / "taken.md")
    assert run("chapter", "--out", tmp_path / "x.MD").exit_code == 0
    assert (tmp_path / "x.MD").read_bytes() == b"words"


def test_an_export_is_written_and_read_back(session: Session, tmp_path: Path) -> None:
    a_study(session)
    session.commit()
    out = tmp_path / "export.zip"
    assert "can be csv" in refused("export", "--out", out, "--format", "pdf")
    assert "no folder" in refused("export", "--out", tmp_path / "no" / "export.zip")
    assert run("export", "test", "--out", out, "--format", "spss").stdout.endswith("is written.\n")
    assert "as it was written" in run("check-export", out).stdout
    out.write_bytes(out.read_bytes()[:-40])
    assert "damaged" in refused("check-export", out)


def test_a_backup_is_put_back_only_when_told(session: Session, tmp_path: Path) -> None:
    a_study(session)
    session.commit()
    session.close()
    out = tmp_path / "backup.zip"
    assert run("backup", out).stdout.startswith(f"{out} is written: ")
    assert "--overwrite" in refused("restore", out)
    assert run("restore", out, "--overwrite").stdout.startswith("Restored as it was at ")
    assert "cannot be read" in refused("restore", tmp_path / "none.zip")
    with open_session() as again:
        assert again.exec(select(Study.slug)).all() == ["test"]
