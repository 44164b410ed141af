"""The pages of a questionnaire: one, or as many as the form's style asks for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import streamlit as st

from survey.filling import Filling, Place

PAGES = "pages"
"""The word in the settings sheet (`style`) that asks for pages."""
TOGETHER = "field-list"
"""The appearance of a group or repeat whose questions share a page."""


@dataclass(frozen=True)
class Sheet:
    """One page.

    Attributes:
        places: What stands on it, in order, with the headings of the sections around it.
    """

    places: tuple[Place, ...]

    @property
    def paths(self) -> tuple[str, ...]:
        """The paths of its questions."""
        return tuple(place.path for place in self.places if place.part == "question")

    @property
    def start(self) -> str:
        """The path it is remembered by."""
        return next(iter(self.paths), self.places[-1].path if self.places else "")


def sheets(filling: Filling) -> list[Sheet]:
    """Divide what is on the screen into pages: a question each, or a field-list together."""
    places = list(filling.walk())
    if PAGES not in filling.form.style:
        return [Sheet(tuple(places))]
    found: list[Sheet] = []
    around: list[Place] = []
    waiting = iter(places)
    for place in waiting:
        match place.part:
            case "question":
                found.append(Sheet((*around, place)))
            case "group" | "turn" if TOGETHER in place.element.appearance:
                found.append(Sheet((*around, place, *_until_its_end(place, waiting))))
            case "group" | "turn":
                around.append(place)
            case "end_group":
                around.pop()
            case "end_turn":
                around.pop()
                _append(found, place)
            case "end_repeat":
                _append(found, place)
    return found or [Sheet(())]


def _until_its_end(section: Place, waiting: Iterator[Place]) -> Iterator[Place]:
    """Yield what stands in a section, its end included."""
    for place in waiting:
        yield place
        if place.path == section.path:
            return


def _append(found: list[Sheet], place: Place) -> None:
    """Put the buttons at the end of a turn or repeat on the page that is last by then."""
    last = found.pop().places if found else ()
    found.append(Sheet((*last, place)))


def number_of(pages: Sequence[Sheet], path: str) -> int:
    """Return the number, from 0, of the page that a question stands on; the first if on none."""
    return next((number for number, sheet in enumerate(pages) if path in sheet.paths), 0)


def current(pages: Sequence[Sheet], filling: Filling) -> int:
    """Return the number, from 0, of the page that is open.

    It is remembered by its first question, so that pages that appear before it do not move it.
    """
    number: int
    number, start = st.session_state.get(_key(filling), (0, ""))
    for place, sheet in enumerate(pages):
        if start and sheet.start == start:
            return place
    return max(0, min(number, len(pages) - 1))


def open_sheet(pages: Sequence[Sheet], filling: Filling, number: int) -> None:
    """Open a page from the next run on."""
    number = max(0, min(number, len(pages) - 1))
    st.session_state[_key(filling)] = (number, pages[number].start)


def _key(filling: Filling) -> str:
    return f"sheet-{filling.instance_id}"
