"""CSV, TSV and Excel: one turn a row, and one interview a row."""

from __future__ import annotations

import csv
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook

from survey.transcripts import TranscriptError, column_choice, read, read_table

REAL = (
    Path(__file__).parents[4] / "shared" / "benchmarks" / "creative-interviews" / "interviews.csv"
)


def test_columns_are_found_by_their_headings() -> None:
    content = "Nr,发言人,开始,内容\n1,主持人,00:00:05,你好\n2,陈导,00:00:09,您好\n".encode(
        "gb18030"
    )
    transcript = read("a.csv", content)
    assert [(turn.speaker, turn.start, turn.text) for turn in transcript.turns] == [
        ("主持人", 5.0, "你好"),
        ("陈导", 9.0, "您好"),
    ]
    assert (transcript.format, transcript.encoding) == ("csv", "gb18030")


def test_columns_are_found_by_their_content_and_can_be_picked() -> None:
    content = b"x;Anna;Hello there.\ny;Ben;Hi, all.\nx;Anna;So?\ny;Ben;Well then.\n"
    transcript = read("a.csv", content)
    assert transcript.speakers in {("Anna", "Ben"), ("x", "y")}
    picked = read("a.csv", content, column_choice(text=2, speaker=1))
    assert [(turn.speaker, turn.text) for turn in picked.turns][:2] == [
        ("Anna", "Hello there."),
        ("Ben", "Hi, all."),
    ]


def test_a_column_that_is_not_there_is_refused() -> None:
    with pytest.raises(TranscriptError, match=r"a\.csv has no column 8"):
        read("a.csv", b"speaker,text\nAnna,Hello.\nBen,Hi.\n", column_choice(text=7))


def test_a_row_without_a_speaker_continues_the_turn() -> None:
    content = b"speaker,text\nAnna,Hello.\n,And welcome.\nBen,Hi.\n"
    assert [turn.text for turn in read("a.csv", content).turns] == ["Hello.\nAnd welcome.", "Hi."]


def test_milliseconds_are_told_from_seconds() -> None:
    content = b"start\tend\ttext\n0\t2500\tHello there.\n2500\t4000\tHi.\n"
    assert [turn.start for turn in read("a.tsv", content).turns] == [0.0, 2.5]


def test_an_excel_file() -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (
        ["Name", "Text", "Start"],
        ["Anna", "Hello.", 1.5],
        ["Ben", "=1+1", None],
        ["Ben", "Hi.", "0:09"],
    ):
        sheet.append(row)
    out = BytesIO()
    book.save(out)
    turns = read("a.xlsx", out.getvalue()).turns
    assert [(turn.speaker, turn.start, turn.text) for turn in turns] == [
        ("Anna", 1.5, "Hello."),
        ("Ben", 9.0, "Hi."),
    ]


def test_a_table_of_interviews_gives_names_and_texts() -> None:
    content = b'text,transcript_id\n"Anna: Hello.\nBen: Hi.",one\n"Anna: So?\nBen: No.",two\n'
    assert read_table("a.csv", content) == [
        ("one", "Anna: Hello.\nBen: Hi."),
        ("two", "Anna: So?\nBen: No."),
    ]
    with pytest.raises(TranscriptError, match="holds 2 interviews, one a row"):
        read("a.csv", content)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"id,text\none,Hello there.\none,Hi again.\n", r"row 3: .one. was already used"),
        (b"id,text\none,Hello there.\n,Hi again.\n", r"row 3, column 1 is empty"),
        (b"id,text\none,Hello there.\ntwo,\n", r"row 3, column 2 is empty"),
        (b"Anna: Hello.\nBen: Hi.\n", "is no table"),
        (b"", "is empty"),
    ],
)
def test_a_broken_table_of_interviews_names_row_and_column(content: bytes, sentence: str) -> None:
    with pytest.raises(TranscriptError, match=sentence):
        read_table("a.csv", content)


@pytest.mark.skipif(not REAL.exists(), reason="the real interviews are not beside the project")
def test_the_real_interviews_read_exactly_right() -> None:
    csv.field_size_limit(10_000_000)
    with REAL.open(encoding="utf-8", newline="") as source:
        rows = list(csv.DictReader(source))
    interviews = read_table(REAL.name, REAL.read_bytes())
    assert [key for key, _ in interviews] == [row["transcript_id"] for row in rows]
    for key, text in interviews:
        turns = read(f"{key}.txt", text.encode()).turns
        rebuilt = "\n\n".join(f"{turn.speaker}: {turn.text}".strip() for turn in turns)
        assert rebuilt.split() == text.split()
        assert {turn.speaker for turn in turns} == {"User", "AI", "Assistant"}
