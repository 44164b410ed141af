"""The people file: every mistake with its row and column, and nothing changed by a bad one."""

from __future__ import annotations

from contextlib import suppress
from io import BytesIO

from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from sqlmodel import Session, select

from data.tables import AuditEvent, Membership, Person
from survey.people import PeopleError, import_people, names_of, read_people
from tests.studies_for_tests import a_study

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


def test_reading_names_is_remembered(session: Session) -> None:
    study = a_study(session)
    names = names_of(session=session, study_id=study.id, account_id=None, purpose="test")
    assert names == {"P01": ["王小明"]}
    event = session.exec(select(AuditEvent).where(AuditEvent.action == "names.read")).one()
    assert event.details == {"purpose": "test"}
