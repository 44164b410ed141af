"""JSON as speech recognisers write it: the Whisper family, and others where the shape is simple.

Whisper, faster-whisper, WhisperX: `segments` with `start`, `end`, `text`, maybe `speaker`, `words`.
whisper.cpp: `transcription` with `offsets` in milliseconds. OpenAI and Groq answer like Whisper.
AssemblyAI: `utterances` in milliseconds. Deepgram: `results.utterances`. AWS Transcribe:
`results.audio_segments`, or `results.items` with `speaker_label`. Rev: `monologues`.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from i18n import say
from survey.transcripts import limits
from survey.transcripts.cleaning import clean
from survey.transcripts.cues import Cue, join, read_cues, scaled
from survey.transcripts.model import Reading, TranscriptError
from survey.transcripts.timecodes import seconds

Object = Mapping[str, Any]

TEXT_KEYS = ("text", "transcript", "content", "value", "utterance", "sentence", "message")
SPEAKER_KEYS = (
    "speaker",
    "speaker_label",
    "speaker_name",
    "speaker_id",
    "speakerName",
    "role",
    "name",
    "channel",
)
START_KEYS = ("start", "start_time", "startTime", "begin", "from", "ts", "timestamp")
END_KEYS = ("end", "end_time", "endTime", "to", "end_ts")
WORD_KEYS = ("punctuated_word", "word", "text", "value", "content")

_LISTS = (
    ("segments",),
    ("transcription",),
    ("utterances",),
    ("results", "utterances"),
    ("results", "audio_segments"),
    ("results", "items"),
    ("result", "segments"),
    ("monologues",),
    ("paragraphs",),
    ("messages",),
    ("turns",),
    ("transcript",),
    ("words",),
    ("chunks",),
)
"""Where the pieces are, in order of preference."""


def read_json(filename: str, text: str, choice: str | None = None) -> Reading:
    """Read a recogniser's JSON as turns.

    Raises:
        TranscriptError: If it is broken (with line and column) or holds no speech we recognise.
    """
    if len(text) > limits.JSON_BYTES:
        raise TranscriptError(
            say("{file} is larger than {size} MB.", file=filename, size=limits.JSON_BYTES >> 20)
        )
    data = _parse(filename, text)
    pieces = _pieces(data)
    if not pieces and isinstance(data, dict):
        pieces = [data]
    if len(pieces) > limits.TURNS:
        raise TranscriptError(
            say("{file} has more than {count} turns.", file=filename, count=limits.TURNS)
        )
    cues = scaled(cue for piece in pieces for cue in _cues(piece))
    if not any(cue.text for cue in cues):
        raise TranscriptError(
            say("{file} is JSON, but holds no speech in a form we know.", file=filename)
        )
    return read_cues(
        filename, cues, "fields" if any(cue.speaker for cue in cues) else "none", choice
    )


def _parse(filename: str, text: str) -> Any:  # noqa: ANN401 - JSON is anything
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        lines = _parse_lines(text)
        if lines:
            return lines
        raise TranscriptError(
            say(
                "{file}, line {line}, column {column}: this is not valid JSON.",
                file=filename,
                line=error.lineno,
                column=error.colno,
            )
        ) from None
    except (RecursionError, ValueError):  # nested too deeply; a number too long
        raise TranscriptError(say("{file} is not a transcript in JSON.", file=filename)) from None


def _parse_lines(text: str) -> list[Any]:
    """Parse JSON Lines; nothing where any line is no JSON."""
    try:
        return [json.loads(line) for line in text.split("\n") if line.strip()]
    except (RecursionError, ValueError):
        return []


def _pieces(data: Any) -> Sequence[Object]:  # noqa: ANN401 - JSON is anything
    if isinstance(data, list):
        return [piece for piece in data if isinstance(piece, dict)]
    if not isinstance(data, dict):
        return []
    for path in _LISTS:
        found: Any = data
        for key in path:
            found = found.get(key) if isinstance(found, dict) else None
        if isinstance(found, list) and (pieces := [one for one in found if isinstance(one, dict)]):
            return pieces
    return _deepgram(data)


def _deepgram(data: Object) -> list[Object]:
    """Return the words of Deepgram's first alternative."""
    found: Any = data
    for key in ("results", "channels", 0, "alternatives", 0, "words"):
        if isinstance(key, str):
            found = found.get(key) if isinstance(found, dict) else None
        else:
            found = found[key] if isinstance(found, list) and len(found) > key else None
    return [word for word in found if isinstance(word, dict)] if isinstance(found, list) else []


def _cues(piece: Object) -> Iterator[Cue]:
    """Yield the speech of one piece, cut where its words change speaker."""
    words = piece.get("words")
    if isinstance(words, list) and _speakers(words) > 1:
        yield from _words(piece, [word for word in words if isinstance(word, dict)])
        return
    start, end = _times(piece)
    yield Cue(_speaker(piece), start, end, _text(piece))


def _words(piece: Object, words: Sequence[Object]) -> Iterator[Cue]:
    """Yield runs of words of one speaker (WhisperX); a word without one belongs to the run."""
    speaker = _speaker(words[0]) or _speaker(piece)
    run: list[Object] = []
    for word in words:
        here = _speaker(word) or speaker
        if here != speaker and run:
            yield _run(speaker, run)
            run = []
        speaker = here
        run.append(word)
    yield _run(speaker, run)


def _run(speaker: str | None, words: Sequence[Object]) -> Cue:
    starts = [start for word in words if (start := _times(word)[0]) is not None]
    ends = [end for word in words if (end := _times(word)[1]) is not None]
    pieces = [text for word in words if (text := _first_text(word, WORD_KEYS))]
    return Cue(speaker, starts[0] if starts else None, ends[-1] if ends else None, join(pieces))


def _speakers(words: Sequence[Any]) -> int:
    return len({_speaker(word) for word in words if isinstance(word, dict)} - {None})


def _text(piece: Object) -> str:
    for key in ("punctuated_word", *TEXT_KEYS, "word"):
        value = piece.get(key)
        if isinstance(value, str) and value.strip():
            return " ".join(clean(value).split())
    for key in ("elements", "sentences", "alternatives"):  # Rev, Deepgram, AWS
        parts = piece.get(key)
        if isinstance(parts, list):
            found = [part for part in parts if isinstance(part, dict)]
            if key == "elements":
                return "".join(clean(str(part.get("value") or "")) for part in found).strip()
            texts = [text for part in found if (text := _first_text(part, TEXT_KEYS))]
            return join(texts[:1] if key == "alternatives" else texts)
    return ""


def _first_text(piece: Object, keys: Sequence[str]) -> str:
    for key in keys:
        value = piece.get(key)
        if isinstance(value, str) and value.strip():
            return clean(value).strip()
    return ""


def _speaker(piece: Object) -> str | None:
    for key in SPEAKER_KEYS:
        value = piece.get(key)
        if isinstance(value, dict):
            value = value.get("name") or value.get("id")
        if isinstance(value, str) and value.strip():
            return " ".join(clean(value).split())[:200]
        if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10_000:
            return str(value)
    return None


def _times(piece: Object) -> tuple[float | None, float | None]:
    for inner in ("offsets", "timestamps"):  # whisper.cpp
        if isinstance(piece.get(inner), dict):
            start, end = _times(piece[inner])
            scale = 1000 if inner == "offsets" else 1
            return (
                None if start is None else start / scale,
                None if end is None else end / scale,
            )
    pair = piece.get("timestamp")  # transformers: [start, end]
    if isinstance(pair, list) and len(pair) == 2:
        return _number(pair[0]), _number(pair[1])
    elements = piece.get("elements")
    if isinstance(elements, list):  # Rev
        inside = [
            _times(part) for part in elements if isinstance(part, dict) and not part.get("elements")
        ]
        starts = [start for start, _ in inside if start is not None]
        ends = [end for _, end in inside if end is not None]
        return (starts[0] if starts else None, ends[-1] if ends else None)
    return (
        next(
            (number for key in START_KEYS if (number := _number(piece.get(key))) is not None), None
        ),
        next((number for key in END_KEYS if (number := _number(piece.get(key))) is not None), None),
    )


def _number(value: Any) -> float | None:  # noqa: ANN401 - JSON is anything
    """Return a time: a number, a number in a string (`"12.5"`, `"12.5s"`) or a time code."""
    if isinstance(value, str) and len(value) < 40:
        moment = seconds(value)
        if moment is not None:
            return moment
        try:
            value = float(value.rstrip("s"))
        except ValueError:
            return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if math.isfinite(number) and number >= 0 else None
