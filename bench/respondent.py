"""A person who answers at random, but wants the questionnaire to be accepted in the end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

from survey.filling import AddressError, Filling, Place
from survey.xlsform import Question

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_QUOTED = re.compile(r"'([^']*)'|\"([^\"]*)\"")
_WORDS = ("光", "the light", "Warum?", "x", "0", "ok", "اسم", "e\u0301", "a@b.org", "+49 30 1")


def respond(filling: Filling, random: Random, *, passes: int = 4) -> None:
    """Answer everything on the screen, again and again while new questions appear."""
    for _ in range(passes):
        asked = set()
        while fresh := [place for place in _questions(filling) if place.path not in asked]:
            for place in fresh:
                asked.add(place.path)
                if _still_asked(filling, place.path):
                    _answer(filling, place, random)
        _change_turns(filling, random)
        if not filling.problems():
            return


def _still_asked(filling: Filling, path: str) -> bool:
    try:
        return filling.relevant(path)
    except AddressError:  # an answer before took the turn away
        return False


def _questions(filling: Filling) -> Iterator[Place]:
    for place in filling.walk():
        if place.part == "question" and not filling.readonly(place.path):
            yield place


def _answer(filling: Filling, place: Place, random: Random) -> None:
    if filling.value(place.path) is not None and filling.problem(place.path) is None:
        return
    if random.random() < 0.3 and not filling.required(place.path):
        filling.answer(place.path, None)
        return
    if not isinstance(place.element, Question):
        return
    candidates = list(_candidates(filling, place.path, place.element, random))
    random.shuffle(candidates)
    # Large numbers last: they may be the number of turns of a repeat.
    candidates.sort(key=lambda candidate: isinstance(candidate, int | float) and candidate > 9)
    for candidate in candidates:
        filling.answer(place.path, candidate)
        if filling.problem(place.path) is None:
            return
    filling.answer(place.path, None)


def _change_turns(filling: Filling, random: Random) -> None:
    for place in list(filling.walk()):
        if place.part == "repeat" and not place.fixed:
            if random.random() < 0.3 and filling.repeat_count(place.path) < 4:
                filling.add_repeat(place.path)
            elif random.random() < 0.2 and filling.repeat_count(place.path) > 1:
                filling.remove_repeat(place.path, 1)
            return


FIXED: dict[str, tuple[Any, ...]] = {
    "date": tuple(
        (date(2026, 6, 20) + timedelta(days=days)).isoformat() for days in (-9999, -1, 0, 1, 99)
    ),
    "time": ("09:30", "21:05:00.000+02:00"),
    "datetime": (
        "2026-06-20T21:30:00.000+08:00",
        "1999-01-01T00:00:00Z",
        "2031-01-01T00:00:00Z",
    ),
    "acknowledge": ("OK",),
    "geopoint": ("31.23 121.47 4 10",),
    "geotrace": ("31.23 121.47 0 0;31.24 121.48 0 0",),
    "geoshape": ("31.23 121.47 0 0;31.24 121.48 0 0;31.25 121.47 0 0;31.23 121.47 0 0",),
    **dict.fromkeys(("image", "audio", "video", "file"), ("take-3.jpg",)),
}


def _candidates(filling: Filling, path: str, question: Question, random: Random) -> Iterator[Any]:
    rule = question.constraint.text if question.constraint else ""
    hints = [float(number) for number in _NUMBER.findall(rule)]
    near = [hint + step for hint in hints for step in (-1, 0, 1)]
    kind = question.type
    if kind in FIXED:
        yield from FIXED[kind]
    elif kind.startswith("select") or kind == "rank":
        yield from _chosen(filling, path, kind, random)
    elif kind in ("integer", "range"):
        start = float(question.parameters.get("start", "0"))
        step = float(question.parameters.get("step", "1"))
        yield from (start + turn * step for turn in range(-3, 12))
        yield from (int(number) for number in (*near, 0, 7, 18, 40, 2020))
    elif kind == "decimal":
        yield from (*near, 0.5, 3, 31.25, 100)
    else:
        yield from _WORDS
        yield from (one or other for one, other in _QUOTED.findall(rule))
        yield from ("1" * length for length in range(1, 15))
        yield from (str(int(number)) for number in near)


def _chosen(filling: Filling, path: str, kind: str, random: Random) -> Iterator[Any]:
    names = [offer.name for offer in filling.choices(path)]
    if kind == "rank":
        yield random.sample(names, len(names))
    elif kind == "select_multiple":
        yield from (random.sample(names, random.randint(0, len(names))) for _ in range(5))
        yield from ([name] for name in names)
    else:
        yield from names
