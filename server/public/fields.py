"""The fields of a question: the browser's own, so that every phone knows how to ask."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from i18n import say, translate
from server.public.reading import ANSWER, LONGEST, PLACE
from survey.audience.conditions import key_of
from survey.file_types import ENDINGS
from survey.filling import Offer
from survey.typed import text_of
from survey.xlsform import Question

FEW = 11
"""A range with at most so many steps is drawn as buttons in a row."""
MANY = 8
"""A list of more choices is drawn as one field, where its form wishes so."""


@dataclass(frozen=True)
class Asked:
    """A question on the page.

    Attributes:
        question: Of the form.
        path: Its path.
        key: Its identifier in the page.
        value: Its answer, as JSON.
        choices: What it offers.
        required: Whether the browser may insist on an answer.
        fixed: Whether it can only be looked at.
        language: The interface language.
    """

    question: Question
    path: str
    key: str
    value: Any
    choices: Sequence[Offer]
    required: bool
    fixed: bool
    language: str

    @property
    def one_box(self) -> bool:
        """Whether it has one field, which its label can belong to."""
        kind = self.question.type
        return not self.fixed and (
            kind in {"text", "integer", "decimal", "date", "time", "image", "audio", "file"}
            or (kind == "range" and not _steps(self))
            or (kind == "select_one" and "minimal" in self.question.appearance)
        )

    def attributes(self, kind: str, number: int = 0, **more: object) -> str:
        """Return the attributes of one of its fields."""
        told: dict[str, object] = {
            "type": kind,
            "id": f"{self.key}-{number}",
            "name": f"{ANSWER}{self.path}",
            "autocomplete": "off",
            **more,
        }
        words = [
            f'{name}="{escape(str(value))}"' if value is not True else name
            for name, value in told.items()
            if value is not None and value is not False and value != ""
        ]
        return " ".join([*words, *(["required"] if self.required else [])])


def draw(asked: Asked) -> str:
    """Return the fields of a question as HTML; a note has none."""
    if asked.fixed:
        shown = text_of(asked.question, asked.value) if asked.value is not None else ""
        return f'<p class="fixed">{escape(shown)}</p>' if shown else ""
    return _DRAWN[asked.question.type](asked)


def _nothing(_asked: Asked) -> str:
    return ""


def _text(asked: Asked) -> str:
    value = text_of(asked.question, asked.value)
    if "multiline" in asked.question.appearance:
        told = asked.attributes("", rows=3, maxlength=LONGEST)
        return f"<textarea {told}>\n{escape(value)}</textarea>"
    return f"<input {asked.attributes('text', value=value, maxlength=300)}>"


def _number(asked: Asked) -> str:
    whole = asked.question.type == "integer"
    mode = "numeric" if whole else "decimal"
    value = text_of(asked.question, asked.value)
    return f"<input {asked.attributes('text', value=value, inputmode=mode, maxlength=30)}>"


def _steps(asked: Asked) -> list[float]:
    """Return the values of a range that is drawn as buttons; none where there are too many."""

    def number(name: str, default: float) -> float:
        try:
            return float(asked.question.parameters.get(name, default))
        except ValueError:
            return default

    start, end, step = number("start", 1), number("end", 10), abs(number("step", 1)) or 1.0
    count = int(abs(end - start) / step + 1e-9)
    direction = 1 if end >= start else -1
    if count >= FEW:
        return []
    return [round(start + direction * step * each, 10) for each in range(count + 1)]


def _range(asked: Asked) -> str:
    steps = _steps(asked)
    if not steps:
        return _number(asked)
    chosen = key_of(asked.value)
    drawn = "".join(
        f"<label><input {_pick(asked, 'radio', number, key_of(value), chosen)}>"
        f"<span>{key_of(value)}</span></label>"
        for number, value in enumerate(steps)
    )
    return f'<div class="scale">{drawn}</div>'


def _pick(asked: Asked, kind: str, number: int, value: str, chosen: str) -> str:
    return asked.attributes(kind, number, value=value, checked=value == chosen)


def _one(asked: Asked) -> str:
    chosen = key_of(asked.value)
    if "minimal" in asked.question.appearance:
        options = "".join(
            f'<option value="{escape(offer.name)}"{" selected" if offer.name == chosen else ""}>'
            f"{escape(offer.label.text)}</option>"
            for offer in asked.choices
        )
        nothing = escape(translate(say("Please choose"), asked.language))
        told = asked.attributes("")
        return f'<select {told}><option value="">{nothing}</option>{options}</select>'
    return "".join(
        f'<label class="choice"><input {_pick(asked, "radio", number, offer.name, chosen)}>'
        f"<span>{escape(offer.label.text)}</span></label>"
        for number, offer in enumerate(asked.choices)
    )


def _several(asked: Asked) -> str:
    chosen = set(asked.value or ())
    free = Asked(**{**asked.__dict__, "required": False})
    return "".join(
        f'<label class="choice"><input '
        f"{free.attributes('checkbox', number, value=offer.name, checked=offer.name in chosen)}>"
        f"<span>{escape(offer.label.text)}</span></label>"
        for number, offer in enumerate(asked.choices)
    )


def _acknowledge(asked: Asked) -> str:
    agreed = escape(translate(say("Yes"), asked.language))
    told = asked.attributes("checkbox", value="OK", checked=asked.value == "OK")
    return f'<label class="choice"><input {told}><span>{agreed}</span></label>'


def _rank(asked: Asked) -> str:
    places = {name: place for place, name in enumerate(asked.value or (), 1)}
    drawn = []
    for number, offer in enumerate(asked.choices):
        name = f"{PLACE}{asked.path}#{offer.name}"
        options = "".join(
            f"<option{' selected' if places.get(offer.name) == place else ''}>{place}</option>"
            for place in range(1, len(asked.choices) + 1)
        )
        told = asked.attributes("", number, name=name)
        drawn.append(
            f'<label class="rank"><select {told}><option value=""></option>{options}</select>'
            f"<span>{escape(offer.label.text)}</span></label>"
        )
    return "".join(drawn)


def _date(asked: Asked) -> str:
    return f"<input {asked.attributes('date', value=str(asked.value or ''))}>"


def _time(asked: Asked) -> str:
    return f"<input {asked.attributes('time', value=str(asked.value or '')[:5])}>"


def _file(asked: Asked) -> str:
    kind = asked.question.type
    accept = ",".join(f".{ending}" for ending in ENDINGS[kind])
    accept = f"{kind}/*,{accept}" if accept else ""
    return f"<input {asked.attributes('file', accept=accept)}>"


_DRAWN: dict[str, Callable[[Asked], str]] = {
    "text": _text,
    "integer": _number,
    "decimal": _number,
    "range": _range,
    "select_one": _one,
    "select_multiple": _several,
    "acknowledge": _acknowledge,
    "rank": _rank,
    "note": _nothing,
    "date": _date,
    "time": _time,
    "image": _file,
    "audio": _file,
    "file": _file,
}
