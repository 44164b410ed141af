"""Files as Taguette and QualCoder write them."""

from __future__ import annotations

import sqlite3
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import Workbook

from nlp.exchange.guids import guid_of
from nlp.exchange.opening import read
from nlp.exchange.qdpx import read_qdpx
from nlp.exchange.refusal import ExchangeError

SCHEMA = """
CREATE TABLE projects (id INTEGER PRIMARY KEY, name TEXT, description TEXT, created TEXT);
CREATE TABLE documents (id INTEGER PRIMARY KEY, name TEXT, description TEXT, filename TEXT, created TEXT,
    project_id INTEGER, text_direction TEXT, contents TEXT);
CREATE TABLE highlights (id INTEGER PRIMARY KEY, document_id INTEGER, start_offset INTEGER, end_offset INTEGER, snippet TEXT);
CREATE TABLE tags (id INTEGER PRIMARY KEY, project_id INTEGER, path TEXT, description TEXT);
CREATE TABLE highlight_tags (highlight_id INTEGER, tag_id INTEGER);
CREATE TABLE commands (id INTEGER PRIMARY KEY, date TEXT, user_login TEXT, project_id INTEGER, document_id INTEGER, payload TEXT);
INSERT INTO projects VALUES (1, 'A film', 'About it', '2026-06-01 10:00:00.123456');
INSERT INTO tags VALUES (1, 1, 'film', 'All of it'), (2, 1, 'film.light', ''), (3, 1, 'v1.2', 'a' || char(0) || 'b');
"""
HTML = "<h1>Talk 😀</h1><p>真情 <b>and</b> light &amp; 𠮷野家.</p>\n<p>The&nbsp;end</p>"
BETWEEN = "Talk 😀真情 and light & 𠮷野家.\nThe\u00a0end"


def place(words: str) -> tuple[int, int]:
    start = len(BETWEEN[: BETWEEN.index(words)].encode())
    return start, start + len(words.encode())


@pytest.fixture
def taguette(tmp_path: Path) -> bytes:
    path = tmp_path / "project.sqlite3"
    base = sqlite3.connect(path)
    base.executescript(SCHEMA)
    base.execute(
        "INSERT INTO documents VALUES (1, 'Talk', '', 't.html', '2026-06-02 08:00:00', 1, 'LEFT_TO_RIGHT', ?)",
        (HTML,),
    )
    marked = [
        (1, *place("真情 and light"), "<p>真情 <b>and</b> light</p>"),
        (2, *place("𠮷野家"), "𠮷野家"),
        (3, 1, 5, "wrong"),
    ]
    base.executemany("INSERT INTO highlights VALUES (?, 1, ?, ?, ?)", marked)
    base.executemany("INSERT INTO highlight_tags VALUES (?, ?)", [(1, 2), (1, 3), (2, 1), (3, 1)])
    payload = '{"type": "highlight_add", "highlight_id": 1, "start_offset": 0}'
    base.execute(
        "INSERT INTO commands VALUES (1, '2026-06-03 09:00:00', 'admin', 1, 1, ?)", (payload,)
    )
    base.commit()
    base.close()
    return path.read_bytes()


def test_a_taguette_project_is_read_with_its_bytes_as_characters(taguette: bytes) -> None:
    reading = read("project.sqlite3", taguette)
    project = reading.project
    [source] = project.sources
    assert source.text == "Talk 😀\n真情 and light & 𠮷野家.\nThe\u00a0end"
    assert [source.text[s.start : s.end] for s in project.selections] == [
        "真情 and light",
        "𠮷野家",
    ]
    assert [len(s.codings) for s in project.selections] == [2, 1]
    assert [(code.name, [child.name for child in code.children]) for code in project.codes] == [
        ("film", ["light"]),
        ("v1.2", []),
    ]
    assert [user.name for user in project.users] == ["admin"]
    assert project.codes[1].description == "a\ufffdb"
    assert project.selections[0].codings[0].made_at is not None
    assert [message.text for message in reading.left] == [
        "“{name}”, {start}–{end}: positions and words do not agree."
    ]


def test_taguette_files_that_are_other_databases_are_refused(
    taguette: bytes, tmp_path: Path
) -> None:
    path = tmp_path / "other.sqlite3"
    for statement in (
        "CREATE VIEW v AS SELECT * FROM tags",
        "DROP TABLE commands",
        "INSERT INTO projects VALUES (2, 'b', '', '')",
    ):
        path.write_bytes(taguette)
        base = sqlite3.connect(path)
        base.execute(statement)
        base.commit()
        base.close()
        with pytest.raises(ExchangeError):
            read("other.sqlite3", path.read_bytes())
    for end in (200, 5_000, len(taguette) // 2):
        with pytest.raises(ExchangeError):
            read("cut.sqlite3", taguette[:end])


def test_a_table_of_highlights_is_read_from_excel_and_csv() -> None:
    rows = [("id", "document", "tag", "content"), ("1", "Talk", "film.light", "真情 😀"), ("1", "Talk", "film", "真情 😀"),
            ("2", "Talk", "film", "=not a formula"), ("3", "Talk", "", "no tag")]  # fmt: skip
    book = Workbook()
    sheet = book.create_sheet("highlights", 0)
    for row in rows:
        sheet.append(row)
    for cell in sheet["D"]:
        cell.data_type = "s"
    excel = BytesIO()
    book.save(excel)
    comma = "\n".join(",".join(row) for row in rows).encode()
    for name, content in (("highlights.xlsx", excel.getvalue()), ("highlights.csv", comma)):
        project = read(name, content).project
        [source] = project.sources
        assert [source.text[s.start : s.end] for s in project.selections] == [
            "真情 😀",
            "=not a formula",
        ]
        assert [len(s.codings) for s in project.selections] == [2, 1]
        assert project.codes[0].children[0].name == "light"
    with pytest.raises(ExchangeError):
        read("rows.csv", b"a,b\n1,2\n")


def qualcoder(text: str, *, returns: bool = False) -> bytes:
    """Write a project as QualCoder does: a mark before the text, quotations as names, raw remarks."""
    start = text.index("trusted")
    xml = f"""<?xml version="1.0" encoding="utf-8"?>
<Project xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" name="film.qda" origin="QualCoder 3.7"
 creatingUserGUID="{guid_of(0)}" creationDateTime="2026-06-01T10:00:00Z" xmlns="urn:QDA-XML:project:1.0">
<Users><User guid="{guid_of("u")}" name="colin" /></Users>
<CodeBook><Codes><Code guid="{guid_of("f")}" name="Folder" isCodable="false">
<Code guid="{guid_of("c")}" name="Trust" isCodable="true" color="#F781F3" /></Code></Codes></CodeBook>
<Sources><TextSource plainTextPath="internal://{guid_of("p")}.txt" creatingUser="" creationDateTime="2026-06-01T10:00:00Z"
 guid="{guid_of("s")}" name="talk.txt"><PlainTextSelection guid="{guid_of("x")}" startPosition="{start}" endPosition="{start + 7}"
 name="trusted" creatingUser="{guid_of("u")}" creationDateTime="2026-06-01T10:00:00Z">
<Description>why?</Description><Coding guid="{guid_of("y")}" creatingUser="{guid_of("u")}"><CodeRef targetGUID="{guid_of("c")}" /></Coding>
</PlainTextSelection></TextSource></Sources>
<Notes><Note guid="{guid_of("n")}" creatingUser="" creationDateTime="x"><PlainTextContent>R & D < me</PlainTextContent>
<PlainTextSelection guid="{guid_of("z")}" startPosition="0" endPosition="2" /></Note></Notes>
</Project>"""
    target = BytesIO()
    with ZipFile(target, "w") as archive:
        archive.writestr("project.qde", xml.encode("utf-8-sig"))
        body = text.replace("\n", "\r\n") if returns else text
        archive.writestr(f"Sources/{guid_of('p')}.txt", body.encode("utf-8-sig"))
    return target.getvalue()


@pytest.mark.parametrize("returns", [False, True])
def test_a_qualcoder_project_is_read_as_it_is(returns: bool) -> None:
    text = "One 😀\ntwo\nand I trusted it."
    reading = read_qdpx(qualcoder(text, returns=returns))
    project = reading.project
    assert project.sources[0].text == text
    [selection] = project.selections
    assert text[selection.start : selection.end] == "trusted"
    assert (selection.description, selection.user) == ("why?", guid_of("u"))
    assert [note.text for note in project.notes] == ["R & D < me"]
    assert [(code.codable, code.children[0].colour) for code in project.codes] == [
        (False, "#f781f3")
    ]
    assert reading.left == ()
