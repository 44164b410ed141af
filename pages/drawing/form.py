"""A questionnaire on the screen: questions in their groups and turns, on one page or several."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from pages.drawing import problems
from pages.drawing.asking import Asking, Material, no_material
from pages.drawing.entry import Entry
from pages.drawing.kinds import DRAWN
from pages.drawing.question import draw_question
from pages.drawing.sections import section
from pages.drawing.sheets import PAGES, Sheet, current, open_sheet, sheets
from pages.drawing.shelf import Shelf
from pages.drawing.top import begin_at_top
from pages.words import t
from survey.filling import Filling, Place
from survey.xlsform import Question

Save = Callable[[str, Any], None]
"""Called with the path and the new answer when an answer changed; None clears it."""
LONG = 8
"""From so many questions on it is said how many are answered."""


def undrawn(filling: Filling) -> list[str]:
    """Return the types of the form's questions that cannot be drawn."""
    wanted = {place.element.type for place in filling.walk() if isinstance(place.element, Question)}
    return sorted(wanted - set(DRAWN))


def draw(
    filling: Filling,
    *,
    key: str,
    save: Save,
    turns_changed: Callable[[str], None],
    entry: Entry | None = None,
    insist: bool = False,
    suggestions: Mapping[str, Sequence[str]] | None = None,
    shelf: Shelf | None = None,
    material: Material = no_material,
) -> bool:
    """Draw what is asked now, and take in what was answered since the last run.

    Args:
        filling: The answers so far; changed as people answer.
        key: A prefix for the widgets, one for each entry.
        save: Keeps a changed answer.
        turns_changed: Keeps a repeat (its path) that gained or lost a turn.
        entry: The entry, so that texts are sent while they are written; None in a preview.
        insist: Whether to say what is missing; before sending only what is wrong is said.
        suggestions: For paths without repeats, answers to choose from.
        shelf: Where files that people bring are kept; None where none can be brought.
        material: Gives the pictures and sounds of the questionnaire.

    Returns:
        Whether everything was gone through: on the last page, where it can be sent.
    """
    pages = sheets(filling)
    number = current(pages, filling)
    if insist:
        problems.listed(filling.problems(), filling, pages, key=key)
    _progress(filling, pages, number, key=key)
    before = _answers(filling)
    shown = [place.path for place in filling.walk()]
    changed: list[str] = []
    insisting = insist or st.session_state.get(_insisting(key)) == pages[number].start
    for place in pages[number].places:
        if not isinstance(place.element, Question):
            section(filling, place, key=key, turns_changed=turns_changed, material=material)
        elif filling.relevant(place.path) and not _headless(filling, place):
            # Relevant still: an answer above may just have made it vanish.
            asking = Asking(
                filling,
                place.element,
                place.path,
                f"{key}{place.path}",
                draft_of=entry,
                suggestions=(suggestions or {}).get(place.path, ()),
                shelf=shelf,
                material=material,
            )
            if draw_question(asking, insist=insisting):
                changed.append(place.path)
    if changed:
        _save(filling, before, changed, save)
        if _quick(filling, pages[number], changed):
            open_sheet(pages, filling, number + 1)
            st.rerun()
        if [place.path for place in filling.walk()] != shown or _redrawn(filling, changed):
            st.rerun()
    if len(pages) > 1:
        _turn(filling, pages, number, key=key)
    return number == len(pages) - 1


def _headless(filling: Filling, place: Place) -> bool:
    """Tell whether it is the head of a table of questions that says nothing of its own."""
    return "label" in place.element.appearance and not filling.label(place.path)


def _answers(filling: Filling) -> dict[str, Any]:
    """Return every answer that no formula gives, by path, whether it is asked for now or not."""
    return {
        node.path(): filling.value(node.path())
        for node in filling.root.inside()
        if isinstance(node.element, Question)
        and node.element.type not in {"note", "instanceID", "end", "audit"}
        and (node.element.calculation is None or node.element.trigger)
    }


def _save(filling: Filling, before: dict[str, Any], changed: list[str], save: Save) -> None:
    """Keep the answers given now, and those that changed because of them."""
    after = _answers(filling)
    followed = [path for path, value in after.items() if value != before.get(path)]
    for path in dict.fromkeys([*changed, *followed]):
        if path in after:
            save(path, after[path])


def _redrawn(filling: Filling, changed: Sequence[str]) -> bool:
    """Tell whether a question that is drawn otherwise once it is answered was answered."""
    return any(
        isinstance(element := filling.element(path), Question)
        and element.type in {"image", "audio", "video", "file"}
        for path in changed
    )


def _quick(filling: Filling, sheet: Sheet, changed: Sequence[str]) -> bool:
    """Tell whether the one question of a page was answered that leads on by itself."""
    if PAGES not in filling.form.style or sheet.paths != tuple(changed):
        return False
    path = changed[0]
    quick = "quick" in filling.element(path).appearance
    return quick and filling.value(path) is not None and filling.problem(path) is None


def _progress(filling: Filling, pages: Sequence[Sheet], number: int, *, key: str) -> None:
    """Say quietly how far it is."""
    if len(pages) > 1:
        begin_at_top(pages[number].start, key=key)
        with st.container(key=f"progress-{key}", gap="small"):
            st.caption(t("Page {number} of {count}", number=number + 1, count=len(pages)))
            st.progress((number + 1) / len(pages))
        return
    asked = [
        path
        for path in pages[0].paths
        if isinstance(element := filling.element(path), Question) and element.type != "note"
    ]
    if len(asked) >= LONG:
        done = sum(filling.value(path) is not None for path in asked)
        with st.container(key=f"progress-{key}", gap="small"):
            st.caption(t("{done} of {count} answered", done=done, count=len(asked)))


def _insisting(key: str) -> str:
    return f"insisting-{key}"


def _turn(filling: Filling, pages: Sequence[Sheet], number: int, *, key: str) -> None:
    """Draw the way back and on. On leads only past a page without problems."""
    with st.container(horizontal=True, wrap=False, key=f"turning-{key}"):
        if number and st.button(t("Back"), key=f"back-{key}", icon=":material/arrow_back:"):
            open_sheet(pages, filling, number - 1)
            st.rerun()
        last = number == len(pages) - 1
        if not last and st.button(t("Next"), key=f"next-{key}", type="primary", width="stretch"):
            wrong = [path for path in pages[number].paths if filling.problem(path)]
            st.session_state[_insisting(key)] = pages[number].start if wrong else None
            if not wrong:
                open_sheet(pages, filling, number + 1)
            st.rerun()
