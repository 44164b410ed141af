"""Damaged files of every format: never another exception, never long."""

from __future__ import annotations

import random
import time
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.transcript_files import Made, all_files
from bench.transcript_files.damage import damaged, renamed
from survey.transcripts import TranscriptError
from survey.transcripts.reading import _read

APART = ("pdf", "xlsx")
"""Formats opened in a process each, which takes a third of a second."""


@cache
def seeds() -> list[Made]:
    return [made for language in ("en", "zh", "ar", "ko") for made in all_files(language, 99)]


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
        content = damaged(made.content, seeds(), rng)
        name = renamed(made, rng)
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
