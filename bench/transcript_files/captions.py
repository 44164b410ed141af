"""Interviews as subtitles."""

from __future__ import annotations

import random

from bench.transcript_files.truth import Made, clock, interview


def captions(language: str, rng: random.Random) -> list[Made]:
    """Write an interview as WebVTT and SRT, every paragraph a cue."""
    made = []
    for name, suffix in (("voices", "vtt"), ("labels", "vtt"), ("labels", "srt"), ("first", "srt")):
        turns = interview(language, rng)
        blocks = ["WEBVTT"] if suffix == "vtt" else []
        for turn in turns:
            step = (turn.end - turn.start) / len(turn.paragraphs)
            for at, words in enumerate(turn.paragraphs):
                begin, end = turn.start + at * step, turn.start + (at + 1) * step
                mark = "." if suffix == "vtt" else ","
                timing = f"{clock(begin, fraction=mark)} --> {clock(end, fraction=mark)}"
                label = f"{turn.speaker}: " if name == "labels" or at == 0 else ""
                line = f"<v {turn.speaker}>{words}</v>" if name == "voices" else label + words
                blocks.append(f"{len(blocks) + (suffix == 'srt')}\n{timing}\n{line}")
        content = ("\n\n".join(blocks) + "\n").encode()
        made.append(Made(f"{suffix}: {name}", f"{language}.{suffix}", content, turns, timed=True))
    return made
