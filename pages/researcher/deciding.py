"""Deciding on the researcher's screens: doing it, saying it, taking it back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from uuid import UUID

import streamlit as st
from sqlmodel import col, select

from data.database import open_session
from data.tables import Account, ThemeEdit
from i18n import Message, Refusal
from nlp.deciding import Desk, OvertakenError, log_of, sentence, standing, undo
from nlp.results import Found, title_of
from pages import words
from pages.researcher.findings import proposal
from pages.who import Here
from pages.words import t, tell, tn

Deed = Callable[[Desk], object]
SEEN, DONE, REFUSED = "seen-decisions", "done-decision", "refused-decision"


def seen(found: Found) -> int:
    """Return the last decision that this person's screen showed before what they did now."""
    run, revision = st.session_state.get(SEEN, (None, 0))
    return int(revision) if run == found.run.id else found.decisions.revision


def saw(found: Found) -> None:
    """Note what the screen shows; the last line of every screen on which one decides."""
    st.session_state[SEEN] = (found.run.id, found.decisions.revision)


def decide(me: Here, found: Found, *deeds: Deed) -> None:
    """Do what a person decided, or say why not, and draw the screen again."""
    with open_session() as session:
        desk = Desk(
            session=session,
            run_id=found.run.id,
            account_id=me.identity.account_id,
            seen=seen(found),
        )
        try:
            for deed in deeds:
                deed(desk)
            session.commit()
            st.session_state[DONE] = (found.run.id, desk.own)
        except OvertakenError as overtaken:
            st.session_state[REFUSED] = (
                tell(overtaken.messages[0]),
                [edit.position for edit in overtaken.edits],
            )
        except Refusal as refusal:
            st.session_state[REFUSED] = (tell(refusal.messages[0]), [])
    st.rerun()


def proposed_titles(me: Here) -> dict[int, str]:
    """Return what the computer called the themes."""
    proposed = proposal(me.study.id)
    themes = proposed.themes if proposed else []
    return {theme.number: title_of(theme, words.language()) for theme in themes}


def outcome(me: Here, found: Found) -> None:
    """Say at the top of a screen what was just decided, with the way back, or why it was not."""
    with open_session() as session:
        log = log_of(session=session, run_id=found.run.id)
    told = {edit.position: edit for edit in log}
    text, others = st.session_state.pop(REFUSED, ("", []))
    if text:
        st.warning(
            "\n\n".join([text, *(tell(_said(told[each], log, me)) for each in others)]),
            icon=":material/front_hand:",
        )
    run, done = st.session_state.get(DONE, (None, []))
    if run != found.run.id or not set(done) <= told.keys() or not done:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="outcome"):
        st.caption(words.in_a_row(tell(_said(told[each], log, me)) for each in done))
        if st.button(t("Undo"), icon=":material/undo:", type="tertiary", key="undo"):
            decide(me, found, *(partial(undo, position=each) for each in reversed(done)))


def _said(edit: ThemeEdit, log: list[ThemeEdit], me: Here) -> Message:
    return sentence(edit, log, proposed_titles(me), words.language())


def history(me: Here, found: Found) -> None:
    """List who decided what and when, each with the way back."""
    with open_session() as session:
        log = log_of(session=session, run_id=found.run.id)
        labels = dict(
            session.exec(
                select(Account.id, Account.label).where(
                    col(Account.id).in_([edit.account_id for edit in log if edit.account_id])
                )
            ).all()
        )
    if not log:
        return
    holding = {edit.position for edit in standing(log)}
    with st.expander(
        tn("What people decided: one step", "What people decided: {count} steps", len(log))
    ):
        for edit in reversed(log):
            _step(edit, log, labels, me, found, holds=edit.position in holding)


def _step(
    edit: ThemeEdit,
    log: list[ThemeEdit],
    labels: dict[UUID, str],
    me: Here,
    found: Found,
    *,
    holds: bool,
) -> None:
    who = labels.get(edit.account_id, "") if edit.account_id else ""
    line = [who or t("a researcher"), when(edit.created_at, me)]
    if edit.carried:
        line.append(t("carried over from the run before"))
    if not holds:
        line.append(t("taken back"))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(f"{tell(_said(edit, log, me))} {' · '.join(line)}")
        back = t("Do it again") if edit.action == "undone" else t("Undo")
        if holds and st.button(back, type="tertiary", key=f"undo-{edit.position}"):
            decide(me, found, partial(undo, position=edit.position))


def when(moment: datetime, me: Here) -> str:
    """Say when: today, 21:04."""
    day = words.day(moment.astimezone(me.zone).date(), today=me.today)
    return t("{day}, {time}", day=day, time=words.clock(moment, me.zone))
