"""Files made to do harm, or broken by accident, are refused quickly and clearly."""

import io
import time
import zipfile
from collections.abc import Iterable

import pytest
from openpyxl import Workbook

from survey.filling import Filling
from survey.xlsform import FormError, attach, load


def xlsx(survey: Iterable[tuple[str, ...]], choices: Iterable[tuple[str, ...]] = ()) -> bytes:
    book = Workbook(write_only=True)
    for name, rows in (("survey", survey), ("choices", choices)):
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


SMALL = xlsx([("type", "name", "label"), ("text", "a", "A")])


def with_part(name: str, content: bytes) -> bytes:
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(SMALL)) as source,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for part in source.namelist():
            target.writestr(part, content if part == name else source.read(part))
        if name not in source.namelist():
            target.writestr(name, content)
    return stream.getvalue()


def refusal(content: bytes, file_type: str | None = None) -> str:
    begun = time.monotonic()
    with pytest.raises(FormError) as caught:
        load(content, file_type=file_type)
    assert time.monotonic() - begun < 10
    return str(caught.value)


def test_a_zip_bomb_is_refused_without_unpacking_it() -> None:
    assert "megabytes" in refusal(with_part("xl/bomb.bin", b"\0" * 70_000_000))


def test_declared_entities_are_refused() -> None:
    sheet = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><worksheet>&b;</worksheet>'
    assert "entities" in refusal(with_part("xl/worksheets/sheet1.xml", sheet))
    wide = sheet.decode().encode("utf-16")
    assert "entities" in refusal(with_part("xl/worksheets/sheet1.xml", wide))


def test_an_endless_list_of_choices_is_refused() -> None:
    cells = b'<row><c t="inlineStr"><is><t>c</t></is></c><c><v>1</v></c></row>' * 600_000
    sheet = b"<worksheet><sheetData>" + cells + b"</sheetData></worksheet>"
    assert "select_one_from_file" in refusal(with_part("xl/worksheets/sheet2.xml", sheet))


def test_a_far_away_cell_does_not_make_the_sheet_large() -> None:
    sheet = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c r="A1" t="inlineStr"><is><t>type</t></is></c></row>'
        b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'
        b"</sheetData></worksheet>"
    )
    begun = time.monotonic()
    load(with_part("xl/worksheets/sheet1.xml", sheet))
    assert time.monotonic() - begun < 5


@pytest.mark.parametrize(
    ("content", "file_type", "said"),
    [
        (b"", None, "empty"),
        (b"PK\x03\x04 and nothing more", None, "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and nothing more", None, "damaged"),
        (b"\x00\x01\x02", ".xls", "damaged"),
        (b"%PDF-1.4", ".pdf", ".pdf"),
        ("| survey |\n| | type |\n| | é |".encode("latin-1"), ".md", "UTF-8"),
        (b"no table at all", ".md", "no table"),
        (b"choices,,\n,list_name,name\n,a,b\nsettings,,\n,form_id,\n,x,\n", ".csv", "survey"),
        (b"x" * 10_000_001, ".md", "megabytes"),
    ],
)
def test_what_cannot_be_read_is_said(content: bytes, file_type: str | None, said: str) -> None:
    assert said in refusal(content, file_type)


def test_deep_groups_and_deep_brackets_are_refused() -> None:
    deep = "".join(f"| | begin group | g{n} | g |\n" for n in range(300))
    form = f"| survey |\n| | type | name | label |\n{deep}| | text | a | A |\n"
    form += "| | end group | | |\n" * 300
    assert "deep" in refusal(form.encode(), ".md")
    brackets = "(" * 2000 + "1" + ")" * 2000
    form = f"| survey |\n| | type | name | label | relevant |\n| | text | a | A | {brackets} |\n"
    assert "row 2" in refusal(form.encode(), ".md")


LISTED = """
| survey |
|  | type                           | name | label | choice_filter |
|  | text                           | kind | Kind  |               |
|  | select_one_from_file shots.csv | shot | Shot  | kind=${kind}  |
|  | select_one_from_file props.xml | prop | Prop  |               |
"""


def test_an_endless_list_in_a_file_is_refused() -> None:
    form = load(LISTED.encode(), file_type=".md")
    begun = time.process_time()
    with pytest.raises(FormError, match="more than"):
        attach(form, {"shots.csv": b"name,label\n" + b"a,b\n" * 1_000_000})
    with pytest.raises(FormError, match="megabytes"):
        attach(form, {"shots.csv": b"name,label\n" + b"a,b\n" * 20_000_000})
    assert time.process_time() - begun < 10


def test_entities_in_an_attached_file_are_refused() -> None:
    form = load(LISTED.encode(), file_type=".md")
    bomb = b'<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><root><item>&b;</item></root>'
    with pytest.raises(FormError, match="entities"):
        attach(form, {"props.xml": bomb})


def test_a_long_list_is_offered_at_once() -> None:
    rows = "".join(f"s{number},Shot {number},k{number % 2_000}\n" for number in range(20_000))
    form = attach(
        load(LISTED.encode(), file_type=".md"), {"shots.csv": f"name,label,kind\n{rows}".encode()}
    )
    filling = Filling(form, answers={"kind": "k7"})
    filling.choices("/data/shot")
    begun = time.process_time()
    for number in range(100):
        filling.answer("/data/kind", f"k{number}")
        assert len(filling.choices("/data/shot")) == 10
    assert time.process_time() - begun < 1
