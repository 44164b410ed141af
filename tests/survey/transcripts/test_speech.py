"""The JSON of speech recognisers."""

from __future__ import annotations

import json
from typing import Any

import pytest

from survey.transcripts import TranscriptError, read

EXPECTED = [("A", 0.0, 2.0, "Hello there."), ("B", 2.0, 3.5, "Hi.")]

SHAPES: dict[str, Any] = {
    "whisperx": {
        "segments": [
            {"start": 0.0, "end": 1.0, "text": " Hello", "speaker": "A"},
            {"start": 1.0, "end": 2.0, "text": " there.", "speaker": "A"},
            {"start": 2.0, "end": 3.5, "text": " Hi.", "speaker": "B"},
        ]
    },
    "whisperx words": {
        "segments": [
            {
                "start": 0.0,
                "end": 3.5,
                "text": " Hello there. Hi.",
                "words": [
                    {"word": "Hello", "start": 0.0, "end": 0.9, "speaker": "A"},
                    {"word": "there.", "start": 1.0, "end": 2.0},
                    {"word": "Hi.", "start": 2.0, "end": 3.5, "speaker": "B"},
                ],
            }
        ]
    },
    "list": [
        {"speaker": "A", "start": "0.0s", "end": "00:02", "text": "Hello there."},
        {"speaker": {"name": "B"}, "start": 2, "end": 3.5, "text": "Hi."},
    ],
    "assemblyai": {
        "utterances": [
            {"speaker": "A", "start": 0, "end": 2000, "text": "Hello there."},
            {"speaker": "B", "start": 2000, "end": 3500, "text": "Hi."},
        ]
    },
    "deepgram words": {
        "results": {
            "channels": [
                {
                    "alternatives": [
                        {
                            "words": [
                                {
                                    "word": "hello",
                                    "punctuated_word": "Hello",
                                    "start": 0.0,
                                    "end": 1.0,
                                    "speaker": "A",
                                },
                                {
                                    "word": "there",
                                    "punctuated_word": "there.",
                                    "start": 1.0,
                                    "end": 2.0,
                                    "speaker": "A",
                                },
                                {
                                    "word": "hi",
                                    "punctuated_word": "Hi.",
                                    "start": 2.0,
                                    "end": 3.5,
                                    "speaker": "B",
                                },
                            ]
                        }
                    ]
                }
            ]
        }
    },
    "rev": {
        "monologues": [
            {
                "speaker": "A",
                "elements": [
                    {"type": "text", "value": "Hello", "ts": 0.0, "end_ts": 0.9},
                    {"type": "punct", "value": " "},
                    {"type": "text", "value": "there.", "ts": 1.0, "end_ts": 2.0},
                ],
            },
            {
                "speaker": "B",
                "elements": [{"type": "text", "value": "Hi.", "ts": 2.0, "end_ts": 3.5}],
            },
        ]
    },
}


@pytest.mark.parametrize("shape", SHAPES)
def test_each_shape_gives_speakers_times_and_words(shape: str) -> None:
    transcript = read("a.json", json.dumps(SHAPES[shape]).encode())
    got = [(turn.speaker, turn.start, turn.end, turn.text) for turn in transcript.turns]
    assert got == EXPECTED
    assert transcript.format == "json"


def test_whisper_cpp_counts_milliseconds_and_names_nobody() -> None:
    data = {
        "transcription": [
            {"offsets": {"from": 0, "to": 2500}, "text": " Hello there."},
            {"offsets": {"from": 2500, "to": 4000}, "text": " Hi."},
        ]
    }
    turns = read("a.json", json.dumps(data).encode()).turns
    assert [(turn.speaker, turn.start, turn.end, turn.text) for turn in turns] == [
        (None, 0.0, 2.5, "Hello there."),
        (None, 2.5, 4.0, "Hi."),
    ]


def test_broken_json_names_line_and_column() -> None:
    with pytest.raises(TranscriptError, match=r"a\.json, line 2, column \d+"):
        read("a.json", b'{"segments": [\n{"start": 1, "text": "a" "b"}]}')


@pytest.mark.parametrize(
    "text", ["[]", "{}", '{"segments": []}', '{"a": 1}', "[1, 2]", "[" * 100_000]
)
def test_json_without_speech_is_refused(text: str) -> None:
    with pytest.raises(TranscriptError, match=r"a\.json"):
        read("a.json", text.encode())


def test_impossible_times_are_none() -> None:
    text = (
        '{"segments": [{"start": -5, "end": 1e999, "text": "a", "speaker": "A"},'
        '{"start": NaN, "text": "b\\ud800"}]}'
    )
    turns = read("a.json", text.encode()).turns
    assert [(turn.start, turn.end) for turn in turns] == [(None, None), (None, None)]
    assert turns[1].text == "b\ufffd"
