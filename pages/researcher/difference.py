"""One difference between coders: the passage, who marked what, what they say, what they settle."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from uuid import UUID

import streamlit as st
from sqlmodel import Session

from nlp.coding.coders import Coder
from nlp.coding.masking import Shown
from nlp.coding.places import Place
from nlp.coding.texts import texts_of
from nlp.settling import Difference, decide, talk
from nlp.settling.deciding import LONGEST
from pages import words
from pages.interviewer.escaping import plain
from pages.researcher.starring import attempt
from pages.who import Here
from pages.words import t


def texts_behind(
    shown: Sequence[Difference], *, session: Session, study_id: UUID, account_id: UUID
) -> Mapping[Place, Shown]:
    """Return the masked texts in which differences lie."""
    return texts_of(
        {each.unit.place for each in shown},
        session=session,
        study_id=study_id,
        account_id=account_id,
    )


def difference(
    me: Here, each: Difference, texts: Mapping[Place, Shown], called: Mapping[UUID, Coder]
) -> None:
    """Show a difference and let coders talk about it and settle it.

    Args:
        me: Who is here.
        each: The difference.
        texts: The masked texts.
        called: What the coders are called.
    """
    text = texts.get(each.unit.place)
    if text is None:
        return
    key = f"{each.code.id}-{each.unit.key}"
    with st.container(border=True, key=f"differs-{key}"):
        st.markdown(f"**{plain(each.code.name)}**")
        if each.code.description:
            st.caption(plain(each.code.description))
        start, end = text.to_masked(each.unit.start, each.unit.end)
        with st.container(key=f"quoted-{key}"):
            st.text(text.text[start:end])
        _who(each, text, called)
        _talk(me, each, key, called)
        _decide(me, each, key)


def _who(each: Difference, text: Shown, called: Mapping[UUID, Coder]) -> None:
    """Say who marked which words, and who left them."""
    for coder in sorted(each.marked_by, key=lambda one: called[one].number):
        marks = [mark for mark in each.unit.marks[each.code.id] if mark.account_id == coder]
        if any(mark.start <= each.unit.start and each.unit.end <= mark.end for mark in marks):
            st.text(t("{coder} marked all of it.", coder=name(called[coder])))
            continue
        marked = [f"“{text.text[slice(*text.to_masked(mark.start, mark.end))]}”" for mark in marks]
        st.text(
            t("{coder} marked: {words}", coder=name(called[coder]), words=words.together(marked))
        )
    left = [
        name(called[coder]) for coder in sorted(each.left_by, key=lambda one: called[one].number)
    ]
    st.text(t("{coders} left it unmarked.", coders=words.together(left)))


def name(coder: Coder) -> str:
    """Return what a coder is called."""
    return coder.label or t("Coder {number}", number=coder.number)


def _talk(me: Here, each: Difference, key: str, called: Mapping[UUID, Coder]) -> None:
    for said in each.talk:
        coder = called.get(said.account_id) if said.account_id else None
        with st.container(key=f"said-{said.id}", gap=None):
            st.caption(
                f"{plain(name(coder)) if coder else t('somebody who left')} · "
                f"{words.moment(said.created_at, me.zone)}"
            )
            st.text(said.text)
    with (
        st.form(f"talk-{key}", clear_on_submit=True, border=False),
        st.container(horizontal=True, vertical_alignment="bottom", gap="small"),
    ):
        st.text_input(
            t("What do you think?"),
            key=f"say-{key}",
            max_chars=LONGEST,
            label_visibility="collapsed",
            placeholder=t("What do you think?"),
        )
        st.form_submit_button(t("Say it"), key=f"send-{key}", on_click=_say, args=(me, each, key))


def _say(me: Here, each: Difference, key: str) -> None:
    text = st.session_state[f"say-{key}"]
    attempt(
        lambda session: talk(
            each.unit.place,
            each.unit.start,
            each.code.id,
            text,
            session=session,
            study_id=me.study.id,
            account_id=me.identity.account_id,
        )
    )


def _decide(me: Here, each: Difference, key: str) -> None:
    told = {
        "open": "",
        "holds": t("Settled: it is “{code}”.", code=each.code.name),
        "not": t("Settled: it is not “{code}”.", code=each.code.name),
    }[each.state]
    if told:
        st.text(told)
    with st.container(horizontal=True):
        for holds, label in ((True, t("It is")), (False, t("It is not"))):
            st.button(
                label,
                key=f"{'holds' if holds else 'not'}-{key}",
                disabled=each.state == ("holds" if holds else "not"),
                on_click=partial(_settle, me, each, holds=holds),
            )


def _settle(me: Here, each: Difference, *, holds: bool) -> None:
    attempt(
        lambda session: decide(
            each.unit.place,
            each.unit.start,
            each.code.id,
            holds=holds,
            session=session,
            study_id=me.study.id,
            account_id=me.identity.account_id,
        )
    )
