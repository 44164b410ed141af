"""Questions answered by typing, in the box that brings what is typed to the server by itself."""

from __future__ import annotations

from typing import Any

from pages.drawing import lines, numbers, ranges
from pages.drawing.asking import Answer, Asking
from pages.drawing.writing import write
from survey import typed
from survey.xlsform import Element, Question


def writes_itself(element: Element) -> bool:
    """Tell whether the answer to a question is brought to the server by the browser itself."""
    return isinstance(element, Question) and typed.is_typed(element)


def text(asking: Asking) -> Answer:
    """Draw a text, a number or a place: a line, or an area where the form asks for more."""
    _above(asking)
    written = write(asking, typed.text_of(asking.question, asking.value), **_box(asking))
    draft = asking.entry.drafts.get(asking.path)
    # The box sends its text by itself. What it tells the script counts only where nothing newer
    # is kept: a browser that comes back after an outage tells again what it told long ago.
    if written is None or written.base != (draft.revision if draft else 0):
        return asking.value
    return typed.answer_of(asking.question, written.text) if written.text.strip() else None


def _above(asking: Asking) -> None:
    """Say above the box what is to be known before typing."""
    match asking.question.type:
        case "geopoint" | "geotrace" | "geoshape":
            lines.how_places_are_written(asking)
        case "integer" | "decimal":
            numbers.separated(asking)
        case "range":
            ranges.bounds(asking)
        case _:
            lines.link(asking)


def _box(asking: Asking) -> dict[str, Any]:
    """Return what the box is like: how many lines, which keys a phone offers, who may look on."""
    question = asking.question
    keys = ""
    if question.type in typed.NUMBERS:
        # The keys for numbers have no minus on some phones: only where the form wants none.
        lowest = question.constraint.text if question.constraint else ""
        if ">" in lowest:
            keys = "numeric" if question.type == "integer" else "decimal"
    elif question.type == "date":
        keys = "numeric"
    elif asking.wants("numbers"):
        keys = "tel"
    elif asking.wants("url"):
        keys = "url"
    return {
        "multiline": question.type == "text" and asking.wants("multiline"),
        "rows": int(asking.parameter("rows", 4)),
        "keys": keys,
        "masked": asking.wants("masked"),
    }
