"""Answers as JSON and as the text kept in the tree, and what may be answered to each type."""

from __future__ import annotations

import datetime as dt
import math
import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from i18n import Message, say
from survey.filling.separators import meanings
from survey.filling.tree import AnswerNode
from survey.xlsform.model import Question
from survey.xpath.values import number_string

Json = Any
LONGEST_TEXT = 200_000

_INTEGER = re.compile(r"[+-]?[0-9]{1,18}")
_DECIMAL = re.compile(r"[+-]?(?:[0-9]{1,30}(?:\.[0-9]{0,30})?|\.[0-9]{1,30})")
_PLAIN_NUMBER = re.compile(r"-?(?:[0-9]+(?:\.[0-9]+)?)")
_TIME = re.compile(
    r"([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]{1,6})?)?(Z|[+-][0-9]{2}:[0-9]{2})?"
)
UNKEEPABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")

LISTS = frozenset({"select_multiple", "rank"})
SELECTS = LISTS | {"select_one", "select_one_external"}
NUMBERS = frozenset({"integer", "decimal", "range"})
COMPUTED = frozenset({"calculate", "hidden"})


@dataclass(frozen=True, slots=True)
class Read:
    """An answer read: the text to keep, or what is wrong with it."""

    text: str = ""
    problem: Message | None = None
    numeric: bool = False


_BLANK = Read()
_NO_INTEGER = Read(problem=say("A whole number is needed here, such as 12."))
_NO_DECIMAL = Read(problem=say("A number is needed here, such as 3.5."))


def read(question: Question, value: Json) -> Read:
    """Read an answer given as JSON.

    Args:
        question: What was asked.
        value: A string, number, boolean, list of strings, date or None; blank strings, lists and
            None are no answer.
    """
    if isinstance(value, str):
        if not value or value.isspace():
            return _BLANK
        if problem := _unkeepable(value):
            return Read(problem=problem)
    elif value is None or value in ([], ()):
        return _BLANK
    return _READERS.get(question.type, _read_text)(question, value)


def _unkeepable(text: str) -> Message | None:
    if len(text) > LONGEST_TEXT:
        return say("The answer is longer than {limit} characters.", limit=LONGEST_TEXT)
    if UNKEEPABLE.search(text):
        return say("The answer contains characters that cannot be kept.")
    return None


def digits(text: str) -> str:
    """Write the digits of any script as 0 to 9, and the signs that go with them.

    Example:
        >>> digits("１２.５"), digits("٣٤")
        ('12.5', '34')
    """
    if text.isascii():
        return text
    out = []
    for character in text:
        value = unicodedata.decimal(character, None)
        if value is not None:
            out.append(str(value))
        else:
            out.append(
                {"．": ".", "٫": ".", "−": "-", "－": "-", "＋": "+"}.get(character, character)
            )
    return "".join(out)


def _read_integer(question: Question, value: Json) -> Read:
    if isinstance(value, bool):
        return _NO_INTEGER
    if isinstance(value, float):
        value = int(value) if math.isfinite(value) and value.is_integer() else "?"
    text = digits(str(value).strip())
    del question
    if _INTEGER.fullmatch(text):
        return Read(str(int(text)), numeric=True)
    return _unclear(text) or _NO_INTEGER


def _read_decimal(question: Question, value: Json) -> Read:
    if isinstance(value, bool):
        return _NO_DECIMAL
    if isinstance(value, float):
        value = number_string(value) if math.isfinite(value) else "?"
    text = digits(str(value).strip())
    del question
    if not _DECIMAL.fullmatch(text):
        return _unclear(text) or _NO_DECIMAL
    sign = "-" if text.startswith("-") else ""
    whole, _, fraction = text.lstrip("+-").partition(".")
    fraction = fraction.rstrip("0")
    written = (whole.lstrip("0") or "0") + (f".{fraction}" if fraction else "")
    return Read(written if written == "0" else sign + written, numeric=True)


def _unclear(text: str) -> Read | None:
    """Ask which of two numbers is meant, where a text may mean both."""
    found = meanings(text)
    if found is None:
        return None
    large, small = found
    problem = say(
        "Is this {large} or {small}? Please write one of the two.", large=large, small=small
    )
    return Read(problem=problem)


def _read_date(question: Question, value: Json) -> Read:
    del question
    if isinstance(value, dt.date):
        return Read(value.isoformat()[:10])
    text = digits(str(value).strip())
    try:
        return Read(dt.date.fromisoformat(text[:10]).isoformat() if _dated(text) else "")
    except ValueError:
        return Read(problem=say("A date is needed here, written year-month-day: 2026-06-20."))


def _dated(text: str) -> bool:
    if len(text) > 10 and text[10] not in "T ":
        raise ValueError(text)
    if len(text) < 10 or text[4] != "-":
        raise ValueError(text)
    return True


def _read_time(question: Question, value: Json) -> Read:
    del question
    if isinstance(value, dt.time):
        return Read(value.isoformat())
    text = digits(str(value).strip())
    if _TIME.fullmatch(text):
        return Read(text)
    return Read(problem=say("A time is needed here, written hours:minutes: 21:30."))


def _read_datetime(question: Question, value: Json) -> Read:
    del question
    if isinstance(value, dt.datetime):
        return Read(value.isoformat())
    text = digits(str(value).strip())
    try:
        dt.datetime.fromisoformat(text if _dated(text) else "")
    except ValueError:
        return Read(problem=say("A date and time are needed here, such as 2026-06-20T21:30:00."))
    return Read(text)


def _read_choice(question: Question, value: Json) -> Read:
    del question
    if isinstance(value, list | tuple | dict):
        return Read(problem=say("One choice is needed here."))
    if isinstance(value, bool):
        return Read("true" if value else "false")
    text = number_string(value) if isinstance(value, float) else str(value)
    return Read(text)


def _read_choices(question: Question, value: Json) -> Read:
    del question
    names = value.split() if isinstance(value, str) else value
    if not isinstance(names, list | tuple | set | frozenset):
        names = [names]
    written = []
    for name in names:
        if isinstance(name, dict | list | tuple) or not str(name).strip():
            return Read(problem=say("A list of choices is needed here."))
        text = number_string(name) if isinstance(name, float) else str(name)
        if len(text.split()) != 1 or _unkeepable(text):
            return Read(problem=say("{name} is not one of the choices.", name=text))
        written.append(text)
    return Read(" ".join(dict.fromkeys(written)))


def _read_acknowledged(question: Question, value: Json) -> Read:
    del question
    if value in (True, "OK", "ok", "true", 1):
        return Read("OK")
    if value in (False, "false", 0):
        return Read()
    return Read(problem=say("OK is needed here."))


def _read_point(question: Question, value: Json) -> Read:
    points = str(value).strip()
    wanted = say("A place is needed here: latitude and longitude, such as 31.23 121.47.")
    parts = [digits(part) for part in re.split(r"[;\n]", points) if part.strip()]
    if question.type == "geopoint" and len(parts) != 1:
        return Read(problem=wanted)
    for part in parts:
        numbers = part.replace(",", " ").split()
        if not 2 <= len(numbers) <= 4 or not all(map(_DECIMAL.fullmatch, numbers)):
            return Read(problem=wanted)
        if abs(float(numbers[0])) > 90 or abs(float(numbers[1])) > 180:
            return Read(problem=wanted)
    return Read(points)


def _read_text(question: Question, value: Json) -> Read:
    if isinstance(value, bool):
        return Read("true" if value else "false")
    if isinstance(value, int | float):
        if isinstance(value, float) and not math.isfinite(value):
            return Read(problem=say("A text is needed here."))
        return Read(
            number_string(float(value)) if isinstance(value, float) else str(value),
            numeric=question.type in COMPUTED,
        )
    if isinstance(value, str):
        return Read(value)
    if isinstance(value, dt.date | dt.time):
        return Read(value.isoformat())
    return Read(problem=say("A text is needed here."))


_READERS = {
    "integer": _read_integer,
    "decimal": _read_decimal,
    "range": _read_decimal,
    "date": _read_date,
    "time": _read_time,
    "datetime": _read_datetime,
    "select_one": _read_choice,
    "select_one_external": _read_choice,
    "select_multiple": _read_choices,
    "rank": _read_choices,
    "acknowledge": _read_acknowledged,
    "geopoint": _read_point,
    "geotrace": _read_point,
    "geoshape": _read_point,
}


def json_value(node: AnswerNode) -> Json:
    """Return the answer at a node as JSON; None when it is blank.

    An answer that could not be read comes back as it was given.
    """
    if node.given is not None:
        return node.given
    if not node.text:
        return None
    kind = node.question.type
    if kind in LISTS:
        return node.text.split()
    if kind == "integer":
        return int(node.text) if _INTEGER.fullmatch(node.text) else node.text
    if kind in NUMBERS or (node.numeric and kind in COMPUTED):
        return _number(node.text)
    return node.text


def _number(text: str) -> int | float | str:
    if not _PLAIN_NUMBER.fullmatch(text):
        return text
    number = float(text)
    return int(number) if number.is_integer() and abs(number) < 2**53 else number
