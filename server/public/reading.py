"""Reading what a page for the public sends back: the answers, and what else it says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from survey.audience.fitting import FILES
from survey.audience.prefilling import prefill
from survey.audience.receiving import Upload
from survey.filling import AddressError, Filling
from survey.typed import answer_of
from survey.xlsform import Form, Question, Repeat

ANSWER, TURNS, PLACE = "a:", "turns:", "p:"
"""What the names of fields begin with: an answer, how many turns, a place in an order."""
LONGEST = 4000
"""Characters of an answer that is written."""
SHORT = 200
"""Characters of an answer in an address."""
MOST_TURNS = 20
FILE_MEGABYTES = 10
WRONG = re.compile("[\0\ud800-\udfff]")


@dataclass
class Sent:
    """What a page sent.

    Attributes:
        instance_id: Of the answer; None where it is missing or none.
        said: The other fields by their name: `receipt`, `ticket`, `language`, `name`, `do`, `age`.
        answers: The texts of each answer by path, as they stand in the fields.
        turns: How many turns the page shows of each repeat.
        seen: The questions that the page showed.
        files: The files by path: what each is called and what is in it.
    """

    instance_id: UUID | None = None
    said: dict[str, str] = field(default_factory=dict)
    answers: dict[str, list[str]] = field(default_factory=dict)
    turns: dict[str, int] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)
    files: dict[str, tuple[str, bytes]] = field(default_factory=dict)


def gather(fields: Iterable[tuple[str, str | tuple[str, bytes]]]) -> Sent:
    """Sort the fields of a page; what no page of ours sends is left out."""
    sent = Sent()
    for name, value in fields:
        if isinstance(value, tuple):
            if value[1] and name.startswith(ANSWER):
                sent.files[name.removeprefix(ANSWER)] = value
            continue
        text = WRONG.sub("\N{REPLACEMENT CHARACTER}", value)[:LONGEST]
        if name == "seen":
            sent.seen.add(text)
        elif name.startswith(ANSWER):
            sent.answers.setdefault(name.removeprefix(ANSWER), []).append(text)
        elif name.startswith(PLACE):
            path, _, choice = name.removeprefix(PLACE).rpartition("#")
            sent.answers.setdefault(path, []).append(f"{text}#{choice}" if text else "")
        elif name.startswith(TURNS) and text.isdecimal():
            sent.turns[name.removeprefix(TURNS)] = min(int(text[:4]), MOST_TURNS)
        else:
            sent.said[name] = text
    with suppress(ValueError):
        sent.instance_id = UUID(sent.said.get("instance", ""))
    return sent


def fill(form: Form, sent: Sent, *, language: str, prefilled: Sequence[str]) -> Filling:
    """Return a filling with the answers that a page sent.

    Args:
        form: The questionnaire.
        sent: What the page sent.
        language: The language shown.
        prefilled: The questions that the address may answer, hidden ones among them.
    """
    instance = f"uuid:{sent.instance_id}" if sent.instance_id else None
    filling = Filling(form, language=language, instance_id=instance)
    _turn(filling, sent)
    for path, texts in sent.answers.items():
        with suppress(AddressError):
            question = filling.element(path)
            if not isinstance(question, Question):
                continue
            if question.type == "hidden":
                prefill(filling, {question.name: texts[0]}, prefilled)
            elif question.type not in FILES and not filling.readonly(path):
                filling.answer(path, _read(question, texts))
    for path, (filename, _) in sent.files.items():
        with suppress(AddressError):
            question = filling.element(path)
            if isinstance(question, Question) and question.type in FILES:
                filling.answer(path, filename)
    return filling


def _turn(filling: Filling, sent: Sent) -> None:
    """Give repeats as many turns as the page shows; then do what a button asks for."""
    for path, count in sorted(sent.turns.items()):
        with suppress(AddressError):
            while filling.repeat_count(path) < count:
                filling.add_repeat(path)
            while filling.repeat_count(path) > count:
                filling.remove_repeat(path, filling.repeat_count(path))


def press(filling: Filling, button: str) -> bool:
    """Do what a button of the page asks for: a turn more, or one less.

    Returns:
        Whether it was such a button.
    """
    what, _, path = button.partition(":")
    with suppress(AddressError):
        if what == "add" and isinstance(filling.element(path), Repeat):
            if filling.repeat_count(path) < MOST_TURNS:
                filling.add_repeat(path)
            return True
        whole, _, number = path.removesuffix("]").rpartition("[")
        if what == "remove" and number.isdecimal():
            filling.remove_repeat(whole, int(number))
            return True
    return False


def _read(question: Question, texts: list[str]) -> Any:  # noqa: ANN401 - an answer as JSON
    """Return the answer that the fields of a question say."""
    said = [text for text in texts if text]
    if question.type == "select_multiple":
        return said or None
    if question.type == "rank":
        return _ordered(said) or None
    return answer_of(question, said[0]) if said else None


def _ordered(said: list[str]) -> list[str]:
    """Return choices in the order of the places given to them."""
    places = [text.partition("#") for text in said]
    known = [(int(place), choice) for place, _, choice in places if place.isdecimal()]
    return [choice for _, choice in sorted(known, key=lambda pair: pair[0])]


def uploads(filling: Filling, sent: Sent) -> list[Upload]:
    """Return the files that answer questions that are asked."""
    found = []
    for path, (filename, content) in sent.files.items():
        with suppress(AddressError):
            question = filling.element(path)
            if isinstance(question, Question) and question.type in FILES and filling.relevant(path):
                found.append(Upload(path, question.type, filename, content))
    return found


def prefilled_only(query: Mapping[str, str], allowed: Sequence[str]) -> dict[str, str]:
    """Return what an address answers of what it may."""
    return {name: query[name][:SHORT] for name in allowed if query.get(name)}
