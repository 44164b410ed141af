"""Correcting one turn: its words, its speaker, where it ends."""

from __future__ import annotations

import re
from uuid import UUID

import streamlit as st

from data.database import open_session
from data.erasing import scrub
from data.tables import Interview, Turn
from data.tables.base import now
from i18n import Refusal
from pages import words
from pages.interviewer.escaping import plain
from pages.who import Here
from pages.words import t, tell
from survey.interviews import turns

PAUSE = re.compile(r"[，。！？；：、,.!?;:…\n]+[\"'”’»)\]）」』]*\s*")
EDITING, OPENED, SEEN, FIELD = "editing", "opened", "seen", "field"


def open_turn(turn: Turn) -> None:
    """Open a turn for correction."""
    st.session_state[EDITING] = turn.id
    st.session_state[OPENED] = st.session_state[SEEN] = turn.text
    st.session_state[FIELD] = st.session_state.get(FIELD, 0) + 1


def close() -> None:
    """Close the turn that is open."""
    st.session_state.pop(EDITING, None)


def is_open(turn: Turn) -> bool:
    """Whether a turn is open for correction."""
    return bool(st.session_state.get(EDITING) == turn.id)


def change(me: Here, turn_id: UUID, work: turns.Work) -> bool:
    """Do something to a turn; what is refused is said beside it on this run or the next."""
    try:
        with open_session() as session:
            work(session.get_one(Turn, turn_id), session)
            session.commit()
    except Refusal as refusal:
        st.session_state["refused"] = refusal.messages
        return False
    st.session_state["saved"] = words.clock(now(), me.zone)
    return True


def _save(me: Here, turn_id: UUID) -> bool:
    """Keep what stands in the field."""
    text = st.session_state.get(f"text-{st.session_state[FIELD]}")
    seen = st.session_state[SEEN]
    if text is None or text.strip() == seen:
        return True
    kept = change(
        me,
        turn_id,
        lambda turn, session: turns.correct(
            turn, text, seen=seen, session=session, account_id=me.identity.account_id
        ),
    )
    if kept:
        st.session_state[SEEN] = text.strip()
    return kept


def _left(me: Here, turn_id: UUID) -> None:
    _save(me, turn_id)


def edit(me: Here, interview: Interview, turn: Turn, labels: list[str]) -> None:
    """Show an open turn: it is saved whenever the field is left."""
    with st.container(border=True, key="open-turn"):
        speaker = st.selectbox(
            t("Who says this?"),
            labels,
            index=labels.index(turn.speaker),
            format_func=lambda label: label or t("the unnamed speaker"),
            accept_new_options=True,
            key=f"label-{st.session_state[FIELD]}",
        )
        st.text_area(
            t("What was said"),
            value=st.session_state[OPENED],
            height=min(480, 120 + 26 * (len(turn.text) // 60 + turn.text.count("\n"))),
            key=f"text-{st.session_state[FIELD]}",
            on_change=_left,
            args=(me, turn.id),
        )
        if speaker is not None and speaker != turn.speaker:
            _relabel(me, interview, turn, speaker)
        for message in st.session_state.pop("refused", ()):
            st.error(tell(message))
        if when := st.session_state.get("saved"):
            st.caption(t("Saved {time}", time=when))
        _buttons(me, turn, labels)


def _relabel(me: Here, interview: Interview, turn: Turn, speaker: str) -> None:
    """Ask whether one turn or all of them are somebody else's."""
    account = me.identity.account_id
    with st.container(horizontal=True):
        if st.button(t("Only in this turn"), key="relabel-one") and change(
            me,
            turn.id,
            lambda found, session: turns.relabel(
                found, speaker, session=session, account_id=account
            ),
        ):
            st.rerun()
        if st.button(
            t("Wherever “{label}” stands", label=plain(turn.speaker)), key="relabel-all"
        ) and change(
            me,
            turn.id,
            lambda _, session: turns.relabel_everywhere(
                session.get_one(Interview, interview.id),
                turn.speaker,
                speaker,
                session=session,
                account_id=account,
            ),
        ):
            st.rerun()


def _buttons(me: Here, turn: Turn, labels: list[str]) -> None:
    with st.container(horizontal=True):
        if st.button(t("Done"), type="primary", key="done", shortcut="Alt+Enter") and _save(
            me, turn.id
        ):
            close()
            st.rerun()
        if st.button(t("Next turn"), key="next", shortcut="Alt+Down") and _save(me, turn.id):
            _open_next(turn)
            st.rerun()
        with st.popover(t("Split")):
            _split(me, turn, labels)
        if st.button(t("Merge with the next"), key="merge", shortcut="Alt+M"):
            _merge(me, turn)
        with st.popover(t("Remove")):
            _remove(me, turn)
        with st.popover(t("History")):
            history(me, turn)


def _open_next(turn: Turn) -> None:
    with open_session() as session:
        following = turns.next_of(turn, session=session)
    if following is None:
        close()
    else:
        open_turn(following)


def _reopen(turn_id: UUID) -> None:
    with open_session() as session:
        open_turn(session.get_one(Turn, turn_id))


def _merge(me: Here, turn: Turn) -> None:
    account = me.identity.account_id
    if _save(me, turn.id) and change(
        me,
        turn.id,
        lambda found, session: turns.merge(found, session=session, account_id=account),
    ):
        _reopen(turn.id)
    st.rerun()


def points(text: str) -> list[int]:
    """List where a turn may be split: at its pauses, or between its words where it has none."""
    found = [match.end() for match in PAUSE.finditer(text)]
    found = found or [match.end() for match in re.finditer(r"\s+", text)]
    return [at for at in found or range(1, len(text)) if text[:at].strip() and text[at:].strip()]


def _split(me: Here, turn: Turn, labels: list[str]) -> None:
    """Ask where the second turn begins and who speaks it."""
    text = st.session_state[SEEN]
    at = st.selectbox(
        t("Where does the second turn begin?"),
        points(text),
        index=None,
        format_func=lambda place: (
            f"…{text[max(0, place - 10) : place]} ▏{text[place : place + 24]}"
        ),
        placeholder=t("Choose"),
        key=f"at-{st.session_state[FIELD]}",
    )
    speaker = st.selectbox(
        t("Who says it?"),
        labels,
        index=labels.index(turn.speaker),
        format_func=lambda label: label or t("the unnamed speaker"),
        accept_new_options=True,
        key=f"second-{st.session_state[FIELD]}",
    )
    account = me.identity.account_id
    if st.button(t("Split here"), disabled=at is None, key="split") and at is not None:
        if change(
            me,
            turn.id,
            lambda found, session: turns.split(
                found, at, session=session, account_id=account, speaker=speaker
            ),
        ):
            _reopen(turn.id)
        st.rerun()


def _remove(me: Here, turn: Turn) -> None:
    """Ask once more before words go for good."""
    st.write(
        t("The words of this turn go, and everything they were before. Nobody can bring them back.")
    )
    account = me.identity.account_id
    if st.button(t("Remove these words for good"), key="remove"):
        change(
            me,
            turn.id,
            lambda found, session: turns.remove(found, session=session, account_id=account),
        )
        scrub()
        close()
        st.rerun()


def history(me: Here, turn: Turn) -> None:
    """Show what was changed in a turn, by whom and when."""
    with open_session() as session:
        found = turns.revisions_of(session=session, turn_id=turn.id)
    if not found:
        st.write(t("Nobody has changed this turn."))
    actions = {
        "corrected": t("corrected"),
        "replaced": t("replaced"),
        "relabelled": t("relabelled"),
        "split": t("split"),
        "merged": t("merged"),
        "removed": t("removed"),
    }
    people = {"interviewer": t("Interviewer"), "coordinator": t("Coordinator")}
    for revision, who in found:
        moment = revision.created_at.astimezone(me.zone)
        st.caption(
            f"{words.day(moment.date(), today=me.today)}, {moment:%H:%M} · "
            f"{plain(people.get(who, who))} · {actions[revision.action]}"
        )
        if "text" in revision.before:
            st.text(revision.before["text"])
        elif "speaker" in revision.before:
            st.text(revision.before["speaker"] or t("the unnamed speaker"))
