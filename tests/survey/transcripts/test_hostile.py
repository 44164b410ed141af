"""Files made to do harm: a sentence or a sane reading each time, in bounded time and memory."""

from __future__ import annotations

import time
import zipfile
from io import BytesIO

import pytest

from survey.transcripts import Transcript, TranscriptError, limits, read

MILLION = 1_000_000
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SECONDS = 20
"""Far more than any of these takes, on a machine busy with other tests."""


def zipped(**parts: str) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/") + ".xml", content)
    return out.getvalue()


def docx(body: str, *, before: str = "") -> bytes:
    return zipped(
        word__document=f'{before}<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    )


def entities() -> str:
    laughs = "".join(f'<!ENTITY l{at} "{f"&l{at - 1};" * 10}">' for at in range(1, 10))
    return f'<!DOCTYPE d [<!ENTITY l0 "ha">{laughs}]>'


PARAGRAPH = "<w:p><w:r><w:t>Anna: Hello.</w:t></w:r></w:p>"
FILES = {
    "a line of ten million letters": b"a" * 10 * MILLION,
    "ten million colons": b"a:" * 5 * MILLION,
    "ten million spaces": b" " * 10 * MILLION + b"x",
    "ten million brackets": b"<" * 10 * MILLION,
    "a million time codes": b"[00:12] " * MILLION,
    "time codes without end": b"00:" * 3 * MILLION,
    "voices without end": b"WEBVTT\n\n00:00.000 --> 00:01.000\n" + b"<v a" * MILLION,
    "entities without end": b"WEBVTT\n\n00:00.000 --> 00:01.000\n" + b"&lt;" * MILLION,
    "more cues than talk": b"WEBVTT\n\n" + b"00:00.000 --> 00:01.000\na\n\n" * 250_000,
    "more lines than talk": b"A: b\n" * MILLION,
    "a new speaker each line": b"".join(b"Na%d: x\n" % at for at in range(150_000)),
    "nested JSON": b"[" * 5 * MILLION,
    "empty JSON objects": b"[" + b"{}," * MILLION + b"{}]",
    "an endless number": b'{"segments":[{"start":' + b"9" * 10_000 + b',"text":"a"}]}',
    "an open quotation mark": b'speaker,text\nAnna,"' + b"x," * MILLION,
    "a row of a million cells": b"speaker,text\n" + b"," * MILLION,
    "null bytes": b"Anna: Hel\x00lo.\nBen: H\x00i.\n" * 1000,
    "bytes of every kind": bytes(range(256)) * 4000,
    "Word: entities": docx("<w:p><w:r><w:t>&l9;</w:t></w:r></w:p>", before=entities()),
    "Word: an outside entity": docx(
        "<w:p><w:r><w:t>&x;</w:t></w:r></w:p>",
        before='<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]>',
    ),
    "Word: a bomb": docx(" " * 100 * MILLION),
    "Word: elements without end": docx("<w:p>" * 100_000),
    "Word: a million paragraphs": docx("<w:p/>" * MILLION + PARAGRAPH),
    "Word: tables in tables": docx(
        "<w:tbl><w:tr><w:tc>" * 60 + PARAGRAPH + "</w:tc></w:tr></w:tbl>" * 60
    ),
    "Word: not XML": docx("<w:p>")[:-40] + b"\x00" * 40,
    "Excel: nothing in it": zipped(xl__workbook="<a/>"),
    "an archive of something else": zipped(holiday="<a/>"),
    "PDF: pages in a circle": (
        b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
        b"2 0 obj\n<</Type/Pages/Kids[2 0 R 2 0 R]/Count 5>>\nendobj\ntrailer<</Root 1 0 R>>\n%%EOF"
    ),
    "PDF: arrays in arrays": (
        b"%PDF-1.7\n1 0 obj\n" + b"[" * 100_000 + b"\nendobj\ntrailer<</Root 1 0 R>>\n%%EOF"
    ),
    "old Excel: noise": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(600)
        + "Workbook".encode("utf-16-le")
        + b"\xff" * 999
    ),
}


def read_or_refusal(name: str, content: bytes) -> Transcript | TranscriptError:
    try:
        return read(name, content)
    except TranscriptError as refusal:
        return refusal


@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_is_refused_or_read(name: str) -> None:
    began = time.perf_counter()
    found = read_or_refusal("../../x/y.txt", FILES[name])
    if isinstance(found, Transcript):
        assert found.turns
    else:
        assert str(found).startswith("y.txt")
        assert "cannot be read as a transcript" not in str(found), "an error nobody foresaw"
    assert time.perf_counter() - began < SECONDS


def test_what_an_outside_entity_points_to_is_not_read() -> None:
    with pytest.raises(TranscriptError, match="damaged"):
        read("a.docx", FILES["Word: an outside entity"])


def test_nested_tables_keep_their_words() -> None:
    assert "Hello." in read("a.docx", FILES["Word: tables in tables"]).turns[0].text


def test_macros_are_not_looked_at() -> None:
    out = BytesIO(docx(PARAGRAPH + PARAGRAPH.replace("Anna", "Ben")))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("word/vbaProject.bin", b"\xff" * 1000)
    assert read("a.docm", out.getvalue()).speakers == ("Anna", "Ben")


def test_a_file_beyond_the_limit_is_refused_unread() -> None:
    with pytest.raises(TranscriptError, match="larger than 32 MB"):
        read("a.txt", b"a" * (limits.FILE_BYTES + 1))


def test_a_file_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "ISOLATED_SECONDS", 0)
    with pytest.raises(TranscriptError, match=r"takes too long|damaged"):
        read("a.pdf", b"%PDF-1.7\n")


def test_an_archive_that_lies_about_its_size() -> None:
    content = bytearray(docx(" " * 1000 + PARAGRAPH))
    at = content.rfind(b"PK\x01\x02")
    content[at + 24 : at + 28] = (50).to_bytes(4, "little")  # the unpacked size in the directory
    with pytest.raises(TranscriptError, match="damaged"):
        read("a.docx", bytes(content))


@pytest.mark.parametrize("name", ["", "\x00", "a\nb.txt", "x" * 5000, "C:\\files\\{braces}.txt"])
def test_any_file_name_fits_a_sentence(name: str) -> None:
    with pytest.raises(TranscriptError) as caught:
        read(name, b"")
    assert len(str(caught.value)) < 200
    assert "\n" not in str(caught.value)
