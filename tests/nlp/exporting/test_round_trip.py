"""Whatever is written is read back as it was, and is no formula anywhere."""

from __future__ import annotations

import csv
import datetime as dt
import os
import shutil
import subprocess
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pandas as pd
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from nlp.exporting import FORMATS, ArchiveError, Format, check, pack, read_back
from nlp.exporting.archive import write
from nlp.exporting.formats import settled
from survey.answers import Column, Sheet

COLUMNS = (
    Column("words", "text", "Words", free=True),
    Column("count", "integer", "How many?"),
    Column("hours", "decimal", "Hours"),
    Column("day", "date", "Day"),
    Column("who", "choice", "Who?", {"person": "A person", "ai": "AI 工具", "1": "One"}),
    Column("why", "choices", "Why?", {"a": "A", "b": "B"}),
    Column("why.a", "flag", "Why?: A"),
)
NASTY = [
    "=1+1", "+49 1", "-", "@SUM(A1)", "'", "''=x", "\t=1", "＝1", "a\nb", "a\r\nb", "a\rb", "NA",
    "null", "1", "007", "1e5", "2026-01-01", "TRUE", "#N/A", "_x0041_", "_x005F_", "x_x0041_y",
    ' "quoted", and, more', "真情实感 🎬", "a\x00b\x0bc", " leading", "trailing  ", "see 1", "nan",
    '=HYPERLINK("http://x";"y")', "\ufeffmark", "é\u0301",
]  # fmt: skip
WORDS = st.one_of(st.none(), st.sampled_from(NASTY), st.text(max_size=30))
ROW = st.tuples(
    WORDS,
    st.one_of(st.none(), st.integers(-(2**53), 2**53)),
    st.one_of(st.none(), st.floats(allow_nan=False, allow_infinity=False)),
    st.one_of(st.none(), st.dates(dt.date(1900, 3, 1), dt.date(9999, 12, 31))),
    st.one_of(st.none(), st.sampled_from(["person", "ai", "1", "somebody else"])),
    st.one_of(st.none(), st.sampled_from(["a", "b", "b a"])),
    st.one_of(st.none(), st.sampled_from([0, 1])),
)


def packed(sheet: Sheet, form: Format) -> bytes:
    return pack([sheet], format=form, language="en", said={"study": "x"}, readme="Read me.")


@pytest.mark.parametrize("form", FORMATS)
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@example(rows=[(text, None, None, None, None, None, None) for text in NASTY])
@example(rows=[])
@given(rows=st.lists(ROW, max_size=6))
def test_tables_are_read_back_as_they_were(form: Format, rows: list[tuple[Any, ...]]) -> None:
    sheet = Sheet("table", COLUMNS, rows)
    content = packed(sheet, form)
    assert check(content) == {"table": len(rows)}
    back = read_back(content)["table"]
    assert list(back.itertuples(index=False, name=None)) == settled(sheet).rows


def test_no_format_changes_what_another_keeps() -> None:
    rows = [(text, 1, 0.1, dt.date(2026, 6, 1), "ai", "a b", 1) for text in NASTY]
    tables = [read_back(packed(Sheet("t", COLUMNS, rows), form))["t"] for form in FORMATS]
    for other in tables[1:]:
        pd.testing.assert_frame_equal(tables[0], other)


def test_no_cell_is_a_formula() -> None:
    sheet = settled(Sheet("t", COLUMNS, [(text, *[None] * 6) for text in NASTY]))
    rows = csv.reader(StringIO(write([sheet], "csv").contents["t.csv"].decode("utf-8-sig")))
    assert not [row[0] for row in rows if row[0].startswith(("=", "+", "-", "@", "\t", "＝"))]
    page = load_workbook(BytesIO(write([sheet], "excel").contents["data.xlsx"]))["t"]
    cells = [cell for row in page.iter_rows(min_row=2) for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.quotePrefix for cell in cells if str(cell.value).startswith("="))


@pytest.mark.parametrize("form", ["excel", "spss"])
def test_a_text_longer_than_a_cell_is_a_file_of_its_own(form: Format) -> None:
    text = "长" * 40_000
    content = packed(Sheet("t", COLUMNS, [(text, *[None] * 6)]), form)
    assert check(content) == {"t": 1}
    assert read_back(content)["t"].loc[0, "words"] == text
    with ZipFile(BytesIO(content)) as archive:
        assert archive.read("long-texts/1.txt").decode() == text


def test_a_column_that_changed_its_kind_is_text() -> None:
    sheet = settled(Sheet("t", (COLUMNS[1], COLUMNS[3]), [(1, dt.date(1850, 1, 1)), ("a", None)]))
    assert sheet.rows == [("1", "1850-01-01"), ("a", None)]
    assert {column.kind for column in sheet.columns} == {"text"}


def test_spss_has_labels_and_measures(tmp_path: Path) -> None:
    import pyreadstat

    columns = (*COLUMNS, Column("a.b-c.或.", "text", "标" * 200), Column("BY", "text", "By"))
    rows = [("x", 1, 0.5, dt.date(2026, 6, 1), "somebody else", "a", 1, "y", "z")]
    path = tmp_path / "t.sav"
    path.write_bytes(write([settled(Sheet("t", columns, rows))], "spss").contents["t.sav"])
    data, about = pyreadstat.read_sav(path)
    assert about.column_names_to_labels["who"] == "Who?"
    assert about.variable_value_labels["who"] == {
        1.0: "A person", 2.0: "AI 工具", 3.0: "One", 4.0: "somebody else",
    }  # fmt: skip
    assert data.loc[0, "who"] == 4.0
    assert about.variable_measure["count"] == "scale"
    assert list(data.columns[-2:]) == ["a.b_c", "BY_2"]
    assert about.column_labels[-2] == "标" * 85


def test_whole_numbers_are_their_own_codes_in_spss() -> None:
    column = Column("scale", "choice", "Scale", {"0": "never", "5": "always"})
    files = write([settled(Sheet("t", (column,), [("5",), (None,)]))], "spss")
    assert files.codes["t"]["scale"] == {"0": 0.0, "5": 5.0}


def test_parquet_says_what_columns_and_choices_mean() -> None:
    from pyarrow import parquet

    files = write([settled(Sheet("t", COLUMNS, []))], "parquet")
    schema = parquet.read_schema(BytesIO(files.contents["t.parquet"]))
    assert schema.field("who").metadata[b"label"] == b"Who?"
    assert "AI 工具" in schema.field("who").metadata[b"values"].decode()


def test_damage_is_named() -> None:
    content = packed(Sheet("t", COLUMNS, [("a", *[None] * 6)]), "csv")
    damages: list[tuple[dict[str, bytes | None], str]] = [
        ({"t.csv": b"x"}, "t.csv is not what was written"),
        ({"t.csv": None}, "t.csv is missing"),
        ({"more.csv": b"x"}, "more.csv is in the archive, but not"),
        ({"manifest.json": b"{}"}, "not an export"),
    ]
    for change, sentence in damages:
        with pytest.raises(ArchiveError) as refused:
            check(changed(content, change))
        assert sentence in str(refused.value)
    with pytest.raises(ArchiveError):
        check(b"PK nothing")


def changed(content: bytes, change: dict[str, bytes | None]) -> bytes:
    target = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(target, "w") as new:
        names = dict.fromkeys([*old.namelist(), *change])
        for name in names:
            inside = change[name] if name in change else old.read(name)
            if inside is not None:
                new.writestr(name, inside)
    return target.getvalue()


def calc() -> str | None:
    """Return the command of LibreOffice where its spreadsheet program is installed too."""
    office = os.environ.get("SOFFICE") or shutil.which("soffice")
    if office is None or not (Path(office).resolve().parent / "libsclo.so").exists():
        return None
    return office


@pytest.mark.slow
@pytest.mark.skipif(calc() is None, reason="there is no LibreOffice Calc here")
def test_libreoffice_reads_the_same(tmp_path: Path) -> None:
    texts = [text for text in NASTY if "\n" not in text and "\r" not in text]
    rows = [(text, 7, 0.5, dt.date(2026, 6, 1), "ai", "a b", 1) for text in texts]
    sheet = settled(Sheet("t", COLUMNS, rows))
    for form, name in (("excel", "data.xlsx"), ("csv", "t.csv")):
        path = tmp_path / form / name
        path.parent.mkdir()
        path.write_bytes(write([sheet], form).contents[name])  # type: ignore[arg-type] # two of the formats
        # 44: comma, 34: quotation mark, 76: UTF-8, all columns as text in the CSV that is read.
        subprocess.run(
            [
                str(calc()), "--headless", f"-env:UserInstallation=file://{tmp_path}/profile",
                "--infilter=CSV:44,34,76,1" if form == "csv" else "--infilter=Calc MS Excel 2007 XML",
                "--convert-to", "fods", "--outdir", str(tmp_path / form), str(path),
            ],
            check=True, capture_output=True, timeout=180,
        )  # fmt: skip
        found = (tmp_path / form / name).with_suffix(".fods")
        assert "table:formula" not in found.read_text(encoding="utf-8")
        first = [row[0] for row in cells_of(found)][1:]
        wanted = [row[0] for row in sheet.rows]
        if form == "csv":
            first = [text.removeprefix("'") for text in first]
            # Without being told that a column is text it makes numbers and days of what looks so.
            alike = {"1", "007", "1e5", "2026-01-01", "TRUE"}
            pairs = [(a, b) for a, b in zip(first, wanted, strict=True) if b not in alike]
            first, wanted = [a for a, _ in pairs], [b for _, b in pairs]
        assert first == wanted


def cells_of(path: Path) -> list[list[str]]:
    """Return the cells of the first page of a flat OpenDocument spreadsheet."""
    from lxml import etree

    tree = etree.parse(path)
    table = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
    text = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
    page = next(tree.iter(f"{table}table"))
    rows = []
    for row in page.iter(f"{table}table-row"):
        cells = [
            "\n".join(said(part) for part in cell.iter(f"{text}p"))
            for cell in row.iter(f"{table}table-cell")
        ]
        if any(cells):
            rows.append(cells)
    return rows


def said(paragraph: Any) -> str:
    """Return the text of a paragraph; blanks and tabs are elements of their own."""
    space = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
    parts = [paragraph.text or ""]
    for part in paragraph:
        if part.tag == f"{space}s":
            parts.append(" " * int(part.get(f"{space}c", "1")))
        elif part.tag == f"{space}tab":
            parts.append("\t")
        else:
            parts.append(said(part))
        parts.append(part.tail or "")
    return "".join(parts)
