"""Damaged files of every format: never another exception, never long."""

from __future__ import annotations

import random
import time
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.transcript_files import Made, all_files
from survey.transcripts import TranscriptError
from survey.transcripts.reading import _read

PIECES = (
    *(b"<script>alert(1)</script>", b"\xff\xfe", b"&#0;&lt;", b" --> ", b"[[[[", b'"', b"{", b"\r"),
    *("：".encode(), b"\xed\xa0\x80", b"\t", b"\x00" * 9, b"PK\x03\x04", b"%PDF-", b"WEBVTT\n\n"),
)
APART = ("pdf", "xlsx")
"""Formats opened in a process each, which takes a third of a second."""


@cache
def seeds() -> list[Made]:
    return [made for language in ("en", "zh", "ar", "ko") for made in all_files(language, 99)]


def damaged(content: bytes, rng: random.Random) -> bytes:
    """Cut, repeat, overwrite or mix a file in a few places."""
    data = bytearray(content)
    for _ in range(rng.choice((1, 1, 2, 5, 20))):
        at = rng.randrange(len(data) + 1)
        end = at + rng.randrange(1, 200)
        change = rng.randrange(7)
        if change == 0:
            del data[at:]
        elif change == 1:
            del data[at:end]
        elif change == 2:
            data[at:at] = data[at:end] * rng.randrange(1, 50)
        elif change == 3:
            data[at:at] = rng.randbytes(rng.randrange(1, 40))
        elif change == 4:
            data[at:end] = rng.choice(PIECES)
        elif change == 5:
            data[at : at + 1] = rng.randbytes(1)
        else:
            other = rng.choice(seeds()).content
            begin = rng.randrange(len(other))
            data[at:at] = other[begin : begin + 500]
    return bytes(data)


def check(name: str, content: bytes) -> None:
    """Read a file without the guard that turns unforeseen errors into refusals."""
    try:
        turns = _read(name, content, None).turns
    except TranscriptError as refusal:
        str(refusal)
        return
    assert turns
    assert all(turn.text.encode() or turn.speaker for turn in turns)


def try_files(count: int, seed: int) -> None:
    rng = random.Random(seed)
    for _ in range(count):
        made = rng.choice(seeds())
        if made.filename.endswith(APART) and rng.random() < 0.9:
            continue
        content = damaged(made.content, rng)
        name = rng.choice((made.filename, "a.txt", "a.csv", "a.json", "a.docx"))
        began = time.perf_counter()
        check(name, content)
        assert time.perf_counter() - began < 15


def test_damaged_files_are_read_or_refused() -> None:
    try_files(600, seed=1)


@pytest.mark.slow
def test_ten_thousand_damaged_files_are_read_or_refused() -> None:
    try_files(10_000, seed=2)


@given(st.text(st.sampled_from('AB: \n\t[]()<>-–>0123#*.{}",：「」問答é'), max_size=300))
def test_no_character_of_a_plain_text_is_lost(text: str) -> None:
    """What is not in a turn is a label, a time code or a sign: letters are all somewhere."""
    try:
        transcript = _read("a.txt", text.encode(), "labels:none")
    except TranscriptError:
        return
    found = "".join(turn.text for turn in transcript.turns)
    for letter in "AB問答é":
        assert found.count(letter) == text.count(letter)


@given(st.text(max_size=200), st.sampled_from(["a.txt", "a.csv", "a.json", "a.vtt"]))
def test_any_text_is_read_or_refused(text: str, name: str) -> None:
    check(name, text.encode("utf-8", errors="surrogatepass"))
