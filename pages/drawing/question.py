"""One question on the screen: what is asked, the answer, what is wrong with it."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from pages.drawing import problems
from pages.drawing.asking import Asking
from pages.drawing.kinds import draw_answer, sends_itself
from pages.drawing.media import beside
from pages.drawing.wording import anchor, worded
from pages.words import language_name, t

_HEAD = "generated_table_list_label_"
"""So begins the name of the note that pyxform makes of the label of a table of questions."""


def draw_question(asking: Asking, *, insist: bool) -> bool:
    """Draw a question and take its answer in.

    Args:
        asking: The question.
        insist: Whether to say that it is missing.

    Returns:
        Whether the answer changed.
    """
    with st.container(key=f"asked-{asking.key}", gap="xsmall"):
        _words(asking, to_jump_to=insist and asking.filling.problem(asking.path) is not None)
        answer = draw_answer(_followed(asking))
        changed = bool(answer != asking.value)
        if changed:
            asking.filling.answer(asking.path, answer)
        _remember(asking)
        problems.beside(asking.filling.problem(asking.path), insist=insist)
    return changed


def _words(asking: Asking, *, to_jump_to: bool) -> None:
    filling, path = asking.filling, asking.path
    label, hint, guidance = filling.label(path), filling.hint(path), filling.guidance(path)
    media = filling.media(path)
    text = label.text or ("" if asking.wants("label") or media else asking.question.name)
    kind = "noted" if asking.question.type == "note" else "said"
    with st.container(key=f"{kind}-{asking.key}", gap=None):
        if to_jump_to:
            st.html(f'<span id="{anchor(path)}"></span>')
        if text and asking.question.name.startswith(_HEAD):
            st.subheader(worded(text), anchor=False)
        elif text:
            required = " \\*" if filling.required(path) else ""
            st.markdown(f"{worded(text)}{required}")
    if hint:
        st.caption(worded(hint.text))
    if guidance:
        with st.expander(t("More about this question")):
            st.markdown(worded(guidance.text))
    if label.missing:
        st.caption(t("Only in {language}", language=language_name(label.language)))
    beside(media, asking.material, of=text)


def _followed(asking: Asking) -> Asking:
    """Give a widget a new key when its answer changed without it, so that it shows the new one.

    A keyed widget shows what it held in the run before, whatever it is told to show: after a
    formula cleared or set an answer it would bring the old one back.
    """
    if sends_itself(asking):
        return asking
    seen, generation = st.session_state.get(f"seen-{asking.key}", (asking.value, 0))
    if seen != asking.value:
        generation += 1
        st.session_state[f"seen-{asking.key}"] = (asking.value, generation)
    return replace(asking, key=f"{asking.key}~{generation}") if generation else asking


def _remember(asking: Asking) -> None:
    key = f"seen-{asking.key}"
    generation = st.session_state.get(key, (None, 0))[1]
    st.session_state[key] = (asking.value, generation)
