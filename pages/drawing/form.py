"""A questionnaire on the screen: questions in their groups and turns, each with its problem."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from i18n import Message
from pages.drawing import choices, dates, numbers, texts
from pages.drawing.asking import Asking
from pages.words import language_name, t, tell
from survey.filling import AnswerProblem, Filling, Place
from survey.xlsform import Question

DRAWN: dict[str, Callable[[Asking], Any]] = {
    "text": texts.text,
    "note": texts.note,
    "calculate": texts.note,
    "integer": numbers.integer,
    "decimal": numbers.decimal,
    "range": numbers.scale,
    "select_one": choices.select_one,
    "select_multiple": choices.select_multiple,
    "acknowledge": choices.acknowledge,
    "date": dates.day,
    "time": dates.clock,
}
"""How each question type is drawn; each function returns the answer in its JSON form."""

Save = Callable[[str, Any], None]
"""Called with the path and the new answer when an answer changed; None clears it."""


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
    insist: bool = False,
    suggestions: Mapping[str, Sequence[str]] | None = None,
) -> None:
    """Draw what is asked now, and take in what was answered since the last run.

    Args:
        filling: The answers so far; changed as people answer.
        key: A prefix for the widgets, one for each entry.
        save: Keeps a changed answer.
        turns_changed: Keeps a repeat (its path) that gained or lost a turn.
        insist: Whether to say what is missing; before sending only what is wrong is said.
        suggestions: For paths without repeats, answers to choose from.
    """
    before = [place.path for place in filling.walk()]
    changed = False
    for place in list(filling.walk()):
        if place.part == "question":
            changed |= _question(
                filling, place, key=key, save=save, insist=insist, suggestions=suggestions or {}
            )
        elif place.part in {"group", "turn", "end_turn", "end_repeat"}:
            _structure(filling, place, key=key, turns_changed=turns_changed)
    if changed and [place.path for place in filling.walk()] != before:
        # An answer made other questions appear or vanish: draw those too.
        st.rerun()


def _question(
    filling: Filling,
    place: Place,
    *,
    key: str,
    save: Save,
    insist: bool,
    suggestions: Mapping[str, Sequence[str]],
) -> bool:
    question = place.element
    assert isinstance(question, Question)  # noqa: S101 - the part says so
    if not filling.relevant(place.path):
        return False  # an answer above has just made it vanish
    asking = Asking(
        filling, question, place.path, f"{key}{place.path}", suggestions.get(place.path, ())
    )
    with st.container(key=f"asked-{key}{place.path}", gap="small"):
        _words(asking)
        answer = DRAWN[question.type](asking)
        changed = question.type not in {"note", "calculate"} and answer != asking.value
        if changed:
            filling.answer(place.path, answer)
            save(place.path, filling.value(place.path))
        _problem(filling.problem(place.path), insist=insist)
    return changed


def _words(asking: Asking) -> None:
    label, hint = asking.filling.label(asking.path), asking.filling.hint(asking.path)
    required = " \\*" if asking.filling.required(asking.path) else ""
    weight = "" if asking.question.type == "note" else "**"
    st.markdown(f"{weight}{label.text or asking.question.name}{weight}{required}")
    if hint:
        st.caption(hint.text)
    if label.missing:
        st.caption(t("Only in {language}", language=language_name(label.language)))


def _problem(problem: AnswerProblem | None, *, insist: bool) -> None:
    if problem is None or (problem.kind == "required" and not insist):
        return
    st.error(said(problem), icon=":material/error:")


def said(problem: AnswerProblem) -> str:
    """Say a problem: in the form's own words, or in ours."""
    return tell(problem.message) if isinstance(problem.message, Message) else problem.message


def _structure(
    filling: Filling, place: Place, *, key: str, turns_changed: Callable[[str], None]
) -> None:
    if place.part == "group":
        if label := filling.label(place.path):
            st.subheader(label.text, anchor=False)
        return
    repeat = place.path.rpartition("[")[0] if "turn" in place.part else place.path
    label_of_repeat = place.element.label.get(filling.language, "") or place.element.name
    if place.part == "turn":
        st.subheader(f"{label_of_repeat} {place.number}", anchor=False)
    elif place.part == "end_turn" and not place.fixed and place.turns > 1:
        if st.button(t("Remove"), icon=":material/delete:", key=f"remove-{key}{place.path}"):
            filling.remove_repeat(repeat, place.number)
            turns_changed(repeat)
    elif (
        place.part == "end_repeat"
        and not place.fixed
        and st.button(t("One more"), icon=":material/add:", key=f"add-{key}{place.path}")
    ):
        filling.add_repeat(repeat)
        turns_changed(repeat)
