"""A study as a folder."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from sqlmodel import Session, func, select

from data.tables import Assignment, Interview, Response, Study
from settings import ROOT
from survey.study_folder import StudyFolderError, import_study, read_study

TEMPLATE = ROOT / "studies" / "ai-film-set"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(TEMPLATE, tmp_path / "study"))


def refused(folder: Path) -> list[str]:
    with pytest.raises(StudyFolderError) as error:
        read_study(folder)
    return [str(message) for message in error.value.messages]


def test_the_template_makes_an_empty_study(session: Session) -> None:
    study = import_study(read_study(TEMPLATE), session=session)
    session.commit()
    assert not study.invented
    names = session.exec(
        select(Assignment.questionnaire).where(Assignment.study_id == study.id)
    ).all()
    assert set(names) == {"daily", "take", "budget", "tasks"}
    assert session.exec(select(func.count()).select_from(Response)).one() == 0


def test_the_demo_brings_its_month_and_says_it_is_invented(session: Session) -> None:
    study = import_study(read_study(ROOT / "studies" / "demo"), session=session)
    session.commit()
    assert study.invented
    assert session.exec(select(func.count()).select_from(Response)).one() > 600
    assert session.exec(select(func.count()).select_from(Interview)).one() == 6


def test_the_demo_moved_to_today_leaves_the_future_open(session: Session) -> None:
    ending = date(2030, 1, 31)
    study = import_study(read_study(ROOT / "studies" / "demo"), session=session, ending=ending)
    assert study.end == ending
    assert session.exec(select(func.count()).select_from(Response)).one() == 0


def test_a_study_is_not_imported_twice(session: Session) -> None:
    import_study(read_study(TEMPLATE), session=session)
    with pytest.raises(StudyFolderError, match="already a study"):
        import_study(read_study(TEMPLATE), session=session)
    session.rollback()
    assert session.exec(select(Study)).all() == []


def test_a_folder_without_description_is_named(tmp_path: Path) -> None:
    assert "holds no study.toml" in refused(tmp_path)[0]


def test_broken_toml_is_named_with_its_line(folder: Path) -> None:
    (folder / "study.toml").write_text("[study\n", encoding="utf-8")
    assert "line 1" in refused(folder)[0]


def test_a_wrong_value_is_named_with_its_place(folder: Path) -> None:
    path = folder / "study.toml"
    text = path.read_text(encoding="utf-8").replace("Asia/Shanghai", "Moon/Base")
    path.write_text(text, encoding="utf-8")
    assert any("study.time_zone" in line and "Moon/Base" in line for line in refused(folder))


def test_mistakes_in_several_files_are_named_together(folder: Path) -> None:
    (folder / "people.csv").write_text("code,team\nP1,Z\n", encoding="utf-8")
    daily = folder / "questionnaires" / "daily.md"
    text = daily.read_text(encoding="utf-8").replace("'yes'", "'yes")
    daily.write_text(text, encoding="utf-8")
    found = refused(folder)
    assert any(line.startswith("people.csv, row 2, column team") for line in found)
    assert any(line.startswith("questionnaires/daily.md") and "row" in line for line in found)


def test_an_assigned_questionnaire_must_be_there(folder: Path) -> None:
    (folder / "questionnaires" / "take.md").unlink()
    assert any("questionnaires/take.md" in line for line in refused(folder))


def test_an_impossible_answer_is_named_with_its_row_and_nothing_is_kept(
    session: Session, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(ROOT / "studies" / "demo", tmp_path / "demo"))
    lines = folder / "responses" / "daily.jsonl"
    first = lines.read_text(encoding="utf-8").splitlines()[0]
    lines.write_text(first.replace('"mood": ', '"mood": 1'), encoding="utf-8")
    with pytest.raises(StudyFolderError, match=r"daily\.jsonl, row 1"):
        import_study(read_study(folder), session=session)
    session.rollback()
    assert session.exec(select(Study)).all() == []
