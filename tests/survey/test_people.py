"""The people file: every mistake with its row and column, and nothing changed by a bad one."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from sqlmodel import Session, select

from data.tables import AuditEvent, Membership, Person, Team
from data.tables.base import now
from survey.people import PersonError, edit_person, enrol, names_of
from survey.people_file import PeopleError, doubts, read_people
from survey.people_import import Difference, import_people
from survey.teams import own_stays
from tests.studies_for_tests import a_study

SHANGHAI = ZoneInfo("Asia/Shanghai")
HEAD = "code,name,nicknames,team,role,nationalities,languages,time_zone,email\n"


def read(text: str) -> list[str]:
    try:
        read_people("people.csv", text.encode(), teams=["A"])
    except PeopleError as error:
        return [str(message) for message in error.messages]
    return []


def test_every_mistake_is_named_with_row_and_column() -> None:
    assert read(HEAD + "P1,,,A,,,,,\n\nP1,,,Z,,,,Mars/Base,\n,x,,,,,,,\n") == [
        "people.csv, row 4, column code: P1 is already in row 2.",
        "people.csv, row 4, column team: there is no team Z. There are A.",
        "people.csv, row 4, column time_zone: Mars/Base is no time zone. "
        "Write it like Asia/Shanghai.",
        "people.csv, row 5, column code: a code is missing.",
    ]


def test_a_misspelt_column_is_named() -> None:
    assert "unknown columns nationality" in read("code,nationality\nP1,CN\n")[0]


def test_values_are_read_the_way_spreadsheets_save_them() -> None:
    text = HEAD.replace(",", ";") + "P1;王小明;小明；明明;A;;cn;zh-CN;;\n"
    for encoding in ("utf-8-sig", "gb18030", "utf-16"):
        entry = read_people("people.csv", text.encode(encoding), teams=["A"])[0]
        assert (entry.name, entry.languages, entry.nationalities) == (
            "王小明",
            ["zh-Hans"],
            ["CN"],
        )


@pytest.mark.parametrize("name", ["朱镕基", "陶喆", "邓婕", "张伟;李娜", "闫妮", "王小明；Jürgen"])
def test_chinese_names_are_read_from_an_older_spreadsheet(name: str) -> None:
    content = f"code,name\nP1,{name}\nP2,Ana\n".encode("gb18030")
    assert read_people("people.csv", content, teams=[])[0].name == name


@pytest.mark.parametrize(
    ("name", "encoding"),
    [
        ("Jürgen Müller", "cp1252"),
        ("Åsa Öberg", "cp1252"),
        ("Größe", "cp1252"),
        ("Zoë", "cp1252"),
        ("Łukasz", "cp1250"),
        ("Иван Петров", "cp1251"),
        ("김민수", "cp949"),
    ],
)
def test_a_name_is_never_spoilt_by_guessing_its_encoding(name: str, encoding: str) -> None:
    content = f"code,name\nP1,{name}\nP2,Ana\n".encode(encoding)
    with pytest.raises(PeopleError, match="save it as CSV"):
        read_people("people.csv", content, teams=[])


def test_what_does_not_fit_the_headings_is_named_with_its_row() -> None:
    assert "row 3: there are more cells" in read("code,name,team\nP1,Ana,A\nP2,Muller, Bo,A\n")[0]
    assert "row 2: there are more cells" in read("code,,name\nP1,what,Ana\n")[0]
    assert "the column name is there twice" in read("code,name,Name\nP1,Ana,Bo\n")[0]
    assert read("code,name,,\nP1,Ana,,\nP2\n") == []


def test_what_no_database_keeps_is_named_with_its_row() -> None:
    assert "row 2, column code" in read(f"code\n{'P' * 41}\n")[0]
    assert "row 2" in read("code,name\nP1,A\0na\n")[0]


def _packed(parts: dict[str, bytes]) -> bytes:
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as archive:
        for name, inside in parts.items():
            archive.writestr(name, inside)
    return content.getvalue()


def test_a_broken_or_swollen_workbook_is_refused() -> None:
    book = Workbook()
    whole = BytesIO()
    book.save(whole)
    with ZipFile(whole) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    for inside in (b"<worksheet><sheetData><row", bytes(80_000_000)):
        with pytest.raises(PeopleError, match="not an Excel file"):
            read_people("p.xlsx", _packed({**parts, sheet: inside}), teams=[])


def test_excel_is_read_too() -> None:
    book = Workbook()
    book.active.append(["Code", "Name", "Nationalities"])  # type: ignore[union-attr] # a new book has a sheet
    book.active.append(["P1", "Ana", "ES;CN"])  # type: ignore[union-attr] # as above
    content = BytesIO()
    book.save(content)
    entry = read_people("people.xlsx", content.getvalue(), teams=[])[0]
    assert (entry.code, entry.nationalities) == ("P1", ["ES", "CN"])


@given(st.binary(max_size=400))
def test_no_file_brings_anything_but_a_sentence(content: bytes) -> None:
    for name in ("people.csv", "people.xlsx"):
        with suppress(PeopleError):
            read_people(name, content, teams=[])


def test_importing_again_changes_what_changed_and_removes_nobody(session: Session) -> None:
    study = a_study(session)
    first = read_people("p.csv", (HEAD + "P02,Ana,,A,,,,,\nP03,Bo,,A,,,,,\n").encode(), teams=["A"])
    assert import_people(first, session=session, study=study).new == ["P02", "P03"]
    second = read_people("p.csv", (HEAD + "P02,Ana,,A,editor,,,,\n").encode(), teams=["A"])
    change = import_people(second, session=session, study=study)
    assert (change.new, change.changed) == ([], ["P02"])
    assert len(session.exec(select(Person)).all()) == 3
    assert len(session.exec(select(Membership)).all()) == 3


def test_a_file_with_fewer_columns_leaves_the_rest_alone(session: Session) -> None:
    study = a_study(session)
    short = read_people("p.csv", b"code,languages\nP01,de\n", teams=["A"])
    assert import_people(short, session=session, study=study).changed == ["P01"]
    person = session.exec(select(Person)).one()
    assert (person.name, person.nationalities, person.languages) == ("王小明", ["CN", "DE"], ["de"])
    assert (person.team_id is not None, person.time_zone) == (True, "Asia/Shanghai")


def test_an_empty_cell_of_a_column_that_is_there_empties(session: Session) -> None:
    study = a_study(session)
    import_people(
        read_people("p.csv", b"code,team\nP01,\n", teams=["A"]), session=session, study=study
    )
    assert session.exec(select(Person)).one().team_id is None


def test_nothing_is_written_about_somebody_who_withdrew(session: Session) -> None:
    study = a_study(session)
    person = session.exec(select(Person)).one()
    person.name, person.withdrawn_at = "", now()
    session.add(person)
    again = read_people("p.csv", "code,name\nP01,王小明\n".encode(), teams=["A"])
    assert import_people(again, session=session, study=study).same == ["P01"]
    assert session.exec(select(Person)).one().name == ""


def test_reading_names_is_remembered(session: Session) -> None:
    study = a_study(session)
    names = names_of(session=session, study_id=study.id, account_id=None, purpose="test")
    assert names == {"P01": ["王小明"]}
    event = session.exec(select(AuditEvent).where(AuditEvent.action == "names.read")).one()
    assert event.details == {"purpose": "test"}


def test_a_preview_says_what_changes_of_whom_and_changes_nothing(session: Session) -> None:
    study = a_study(session)
    session.add(Team(study_id=study.id, code="B"))
    session.commit()
    text = "code,name,team,nationalities\nP01,李四,B,DE\nP02,Ana,A,\n"
    entries = read_people("p.csv", text.encode(), teams=["A", "B"])
    preview = import_people(entries, session=session, study=study)
    assert preview.new == ["P02"]
    assert preview.differences == {
        "P01": [
            Difference("name", "王小明", "李四"),
            Difference("team", "A", "B"),
            Difference("nationalities", "CN; DE", "DE"),
        ]
    }
    session.rollback()
    assert import_people(entries, session=session, study=study).changed == ["P01"]
    session.commit()
    assert import_people(entries, session=session, study=study).same == ["P01", "P02"]


def test_another_team_in_the_file_is_a_move_of_today(session: Session) -> None:
    study = a_study(session)
    study.start = date(2020, 1, 1)
    session.add(Team(study_id=study.id, code="B"))
    session.flush()
    entries = read_people("p.csv", b"code,team\nP01,B\n", teams=["A", "B"])
    import_people(entries, session=session, study=study)
    person = session.exec(select(Person)).one()
    stays = own_stays(session=session, person=person)
    assert [since for since, _ in stays] == [study.start, datetime.now(SHANGHAI).date()]
    assert session.get_one(Team, person.team_id).code == "B"


def test_what_may_be_meant_otherwise_is_named_with_row_and_column() -> None:
    text = HEAD + "P1,,,,,CN;XX;China,zh;english,,a@b\nP2,,,,,DE,de;yue,,ana@example.org\n"
    entries = read_people("p.csv", text.encode(), teams=[])
    assert [str(message).split(":")[0] for message in doubts("p.csv", entries)] == [
        "p.csv, row 2, column nationalities",
        "p.csv, row 2, column nationalities",
        "p.csv, row 2, column languages",
        "p.csv, row 2, column email",
    ]


def test_a_person_is_changed_on_the_screen_and_the_history_holds_no_name(
    session: Session,
) -> None:
    a_study(session)
    person = session.exec(select(Person)).one()
    facts: dict[str, Any] = {"name": "李四", "role": "editor", "languages": ["zh-Hans"]}
    assert edit_person(session=session, person=person, **facts) == ["name", "role"]
    assert edit_person(session=session, person=person, **facts) == []
    event = session.exec(select(AuditEvent).where(AuditEvent.action == "person.changed")).one()
    assert event.details == {"columns": "name, role"}
    person.withdrawn_at = now()
    with pytest.raises(PersonError, match="withdrew"):
        edit_person(session=session, person=person, name="王小明")


def test_somebody_is_added_by_hand_once(session: Session) -> None:
    study = a_study(session)
    added = enrol(session=session, study=study, code="P02")
    assert (added.time_zone, added.team_id) == ("Asia/Shanghai", None)
    event = session.exec(select(AuditEvent).where(AuditEvent.action == "person.added")).one()
    assert event.subject_id == added.id
    for code, said in (("P02", "already somebody"), ("", "a code"), ("P" * 41, "a code")):
        with pytest.raises(PersonError, match=said):
            enrol(session=session, study=study, code=code)


def test_one_visit_to_the_names_is_written_down_once(session: Session) -> None:
    study = a_study(session)
    account = session.exec(select(Membership.account_id)).one()
    for purpose in ("review", "review", "speakers", "review"):
        names_of(session=session, study_id=study.id, account_id=account, purpose=purpose)
    session.flush()
    events = session.exec(select(AuditEvent).where(AuditEvent.action == "names.read")).all()
    assert sorted(event.details["purpose"] for event in events) == ["review", "speakers"]
