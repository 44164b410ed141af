"""Projects written and read: equal, schema-valid, right for every character, open to others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.exchange.counting import UNITS, Counting, Ruler, Unit, plain
from nlp.exchange.model import Project
from nlp.exchange.project_writing import project_xml
from nlp.exchange.qdc import read_qdc, write_qdc
from nlp.exchange.qdpx import read_qdpx, write_qdpx
from nlp.exchange.schema_check import problems
from tests.nlp.exchange.projects_for_tests import projects

TEXT = st.text("ab\r\n😀𠮷é", max_size=30)


@given(projects(), st.sampled_from(UNITS))
@settings(max_examples=25, deadline=None)
def test_what_is_written_is_read_and_valid(project: Project, unit: Unit) -> None:
    assert problems(project_xml(project, unit=unit), "Project") == []
    content = write_qdpx(project, unit=unit)
    assert content == write_qdpx(project, unit=unit)
    reading = read_qdpx(content, unit=unit)
    assert reading.project == project
    assert (reading.left, reading.remarks) == ((), ())


@given(projects())
@settings(max_examples=15, deadline=None)
def test_codebooks_are_written_and_read(project: Project) -> None:
    content = write_qdc(project.codes, origin="Zhenqing")
    assert problems(content, "Codebook") == []
    read = read_qdc(content).project
    bare = [
        (code.guid, code.name, code.description, code.colour) for code, _ in project.all_codes()
    ]
    assert [
        (code.guid, code.name, code.description, code.colour) for code, _ in read.all_codes()
    ] == bare


@given(TEXT, st.sampled_from([*UNITS, "UTF-8"]), st.booleans(), st.booleans())
def test_every_position_comes_back(text: str, unit: Unit, returns: bool, mark: bool) -> None:
    written = "\ufeff" + text if mark else text
    ruler = Ruler(written, Counting(unit, returns, mark))
    for place in range(len(plain(written)) + 1):
        assert ruler.here(ruler.there(place)) == place
    assert ruler.here(ruler.there(len(plain(written))) + 1) is None
    assert ruler.here(-1) is None


@pytest.mark.parametrize(("unit", "position"), [("code points", 5), ("UTF-16", 7), ("UTF-8", 15)])
def test_positions_are_those_that_others_count(unit: Unit, position: int) -> None:
    text = "真情😀𠮷!"
    encodings = {"code points": ("utf-32-le", 4), "UTF-16": ("utf-16-le", 2), "UTF-8": ("utf-8", 1)}
    name, width = encodings[unit]
    assert Ruler(text, Counting(unit)).there(len(text)) == len(text.encode(name)) // width
    assert Ruler(text, Counting(unit)).there(5) == position


@given(projects())
@settings(max_examples=6, deadline=None)
def test_another_programs_library_reads_the_same_words(project: Project) -> None:
    pyrefiqda = pytest.importorskip("pyrefiqda")
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "project.qdpx"
        path.write_bytes(write_qdpx(project))
        theirs = pyrefiqda.RefiProject.load(path, Path(folder) / "open")
        texts = {source.guid: source.text for source in project.sources}
        ours = {selection.guid: selection for selection in project.selections}
        seen = 0
        for source in theirs.sources.text_source if theirs.sources else []:
            place = pyrefiqda.RefiProject.resolve_source_path(
                source.plain_text_path, Path(folder) / "open"
            )
            text = place.read_bytes().decode()
            assert text == texts[source.guid]
            for selection in source.plain_text_selection:
                mine = ours[selection.guid]
                words = text[selection.start_position : selection.end_position]
                assert words == texts[source.guid][mine.start : mine.end]
                assert [c.code_ref.target_guid for c in selection.coding] == [
                    c.code for c in mine.codings
                ]
                seen += 1
        assert seen == len(project.selections)
        assert len(theirs.code_book.codes.code) == len(project.codes)


def test_the_unit_is_found_out_from_the_words() -> None:
    from nlp.exchange.guids import guid_of
    from nlp.exchange.model import Code, Coding, Selection, Source

    code, source = (
        Code(guid_of("c"), "Trust"),
        Source(guid_of("s"), "P01", "😀😀 I trusted the camera. 𠮷野家 too."),
    )
    start = source.text.index("trusted")
    chosen = Selection(
        guid_of("x"), source.guid, start, start + 18, (Coding(guid_of("y"), code.guid),)
    )
    project = Project("Test", codes=(code,), sources=(source,), selections=(chosen,))
    for unit in UNITS:
        reading = read_qdpx(write_qdpx(project, unit=unit))
        assert reading.project == project
        assert reading.counting is not None
    assert (
        read_qdpx(write_qdpx(project, unit="UTF-16")).counting
        != read_qdpx(write_qdpx(project)).counting
    )


def test_line_ends_that_count_once_or_twice_are_told_apart() -> None:
    from nlp.exchange.guids import guid_of
    from nlp.exchange.model import Code, Coding, Selection, Source

    code, source = (
        Code(guid_of("c"), "Trust"),
        Source(guid_of("s"), "P01", "One line.\nTwo lines.\nI trusted it."),
    )
    start = source.text.index("I trusted")
    chosen = Selection(
        guid_of("x"), source.guid, start, start + 13, (Coding(guid_of("y"), code.guid),)
    )
    project = Project("Test", codes=(code,), sources=(source,), selections=(chosen,))
    windows = _with_text(write_qdpx(project), source.text.replace("\n", "\r\n"))
    assert read_qdpx(windows).project == project
    moved = replace(chosen, start=start + 2, end=start + 15)
    longer = replace(source, text=source.text + "..")
    counted = write_qdpx(replace(project, sources=(longer,), selections=(moved,)))
    counted = _renamed(
        _with_text(counted, source.text.replace("\n", "\r\n")), "trusted it...", "I trusted it."
    )
    assert read_qdpx(counted).project.selections == (chosen,)


def _with_text(content: bytes, text: str) -> bytes:
    return _changed(content, lambda name, part: text.encode() if name.endswith(".txt") else part)


def _renamed(content: bytes, old: str, new: str) -> bytes:
    return _changed(
        content,
        lambda name, part: (
            part.replace(old.encode(), new.encode()) if name.endswith(".qde") else part
        ),
    )


def _changed(content: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    target = BytesIO()
    with ZipFile(BytesIO(content)) as before, ZipFile(target, "w") as after:
        for name in before.namelist():
            after.writestr(name, change(name, before.read(name)))
    return target.getvalue()
