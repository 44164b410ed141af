"""Interviews as plain text, in every convention that people and programs have."""

from __future__ import annotations

import random
from collections.abc import Callable

from bench.transcript_files.encodings import encoded
from bench.transcript_files.truth import INITIALS, NAMES, Made, Said, clock, interview


def _lines(write: Callable[[Said], str], *, gap: str = "\n\n") -> Callable[[list[Said]], str]:
    return lambda turns: gap.join(write(turn) for turn in turns) + "\n"


def _paragraphs(turn: Said) -> str:
    return "\n\n".join(turn.paragraphs)


TEXTS: dict[str, tuple[Callable[[list[Said]], str], bool]] = {
    # name: how it is written, whether it tells the times
    "colon": (_lines(lambda t: f"{t.speaker}: {_paragraphs(t)}"), False),
    "colon dense": (_lines(lambda t: f"{t.speaker}: {t.text}", gap="\n"), False),
    "wide colon": (_lines(lambda t: f"{t.speaker}：{_paragraphs(t)}"), False),
    "french colon": (_lines(lambda t: f"{t.speaker} : {_paragraphs(t)}"), False),
    "colon, words below": (_lines(lambda t: f"{t.speaker}:\n{_paragraphs(t)}"), False),
    "markdown": (_lines(lambda t: f"**{t.speaker}:** {_paragraphs(t)}"), False),
    "time, colon": (_lines(lambda t: f"[{clock(t.start)}] {t.speaker}: {_paragraphs(t)}"), True),
    "bare time, colon": (_lines(lambda t: f"{clock(t.start)} {t.speaker}: {t.text}"), True),
    "colon after time": (
        _lines(lambda t: f"{t.speaker} ({clock(t.start, hours=False)}): {_paragraphs(t)}"),
        True,
    ),
    "Rev": (_lines(lambda t: f"{t.speaker} ({clock(t.start)}):\n{_paragraphs(t)}"), True),
    "Otter": (
        _lines(lambda t: f"{t.speaker}  {clock(t.start, hours=False)}\n{_paragraphs(t)}"),
        True,
    ),
    "time above, name": (
        _lines(lambda t: f"[{clock(t.start)}] {t.speaker}\n{_paragraphs(t)}"),
        True,
    ),
    "Happy Scribe": (_lines(lambda t: f"[{clock(t.start)}] - {t.speaker}\n{_paragraphs(t)}"), True),
    "name, time, words": (
        _lines(lambda t: f"{t.speaker} [{clock(t.start)}] {_paragraphs(t)}"),
        True,
    ),
    "Teams": (
        _lines(
            lambda t: (
                f"{clock(t.start, fraction='.')} --> {clock(t.end, fraction='.')}\n"
                f"{t.speaker}\n{t.text}"
            )
        ),
        True,
    ),
    "Meet": (_lines(lambda t: f"{clock(t.start)}\n\n{t.speaker}: {_paragraphs(t)}"), True),
    "Whisper log": (
        _lines(
            lambda t: (
                f"[{clock(t.start, fraction='.')} --> {clock(t.end, fraction='.')}] "
                f"[{t.speaker}] {t.text}"
            ),
            gap="\n",
        ),
        True,
    ),
    "f4": (
        _lines(lambda t: f"{t.speaker}: {t.text} #{clock(t.end)}-0#", gap="\n"),
        True,
    ),
    "brackets": (_lines(lambda t: f"[{t.speaker}] {_paragraphs(t)}"), False),
    "angle brackets": (_lines(lambda t: f"<{t.speaker}> {t.text}", gap="\n"), False),
    "name alone": (_lines(lambda t: f"{t.speaker}\n{_paragraphs(t)}"), False),
    "name alone, dense": (_lines(lambda t: f"{t.speaker}\n{t.text}", gap="\n"), False),
    "tab": (_lines(lambda t: f"{t.speaker}\t{t.text}", gap="\n"), False),
    "dash": (_lines(lambda t: f"{t.speaker} – {_paragraphs(t)}"), False),
    "arrows, name": (_lines(lambda t: f">> {t.speaker}: {_paragraphs(t)}"), False),
}
UNNAMED: dict[str, tuple[Callable[[list[Said]], str], bool]] = {
    "arrows": (_lines(lambda t: f">> {_paragraphs(t)}"), False),
    "times": (_lines(lambda t: f"[{clock(t.start)}] {_paragraphs(t)}"), True),
}


def texts(language: str, rng: random.Random) -> list[Made]:
    """Write an interview as plain text in every convention, each in one encoding."""
    made = []
    for name, (write, timed) in (TEXTS | UNNAMED).items():
        turns = interview(language, rng)
        content = encoded(write(turns), language, rng)
        made.append(
            Made(f"text: {name}", f"{language}.txt", content, turns, name not in UNNAMED, timed)
        )
    for name, write in {
        "initials": TEXTS["colon"][0],
        "initials, dense": TEXTS["colon dense"][0],
        "initials, tab": TEXTS["tab"][0],
    }.items():
        turns = interview(language, rng, INITIALS[language])
        made.append(Made(f"text: {name}", f"{language}.txt", write(turns).encode(), turns))
    turns = interview(language, rng, ("Q", "A"))
    content = "\n\n".join(f"{turn.speaker}. {_paragraphs(turn)}" for turn in turns).encode()
    made.append(Made("text: Q. A.", f"{language}.txt", content, turns))
    if NAMES[language][1].upper() != NAMES[language][1]:
        capitals = tuple(name.upper() for name in NAMES[language])
        turns = interview(language, rng, capitals)
        content = "\n\n".join(f"{turn.speaker} {_paragraphs(turn)}" for turn in turns).encode()
        made.append(Made("text: capitals", f"{language}.txt", content, turns))
    return made
