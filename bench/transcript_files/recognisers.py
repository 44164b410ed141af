"""Interviews as the JSON that speech recognisers write."""

from __future__ import annotations

import json
import random

from bench.transcript_files.truth import Made, Said, interview


def recognisers(language: str, rng: random.Random) -> list[Made]:
    """Write an interview as the JSON of the usual recognisers, every paragraph a segment."""
    made = []

    def add(kind: str, turns: list[Said], data: object) -> None:
        content = json.dumps(data, ensure_ascii=rng.random() < 0.5).encode()
        made.append(Made(f"json: {kind}", f"{language}.json", content, turns, timed=True))

    def segments(turns: list[Said], scale: float = 1) -> list[tuple[Said, float, float, str]]:
        found = []
        for turn in turns:
            step = (turn.end - turn.start) / len(turn.paragraphs)
            for at, words in enumerate(turn.paragraphs):
                begin, end = turn.start + at * step, turn.start + (at + 1) * step
                found.append((turn, begin * scale, end * scale, words))
        return found

    turns = interview(language, rng)
    add(
        "Whisper with speakers",
        turns,
        {
            "language": language,
            "segments": [
                {"start": begin, "end": end, "text": " " + words, "speaker": turn.speaker}
                for turn, begin, end, words in segments(turns)
            ],
        },
    )
    turns = interview(language, rng)
    add(
        "AssemblyAI",
        turns,
        {
            "utterances": [
                {"speaker": turn.speaker, "start": int(begin), "end": int(end), "text": words}
                for turn, begin, end, words in segments(turns, 1000)
            ]
        },
    )
    turns = interview(language, rng)
    add(
        "Deepgram",
        turns,
        {
            "results": {
                "utterances": [
                    {"speaker": turn.speaker, "start": begin, "end": end, "transcript": words}
                    for turn, begin, end, words in segments(turns)
                ]
            }
        },
    )
    turns = interview(language, rng)
    add(
        "AWS",
        turns,
        {
            "results": {
                "audio_segments": [
                    {
                        "speaker_label": turn.speaker,
                        "start_time": str(begin),
                        "end_time": str(end),
                        "transcript": words,
                    }
                    for turn, begin, end, words in segments(turns)
                ]
            }
        },
    )
    return made
