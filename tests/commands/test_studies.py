"""Commands about whole studies: what they say, what they refuse, and that nothing is lost."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlmodel import Session, select
from typer.testing import CliRunner, Result

import manage
from data.closed import ClosedError
from data.database import open_session
from data.tables import Assignment, Person, Questionnaire, Response, Study, Team
from survey.people import enrol
from tests.studies_for_tests import a_study


def run(*words: object) -> Result:
    return CliRunner().invoke(manage.commands, [str(word) for word in words])


def refused(*words: object) -> str:
    result = run(*words)
    assert (result.exit_code, result.stdout) == (1, "")
    assert isinstance(result.exception, SystemExit)
    return result.stderr


def there(slug: str) -> Study:
    with open_session() as other:
        return other.exec(select(Study).where(Study.slug == slug)).one()


on_one = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
"""For what does not depend on the database."""


@on_one
@pytest.mark.usefixtures("session")
def test_a_study_is_begun_from_a_template_or_empty() -> None:
    made = run("create-study", "film", "--template", "ai-film-set", "--start", "2026-03-01")
    assert made.stdout == "film is there.\n"
    film = there("film")
    assert (film.start, film.end) == (date(2026, 3, 1), date(2026, 3, 30))
    assert film.design["events"][0]["day"] == "2026-03-01"
    assert run("create-study", "empty", "--title", "Leer", "--language", "de").exit_code == 0
    assert there("empty").texts["title"] == {"de": "Leer"}
    assert "no template nothing" in refused("create-study", "x", "--template", "nothing")
    assert "already a study called empty" in refused("create-study", "empty")
    assert "no day" in refused("create-study", "x", "--start", "soon")
    assert "lies before" in refused(
        "create-study", "x", "--start", "2026-02-02", "--end", "2026-02-01"
    )
    assert "no time zone" in refused("create-study", "x", "--time-zone", "Mars")
    assert "cannot be called" in refused("create-study", "No name")


@on_one
def test_a_copy_asks_the_same_of_nobody_yet(session: Session) -> None:
    source = a_study(session)
    session.add(
        Study(
            slug="test-call", kind="call", parent_id=source.id, start=source.start,
            end=source.end, time_zone="UTC",
        )
    )  # fmt: skip
    session.commit()
    assert run("copy-study", "test", "next", "--start", "2027-06-01").exit_code == 0
    copy = there("next")
    assert (copy.start, copy.end) == (date(2027, 6, 1), date(2027, 6, 30))
    assert there("next-call").parent_id == copy.id
    for kind, count in ((Team, 1), (Questionnaire, 1), (Assignment, 1), (Person, 0), (Response, 0)):
        found = session.exec(select(kind).where(kind.study_id == copy.id)).all()
        assert len(found) == count, kind
    assert "belongs to another study" in refused("copy-study", "test-call", "x")
    listed = run("studies").stdout
    assert "test  2026-06-01 to 2026-06-30  1 people  is over  with test-call" in listed
    assert "test-call  " not in listed


@on_one
def test_a_closed_study_is_read_and_not_written(session: Session) -> None:
    study = a_study(session)
    session.commit()
    assert run("close-study", "test").stdout == "test is closed.\n"
    assert run("close-study", "test").stdout == "test is closed already.\n"
    session.expire_all()
    with pytest.raises(ClosedError):
        enrol(session=session, study=study, code="P02")
    session.rollback()
    assert run("reopen-study", "test").stdout == "test is open.\n"
    session.expire_all()
    enrol(session=session, study=study, code="P02")


def test_a_deleted_study_leaves_a_receipt_and_comes_back(session: Session, tmp_path: Path) -> None:
    a_study(session)
    session.commit()
    session.close()
    archive, receipt = tmp_path / "test.zip", tmp_path / "receipt.txt"
    assert run("archive-study", "test", archive).stdout.startswith(f"{archive} is written: ")
    assert "no folder" in refused("archive-study", "test", tmp_path / "no" / "x.zip")
    assert "say --yes-delete test" in refused("delete-study", "test")
    assert "type its short name" in refused("delete-study", "test", "--yes-delete", "tset")
    done = run("delete-study", "test", "--yes-delete", "test", "--receipt", receipt)
    assert done.stdout == receipt.read_text(encoding="utf-8")
    assert "  person: 1\n" in done.stdout
    assert run("studies").stdout == ""
    assert run("studies", "--deleted").stdout.startswith("test  deleted ")
    assert run("restore-study", archive).stdout.startswith("test is back as it was at ")
    assert "still here" in refused("restore-study", archive)
    assert run("restore-study", archive, "--replace").exit_code == 0
    archive.write_bytes(archive.read_bytes()[:-50])
    assert "damaged" in refused("restore-study", archive)
