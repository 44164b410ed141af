"""What is wrong with the answers, beside each question and as a list that leads there."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from i18n import Message
from pages.drawing.sheets import Sheet, number_of, open_sheet
from pages.drawing.wording import anchor, worded
from pages.words import t, tell
from survey.filling import AnswerProblem, Filling


def said(problem: AnswerProblem) -> str:
    """Say a problem: in the form's own words, or in ours."""
    return tell(problem.message) if isinstance(problem.message, Message) else problem.message


def beside(problem: AnswerProblem | None, *, insist: bool) -> None:
    """Say what is wrong with one answer, below it.

    Args:
        problem: The problem, if there is one.
        insist: Whether to say what is missing; before that only what is wrong is said.
    """
    if problem is None:
        return
    # An order that is not complete yet is a problem of the choices.
    if problem.kind in {"required", "choice"} and not insist:
        return
    st.error(worded(said(problem)), icon=":material/error:")


def listed(
    problems: Sequence[AnswerProblem], filling: Filling, pages: Sequence[Sheet], *, key: str
) -> None:
    """Say everything that is wrong; each line leads to its question."""
    if not problems:
        return
    with st.container(key=f"problems-{key}", border=True, gap="small"):
        st.markdown(t("Before it can be sent:"))
        if len(pages) == 1:
            st.markdown(
                "\n".join(
                    f"- {_line(each, _name(each, filling), link=anchor(each.path))}"
                    for each in problems
                )
            )
            return
        for number, each in enumerate(problems):
            page = number_of(pages, each.path)
            st.button(
                _line(each, _name(each, filling)),
                key=f"problem-{key}-{number}",
                type="tertiary",
                on_click=open_sheet,
                args=(pages, filling, page),
                wrap=True,
            )


def _line(problem: AnswerProblem, name: str, *, link: str = "") -> str:
    """Say of a question what is wrong; after a question mark stands no colon."""
    told, shown = worded(said(problem)), f"[{name}](#{link})" if link else name
    if name.endswith(("?", "？")):
        return f"{shown} {told}"
    return t("{path}: {problem}", path=shown, problem=told)


def _name(problem: AnswerProblem, filling: Filling) -> str:
    """Return what a question is called in the list, without line breaks and links of its own."""
    label = filling.label(problem.path).text or problem.path.rpartition("/")[2]
    line = " ".join(label.split())
    return worded(line).replace("[", "\\[").replace("]", "\\]")
