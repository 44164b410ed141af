"""How each question type is drawn."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from pages.drawing import choices, dates, files, lines, numbers, ranges, ranks, texts
from pages.drawing.asking import Answer, Asking
from pages.drawing.wording import worded


def sends_itself(asking: Asking) -> bool:
    """Tell whether a question is drawn with the box that brings its text to the server itself."""
    return asking.draft_of is not None and texts.writes_itself(asking.question)


def _text(asking: Asking) -> Answer:
    """Draw a text where nothing is kept, as in a preview."""
    return lines.area(asking) if asking.wants("multiline") else lines.line(asking)


def _nothing(asking: Asking) -> Answer:
    """Draw nothing more: a note is its label."""
    return asking.value


def _worked_out(asking: Asking) -> Answer:
    """Draw what was worked out."""
    if asking.value is not None:
        st.markdown(worded(str(asking.value)))
    return asking.value


DRAWN: dict[str, Callable[[Asking], Answer]] = {
    "text": _text,
    "note": _nothing,
    "calculate": _worked_out,
    "hidden": _worked_out,
    "integer": numbers.integer,
    "decimal": numbers.decimal,
    "range": ranges.scale,
    "select_one": choices.select_one,
    "select_one_external": choices.select_one,
    "select_multiple": choices.select_multiple,
    "rank": ranks.rank,
    "acknowledge": choices.acknowledge,
    "date": dates.day,
    "time": dates.clock,
    "datetime": dates.moment,
    "image": files.file,
    "audio": files.file,
    "video": files.file,
    "file": files.file,
    "osm": lines.line,
    "barcode": lines.line,
    "geopoint": lines.place,
    "geotrace": lines.place,
    "geoshape": lines.place,
}
"""Each function draws the answer below the label and returns it in its JSON form."""


def draw_answer(asking: Asking) -> Answer:
    """Draw the answer of a question and return it; what a formula works out is only shown."""
    question = asking.question
    if question.calculation is not None and not question.trigger:
        return _worked_out(asking)
    if asking.wants("label"):  # the head of a table of questions: each row names its choices
        return asking.value
    if sends_itself(asking):
        return texts.text(asking)
    return DRAWN[question.type](asking)
