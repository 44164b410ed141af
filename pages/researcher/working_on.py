"""Working on one quotation: what stands around it, its translations, its length."""

from __future__ import annotations

import streamlit as st

from data.database import open_session
from data.tables import Passage
from nlp import quoting
from nlp.quoting import Quoted
from nlp.quoting.printing import LANGUAGES
from pages import words
from pages.interviewer.escaping import plain
from pages.researcher.starring import attempt
from pages.who import Here
from pages.words import t


def work_on(me: Here, each: Quoted) -> None:
    """Show what stands around a quotation, and let it be translated, checked, shortened or left."""
    if each.words:
        _around(me, each)
        _translate(me, each)
    if each.release and each.release.printed_at:
        return
    _narrow(me, each)
    _take_off(me, each)


def _around(me: Here, each: Quoted) -> None:
    with open_session() as session:
        beside = quoting.around(
            [each],
            session=session,
            study_id=me.study.id,
            account_id=me.identity.account_id,
        )[each.key]
        session.commit()
    st.markdown(f"**{t('Around it')}**")
    lines = [
        words.of(each.question),
        beside.turn_before,
        beside.before,
        f"“{each.words}”",
        beside.after,
        beside.turn_after,
    ]
    for line in lines:
        if line:
            st.caption(plain(line))


def _translate(me: Here, each: Quoted) -> None:
    offered = [
        tag
        for tag in dict.fromkeys([*LANGUAGES, *each.translations, *me.study.languages])
        if tag != each.language
    ]
    st.markdown(f"**{t('Translation')}**")
    tag = st.segmented_control(
        t("Into"),
        offered,
        default=offered[0],
        required=True,
        format_func=words.language_name,
        label_visibility="collapsed",
        key=f"into-{each.key}",
    )
    kept = each.translations.get(tag)
    place = f"{each.key}-{tag}"
    with st.form(f"translate-{place}", border=False):
        st.text_area(
            t("In {language}", language=words.language_name(tag)),
            kept.text if kept else "",
            height=120,
            key=f"translation-{place}",
        )
        st.text_input(
            t("Translated by"),
            kept.translator if kept else "",
            placeholder=t("A person’s name, or the programme and its version"),
            key=f"translator-{place}",
        )
        st.checkbox(
            t("A programme translated it"), bool(kept and kept.machine), key=f"machine-{place}"
        )
        # As a callback: it knows the quotation that this person saw, not a newer one.
        st.form_submit_button(
            t("Keep the translation"),
            key=f"translate-{place}",
            on_click=lambda: attempt(
                lambda session: quoting.translate(
                    each.key,
                    st.session_state[f"translation-{place}"],
                    language=tag,
                    translator=st.session_state[f"translator-{place}"],
                    machine=st.session_state[f"machine-{place}"],
                    seen=each.quotation.revision,
                    session=session,
                    account_id=me.identity.account_id,
                )
            ),
        )
    if kept is None:
        return
    if kept.checked_at:
        st.caption(
            plain(
                t(
                    "Checked by {name}, {when}. If it is changed, it has to be checked again.",
                    name=kept.checker,
                    when=words.moment(kept.checked_at, me.zone),
                )
            )
        )
        return
    with st.form(f"check-{place}", border=False):
        st.text_input(
            t("Compared with the original by"),
            placeholder=t("Somebody other than the translator"),
            key=f"checker-{place}",
        )
        st.form_submit_button(
            t("It says the same"),
            key=f"check-{place}",
            on_click=lambda: attempt(
                lambda session: quoting.check(
                    each.key,
                    language=tag,
                    checker=st.session_state[f"checker-{place}"],
                    seen=each.quotation.revision,
                    session=session,
                    account_id=me.identity.account_id,
                )
            ),
        )


def _narrow(me: Here, each: Quoted) -> None:
    with open_session() as session:
        passage = (
            session.get(Passage, each.quotation.passage_id) if each.quotation.passage_id else None
        )
    if passage is None:
        return
    st.markdown(f"**{t('Which words')}**")
    if not each.words:
        st.write(t("The passage reads differently by now. Choose the words again."))
    field = f"words-{each.key}-{each.quotation.revision}"
    st.text_area(
        t("Leave words out at both ends; in between every word stays as it is."),
        each.words or passage.masked,
        height="content",
        key=field,
    )
    with st.container(horizontal=True):
        for label, key, chosen in (
            (t("Quote exactly these words"), "narrow", lambda: st.session_state[field]),
            (t("Quote the whole passage"), "widen", lambda: passage.masked),
        ):
            st.button(
                label,
                key=f"{key}-{each.key}",
                on_click=lambda chosen=chosen: attempt(
                    lambda session: quoting.narrow(
                        each.key,
                        chosen(),
                        seen=each.quotation.revision,
                        session=session,
                        account_id=me.identity.account_id,
                    )
                ),
            )


def _take_off(me: Here, each: Quoted) -> None:
    with st.popover(t("Take it off the shelf"), key=f"off-{each.key}"):
        st.write(t("Its translations and its author’s reply go with it."))
        st.button(
            t("Take it off"),
            key=f"take-off-{each.key}",
            on_click=lambda: attempt(
                lambda session: quoting.take_off(
                    each.key,
                    seen=each.quotation.revision,
                    session=session,
                    account_id=me.identity.account_id,
                )
            ),
        )
