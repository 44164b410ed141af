"""Files that are wrong: refused in sentences, or read with a sentence for all that is not."""

from __future__ import annotations

import random
import struct
import zlib
from collections.abc import Callable
from functools import partial
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.exchange import limits
from nlp.exchange.guids import guid_of
from nlp.exchange.model import Code, Coding, Project, Reading, Selection, Source
from nlp.exchange.opening import read
from nlp.exchange.qdpx import read_qdpx, write_qdpx
from nlp.exchange.refusal import ExchangeError

TEXT = "😀 I trusted the camera. 𠮷野家 was far. Then we waited."
SOURCE = Source(guid_of("s"), "P01 on trust", TEXT)
CODE = Code(guid_of("c"), "Trust", children=(Code(guid_of("d"), "Machine"),))


def selection(words: str) -> Selection:
    start = TEXT.index(words)
    return Selection(
        guid_of("x", words),
        SOURCE.guid,
        start,
        start + len(words),
        (Coding(guid_of("y", words), CODE.guid),),
    )


PROJECT = Project(
    "Test",
    codes=(CODE,),
    sources=(SOURCE,),
    selections=tuple(map(selection, ["trusted the camera", "𠮷野家", "waited"])),
)


def changed(change: Callable[[str], str], *, drop: str = "") -> bytes:
    target = BytesIO()
    with (
        ZipFile(BytesIO(write_qdpx(PROJECT))) as before,
        ZipFile(target, "w", ZIP_DEFLATED) as after,
    ):
        for name in before.namelist():
            part = before.read(name)
            if drop and name.endswith(drop):
                continue
            after.writestr(name, change(part.decode()) if name.endswith(".qde") else part)
    return target.getvalue()


def said(reading: Reading) -> list[str]:
    return [message.text for message in (*reading.left, *reading.remarks)]


def test_wrong_offsets_are_mended_by_their_words_or_left_out() -> None:
    start = TEXT.index("𠮷")
    moved = read_qdpx(
        changed(lambda xml: xml.replace(f'startPosition="{start}"', f'startPosition="{start + 1}"'))
    )
    assert moved.project.selections == PROJECT.selections
    assert said(moved) == ["“{name}”, {start}–{end}: placed by its words, not by its positions."]
    outside = read_qdpx(
        changed(
            lambda xml: xml.replace(f'endPosition="{len(TEXT) - 1}"', 'endPosition="999" ').replace(
                'name="waited"', 'name="something else"'
            )
        )
    )
    assert len(outside.project.selections) == 2
    assert said(outside) == ["“{name}”, {start}–{end}: these positions are not in the text."]
    other = read_qdpx(changed(lambda xml: xml.replace('name="waited"', 'name="something else"')))
    assert said(other) == ["“{name}”, {start}–{end}: positions and words do not agree."]
    for wrong in ("-1", "x", "", "1e3", "٣", "9" * 30):
        spoilt = f'startPosition="{wrong}"'
        reading = read_qdpx(changed(partial(_with, 'startPosition="4"', spoilt)))
        assert len(reading.project.selections) == 2
        assert said(reading) == ["“{name}”: a passage has no positions."]


def _with(old: str, new: str, xml: str) -> str:
    assert old in xml
    return xml.replace(old, new, 1)


def test_positions_within_a_character_are_left_out() -> None:
    reading = read_qdpx(
        changed(
            lambda xml: xml.replace(
                'name="trusted the camera" startPosition="4"', 'name="" startPosition="1"'
            )
        ),
        unit="UTF-16",
    )
    assert len(reading.project.selections) < 3
    assert reading.left


def test_unknown_elements_missing_texts_and_loose_references_are_said() -> None:
    missing = read_qdpx(changed(lambda xml: xml, drop=".txt"))
    assert not (missing.project.sources)
    assert not (missing.project.selections)
    assert said(missing) == ["“{name}” was left out: its text is missing from the file."]
    extra = (
        '<PictureSource guid="{}" name="photo"/><Hologram/>'
        '<AudioSource guid="{}" name="tape"><AudioSelection guid="{}" begin="0" end="5"/></AudioSource>'
        '<TextSource guid="{}" name="outside" plainTextPath="absolute:///etc/passwd"/>'
        '<TextSource guid="{}" name="above" plainTextPath="internal://../../../etc/passwd"/>'
    ).format(*(guid_of("extra", n) for n in range(5)))
    reading = read_qdpx(
        changed(
            lambda xml: xml.replace(
                "</Sources>", extra + "</Sources><Novelty/><Graphs><Graph/></Graphs>"
            ).replace(f'targetGUID="{CODE.guid}"', f'targetGUID="{guid_of("?")}"', 1)
        )
    )
    assert len(reading.project.sources) == 1
    assert sum(len(each.codings) for each in reading.project.selections) == 2
    assert {text.partition(":")[0] for text in said(reading)} >= {
        "Pictures",
        "Drawings",
        "Codings with a code that the file has not",
    }
    assert "root:" not in str(reading)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04",
        b"hello",
        b"\x00" * 1000,
        b"<x/>",
        b"<CodeBook/>",
        b"<?xml version='1.0'?><Project/>",
    ],
)
@pytest.mark.parametrize(
    "name", ["a.qdpx", "a.qdc", "a.sqlite3", "a.xlsx", "a.csv", "a", "😀.QDPX"]
)
def test_what_is_none_is_refused_in_words(content: bytes, name: str) -> None:
    with pytest.raises(ExchangeError) as refused:
        read(name, content)
    assert all(str(message) for message in refused.value.messages)


def test_entities_and_document_types_are_refused() -> None:
    for head in (
        '<!DOCTYPE Project [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>',
        '<!DOCTYPE Project SYSTEM "file:///etc/passwd">',
    ):
        with pytest.raises(ExchangeError):
            read_qdpx(changed(partial(_with, "?>\n", f"?>\n{head}")))


def test_bombs_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PROJECT_BYTES", 200_000)
    monkeypatch.setattr(limits, "TEXT_BYTES", 200_000)
    big = BytesIO()
    with ZipFile(big, "w", ZIP_DEFLATED) as archive:
        archive.writestr("project.qde", b" " * 300_000)
    with pytest.raises(ExchangeError):
        read_qdpx(big.getvalue())
    lying = bytearray(big.getvalue())  # the same, said to be small
    for sign, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = lying.index(sign) + place
        lying[at : at + 4] = struct.pack("<I", 100)
    with pytest.raises(ExchangeError):
        read_qdpx(bytes(lying))
    many = BytesIO()
    monkeypatch.setattr(limits, "MEMBERS", 50)
    with ZipFile(many, "w") as archive:
        for number in range(60):
            archive.writestr(f"sources/{number}.txt", b"")
    with pytest.raises(ExchangeError):
        read_qdpx(many.getvalue())
    assert zlib.crc32(bytes(lying))


def test_codes_nested_without_end_are_refused_or_cut() -> None:
    def deep(depth: int) -> bytes:
        inner = (
            "".join(f'<Code guid="{guid_of(n)}" name="{n}" isCodable="true">' for n in range(depth))
            + "</Code>" * depth
        )
        return changed(lambda xml: xml.replace("<Codes>", f"<Codes>{inner}"))

    reading = read_qdpx(deep(100))
    assert sum(1 for _ in reading.project.all_codes()) == limits.DEPTH + 2
    with pytest.raises(ExchangeError):
        read_qdpx(deep(5_000))


def damaged(seed: int) -> bytes:
    draw = random.Random(seed)
    content = bytearray(
        write_qdpx(PROJECT) if seed % 2 else changed(lambda xml: _spoilt(xml, draw))
    )
    for _ in range(draw.randint(0, 4) if seed % 2 else 0):
        at = draw.randrange(len(content))
        content[at : at + draw.choice([0, 1, 8])] = draw.randbytes(draw.choice([0, 1, 8]))
    return bytes(content[: draw.randrange(len(content))] if seed % 7 == 3 else content)


def _spoilt(xml: str, draw: random.Random) -> str:
    for _ in range(draw.randint(1, 5)):
        at = draw.randrange(len(xml))
        kind = draw.randrange(4)
        if kind == 0:
            xml = xml[:at] + xml[at + draw.randint(1, 30) :]
        elif kind == 1:
            xml = (
                xml[:at]
                + draw.choice(["<", ">", '"', "&", "\x01", "😀", "<Code/>", "]]>"])
                + xml[at:]
            )
        elif kind == 2:
            word = draw.choice(
                ["guid", "name", "Position", "targetGUID", "TextSource", "Coding", "Selection"]
            )
            xml = xml.replace(word, draw.choice(["", "x", word * 2]), 1)
        else:
            xml = xml.replace(str(draw.randrange(60)), str(draw.randrange(10**6)), 1)
    return xml


def _is_sound(content: bytes) -> None:
    try:
        reading = read_qdpx(content)
    except ExchangeError as refused:
        assert refused.messages  # noqa: PT017 - a refusal is one of the answers
        return
    texts = {source.guid: source.text for source in reading.project.sources}
    codes = {code.guid for code, _ in reading.project.all_codes()}
    for each in reading.project.selections:
        assert 0 <= each.start < each.end <= len(texts[each.source])
        assert {coding.code for coding in each.codings} <= codes
    assert all(str(message) for message in (*reading.left, *reading.remarks))


@pytest.mark.parametrize("seed", range(40))
def test_damage_ends_in_words_or_in_a_sound_project(seed: int) -> None:
    _is_sound(damaged(seed))


@pytest.mark.slow
def test_much_damage_ends_in_words_or_in_a_sound_project() -> None:
    for seed in range(100, 6_000):
        _is_sound(damaged(seed))


@given(st.binary(max_size=400))
@settings(max_examples=50, deadline=None)
def test_noise_is_refused(content: bytes) -> None:
    with pytest.raises(ExchangeError):
        read("a.qdpx", b"PK\x03\x04" + content)
