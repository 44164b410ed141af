"""Making a call and reading its numbers by command."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlmodel import Session, select
from typer.testing import CliRunner, Result

import manage
from data.tables import Call, Study
from settings import ROOT
from tests.applying_for_tests import applied
from tests.studies_for_tests import a_study

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
SHIPPED = ROOT / "studies" / "ai-film-set" / "call"


def run(*words: object) -> Result:
    return CliRunner().invoke(manage.commands, [str(word) for word in words])


def test_a_call_is_made_once_and_its_numbers_are_printed(session: Session) -> None:
    a_study(session)
    session.commit()
    assert "no call" in run("funnel").stdout
    assert run("make-call", SHIPPED).stdout.startswith("test-call is there.")
    again = run("make-call", SHIPPED, "--study", "test")
    assert (again.exit_code, again.stdout) == (1, "")
    call = session.exec(select(Call)).one()
    assert not call.open
    assert session.get_one(Study, call.study_id).kind == "call"
    assert "applied    0" in run("funnel").stdout


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("call.toml", "opens = 2027-01-01", "closes"),
        ("call.toml", "opens = ", "call.toml"),
        ("application.md", "| survey |\n| | type | name |\n| | nonsense | a |", "application.md"),
        ("application.md", None, "no application form"),
    ],
)
def test_every_mistake_in_the_folder_is_said(
    session: Session, tmp_path: Path, name: str, content: str | None, told: str
) -> None:
    a_study(session)
    session.commit()
    for path in (SHIPPED / "call.toml", SHIPPED / "application.md"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    if content is None:
        (tmp_path / name).unlink()
    else:
        (tmp_path / name).write_text(content, encoding="utf-8")
    result = run("make-call", tmp_path)
    assert result.exit_code == 1
    assert told in result.stderr
    assert session.exec(select(Call)).all() == []


def test_the_form_that_ships_is_one_that_applicants_can_fill(session: Session) -> None:
    from survey.study_folder.call_folder import import_call, read_call

    study = a_study(session)
    call = import_call(
        read_call(SHIPPED),
        session=session,
        parent=study,
        opens=study.start,
        closes=study.end,
    )
    application = applied(session, call, 1, languages=["de"], adult="OK")
    assert application.state == "sent"
