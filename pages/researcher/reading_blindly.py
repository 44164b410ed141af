"""One passage at a time: is it about this theme? Blind to the computer and to the other coders."""

from __future__ import annotations

from functools import partial
from uuid import UUID

import streamlit as st

from data.database import open_session
from data.tables import CheckQuestion, ThemeCheck
from i18n import Refusal
from nlp.checking import Asked, CheckError, answer, asked, finished, progress, take_back
from nlp.checking.answering import CODERS, check_of, note_finished
from nlp.reading import Reading, readings
from pages import words
from pages.navigation import CHECKING, go
from pages.who import Here
from pages.words import t, tell

REFUSED = "refused-answer"


def read_blindly(me: Here, check_id: UUID) -> bool:
    """Ask about the next passage of a check.

    Args:
        me: The coder.
        check_id: The check, from the address.

    Returns:
        False where their study has no such check.
    """
    account = me.identity.account_id
    with open_session() as session:
        try:
            check = check_of(check_id, session=session, study_id=me.study.id)
        except CheckError:
            return False
        counts = progress(check_id, session=session, account_id=account)
    st.title(t("Is this about “{theme}”?", theme=words.of(check.title)), anchor=False)
    st.text(words.of(check.description))
    languages = _languages(check, counts)
    with open_session() as session:
        everything = asked(check_id, session=session, account_id=account, languages=languages)
    waiting = [each for each in everything if each.answer is None]
    if refused := st.session_state.pop(REFUSED, ""):
        st.warning(refused, icon=":material/front_hand:")
    if everything:
        done = len(everything) - len(waiting)
        st.progress(
            done / len(everything),
            text=t("{done} of {of} · kept as you go", done=done, of=len(everything)),
        )
    if waiting:
        _ask(me, check, waiting[0])
    elif everything:
        _through(check, me.identity.account_id)
    if len(waiting) < len(everything):
        _undo(me, check)
    if st.button(t("All checks"), icon=":material/arrow_back:", type="tertiary", key="all-checks"):
        go(CHECKING)
    return True


def _languages(check: ThemeCheck, counts: dict[str, tuple[int, int]]) -> list[str]:
    """Ask which languages the coder reads: those they have begun, or that of their screen."""
    if len(counts) < 2:
        return list(counts)
    begun = [tag for tag, (done, _) in counts.items() if done]
    chosen = st.pills(
        t("Languages that you read"),
        list(counts),
        default=begun or [tag for tag in counts if tag == words.language()] or list(counts),
        selection_mode="multi",
        format_func=lambda tag: f"{words.language_name(tag)} {counts[tag][0]}/{counts[tag][1]}",
        key=f"languages-{check.id}",
    )
    return list(chosen)


def _ask(me: Here, check: ThemeCheck, each: Asked) -> None:
    """Show a passage with what came before it, and the answers."""
    question = each.question
    with open_session() as session:
        found = readings(
            [str(question.passage_id)],
            session=session,
            study_id=me.study.id,
            account_id=me.identity.account_id,
        )
        session.commit()
    if not found:
        st.write(t("This passage is no longer there."))
        return
    with st.container(key=f"asked-{question.id}"):
        _passage(found[0])
        # None of the answers is the primary one: that would suggest it.
        with st.container(horizontal=True, key="blind-answers"):
            for said, label, key in (
                ("yes", t("Yes"), "J"),
                ("no", t("No"), "N"),
                ("unsure", t("I cannot say"), "U"),
            ):
                st.button(
                    label,
                    key=f"{said}-{question.id}",
                    shortcut=key,
                    width="stretch",
                    on_click=partial(_say, me, check, question, said),
                )


def _passage(reading: Reading) -> None:
    if reading.question:
        st.caption(words.of(reading.question))
    if reading.turn_before:
        st.caption(t("Before it was said:"))
        st.text(reading.turn_before)
    with st.container(key=f"quoted-{reading.key}"):
        st.text(reading.masked)


def _say(me: Here, check: ThemeCheck, question: CheckQuestion, said: str) -> None:
    """Keep an answer, and that a language is finished where it was the last.

    A second press on what was answered already meant the passage after it, which had not come yet:
    it changes nothing.
    """
    account = me.identity.account_id
    with open_session() as session:
        try:
            before = asked(check.id, session=session, account_id=account)
            if any(each.question.id == question.id and each.answer for each in before):
                return
            answer(question.id, said, session=session, study_id=me.study.id, account_id=account)
            after = progress(check.id, session=session, account_id=account)
            done, of = after[question.language]
            if done == of:
                note_finished(check, question.language, session=session, account_id=account)
            session.commit()
        except Refusal as refusal:
            session.rollback()
            st.session_state[REFUSED] = tell(refusal.messages[0])


def _undo(me: Here, check: ThemeCheck) -> None:
    st.button(
        t("Take the last answer back"),
        key="take-back",
        type="tertiary",
        icon=":material/undo:",
        shortcut="Z",
        on_click=partial(_take_back, me, check),
    )


def _take_back(me: Here, check: ThemeCheck) -> None:
    with open_session() as session:
        try:
            take_back(
                check.id,
                session=session,
                study_id=me.study.id,
                account_id=me.identity.account_id,
            )
            session.commit()
        except Refusal as refusal:
            session.rollback()
            st.session_state[REFUSED] = tell(refusal.messages[0])


def _through(check: ThemeCheck, account_id: UUID) -> None:
    """Thank, and say what is still needed."""
    with open_session() as session:
        done = finished(check.id, session=session)
    missing = [tag for tag, who in done.items() if account_id in who and len(who) < CODERS]
    st.success(t("You have read all of it. Thank you."), icon=":material/done_all:")
    if missing:
        named = words.together([words.language_name(tag) for tag in missing])
        st.write(t("A second person is still needed for {languages}.", languages=named))
