"""A study as a folder."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from sqlmodel import Session, func, select

from data.tables import Assignment, Interview, Person, Response, Study
from settings import ROOT
from survey import questionnaires
from survey.filling import Filling
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


@pytest.mark.parametrize("hour", ["21:30", ""])
def test_a_study_says_when_people_are_reminded(folder: Path, session: Session, hour: str) -> None:
    change(folder / "study.toml", "threshold = 3", f'threshold = 3\nremind_at = "{hour}"')
    assert import_study(read_study(folder), session=session).remind_at == hour


@pytest.mark.parametrize(("said", "hidden"), [("", True), ("[coding]\nhide_groups = false", False)])
def test_a_study_says_whether_coders_see_who_it_is(
    folder: Path, session: Session, said: str, hidden: bool
) -> None:
    change(folder / "study.toml", "[consent]", f"{said}\n[consent]")
    study = import_study(read_study(folder), session=session)
    assert study.design["coding"] == {"hide_groups": hidden}
    change(folder / "study.toml", "[consent]", "[coding]\nhide = true\n[consent]")
    assert any("coding" in message for message in refused(folder))


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


TALK = "I: How was it?\nMei: Quiet.\nI: Why?\nMei: Nobody waited.\n"
LISTED = """
[[interviews]]
file = "talk.txt"
person = "P1"
date = 2027-06-02
language = "en"
"""


@pytest.fixture
def peopled(folder: Path) -> Path:
    """Put two people and an interview into the template."""
    people = "code,team,role\nP1,A,producer\nP2,B,traditional director\nP3,B,AI creator\n"
    (folder / "people.csv").write_text(people, encoding="utf-8")
    (folder / "interviews").mkdir()
    (folder / "interviews" / "talk.txt").write_text(TALK, encoding="utf-8")
    (folder / "interviews" / "interviews.toml").write_text(LISTED, encoding="utf-8")
    return folder


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def answer(folder: Path, *lines: Mapping[str, object]) -> None:
    (folder / "responses").mkdir(exist_ok=True)
    text = "\n".join(json.dumps(line, ensure_ascii=False) for line in lines)
    (folder / "responses" / "tasks.jsonl").write_text(text + "\n", encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('questionnaire = "take"', 'questionnaire = "daily"', "assignments: daily is there twice"),
        ('code = "B"', 'code = "A"', "teams: A is there twice"),
        ("/data/today/decision", "/data/nonexisting", "/data/nonexisting is not a question"),
        ("/data/today/decision", "/data/today", "/data/today is not a question"),
        ("/data/today/decision", "data/today/decision", "is not a question"),
        ('opens = "18:00"', 'opens = "18:00+08:00"', "write it like 18:00"),
        ("threshold = 3", 'remind_at = "25:00"', "25:00 is no time of day"),
        ("threshold = 3", 'remind_at = "24:00"', "write 00:00 for midnight"),
        ('schedule = "daily"', 'schedule = "days"', "needs a list of days"),
        ("roles = []", 'roles = ["nobody"]', "nobody has the role nobody"),
    ],
)
def test_a_description_that_would_fail_later_is_refused(
    peopled: Path, old: str, new: str, sentence: str
) -> None:
    change(peopled / "study.toml", old, new)
    assert any(sentence in line for line in refused(peopled))


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('"talk.txt"', '"."', "no such file"),
        ('"talk.txt"', '"../people.csv"', "outside of the study folder"),
        ('"talk.txt"', '"/etc/hostname"', "outside of the study folder"),
        ('"talk.txt"', '"a\\u0000b"', "no such file"),
        ('"P1"', '"P9"', "P9 is neither the code of a person"),
        ('language = "en"', 'language = "en"\nspeakers.Mei = "P9"', "talk.txt: P9 is neither"),
    ],
)
def test_an_interview_that_cannot_be_taken_is_named(
    peopled: Path, old: str, new: str, sentence: str
) -> None:
    change(peopled / "interviews" / "interviews.toml", old, new)
    assert any(sentence in line for line in refused(peopled))


def test_the_one_speaker_nobody_explains_is_the_person_who_was_asked(
    session: Session, peopled: Path
) -> None:
    import_study(read_study(peopled), session=session)
    asked = session.exec(select(Person).where(Person.code == "P1")).one()
    assert session.exec(select(Interview)).one().speakers == {
        "I": {"role": "interviewer"},
        "Mei": {"person": str(asked.id)},
    }


@pytest.mark.parametrize(
    "name",
    ["study.toml", "responses/daily.jsonl", "interviews/interviews.toml", "consent/en.md"],
)
def test_a_file_in_an_older_encoding_is_named(peopled: Path, name: str) -> None:
    path = peopled / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes("# Jürgen\n".encode("latin-1"))
    assert any(f"{path.name} is not UTF-8 text" in line for line in refused(peopled))


def test_lines_end_where_files_end_them_and_not_within_an_answer(peopled: Path) -> None:
    said = "one\u2028two"
    answer(peopled, {"person": "P1", "day": "2027-06-01", "answers": {"tasks": said}})
    assert read_study(peopled).responses["tasks"][1].answers == {"tasks": said}


def test_an_answer_outside_of_the_study_is_named_with_its_row(peopled: Path) -> None:
    first = {"person": "P1", "day": "2027-06-01", "answers": {}}
    answer(peopled, first, {**first, "day": "2026-06-01"})
    assert "row 2: 2026-06-01 lies outside of the study" in refused(peopled)[0]


def test_a_second_entry_with_other_answers_is_named_with_its_row(peopled: Path) -> None:
    change(peopled / "study.toml", 'schedule = "daily"', 'schedule = "open"')
    text = (peopled / "study.toml").read_text(encoding="utf-8")
    start = text.index('questionnaire = "tasks"')
    text = text[:start] + text[start:].replace('"open"', '"daily"', 1)
    (peopled / "study.toml").write_text(text, encoding="utf-8")
    line = {"person": "P1", "day": "2027-06-01", "answers": {"a": 1}}
    answer(peopled, line, line, {**line, "answers": {"a": 2}})
    (found,) = refused(peopled)
    assert "row 3: the entry of P1 for 2027-06-01 is already in row 1" in found


def test_what_is_no_json_is_named_with_its_row(peopled: Path) -> None:
    (peopled / "responses").mkdir()
    rows = ["{", "[" * 100_000, "9" * 5_000]
    (peopled / "responses" / "tasks.jsonl").write_text("\n\n".join(rows), encoding="utf-8")
    assert [line.split(":")[0].rpartition(" ")[2] for line in refused(peopled)] == ["1", "3", "5"]


def test_an_ending_counts_in_capitals_too(folder: Path) -> None:
    (folder / "questionnaires" / "daily.md").rename(folder / "questionnaires" / "daily.MD")
    (folder / "consent" / "de.md").rename(folder / "consent" / "de.MD")
    study = read_study(folder)
    assert "daily.MD" in study.questionnaires
    assert "de" in study.consent


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


LENS = """
| survey |
|  | type                            | name | label |
|  | select_one_from_file lenses.csv | lens | Lens  |
"""


def test_a_questionnaire_brings_its_lists_and_pictures(folder: Path, session: Session) -> None:
    (folder / "questionnaires" / "lens.md").write_text(LENS, encoding="utf-8")
    material = folder / "questionnaires" / "lens"
    material.mkdir()
    (material / "lenses.csv").write_text("name,label\nl35,35 mm\n", encoding="utf-8")
    (material / "notes.txt").write_text("for ourselves", encoding="utf-8")
    study = import_study(read_study(folder), session=session)
    lens = questionnaires.latest(session=session, study_id=study.id, name="lens")
    assert lens is not None
    assert list(lens.files) == ["lenses.csv"]
    filling = Filling(questionnaires.form_of(lens))
    assert [offer.name for offer in filling.choices("/data/lens")] == ["l35"]
