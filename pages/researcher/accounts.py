"""One decision: what does each of them say about it?"""

from __future__ import annotations

from uuid import UUID

import streamlit as st

from data.database import open_session
from nlp.answers import Account, Spoken, accounts, decisions_told
from pages import words
from pages.researcher.entries_behind import answers
from pages.who import require_role
from pages.words import t, tn

me = require_role("researcher")
with open_session() as opened:
    decisions = decisions_told(session=opened, study_id=me.study.id)
if not decisions:
    st.title(t("No decision was named yet"), anchor=False)
    st.write(
        t(
            "As soon as an entry names a shot, a scene or a purchase, everything about it can be "
            "read here side by side."
        )
    )
    st.stop()


def choose() -> UUID:
    """Let the reader take another decision; the address follows, so that it can be sent on."""
    wanted = st.query_params.get("decision", "")
    known = {str(key): key for key in decisions}
    st.session_state["decision"] = known.get(wanted, next(iter(decisions)))
    chosen = st.selectbox(
        t("Decision"),
        list(decisions),
        format_func=lambda key: (
            f"{decisions[key][0]} · " + tn("one entry", "{count} entries", decisions[key][1])
        ),
        key="decision",
        label_visibility="collapsed",
        on_change=lambda: st.query_params.update(decision=str(st.session_state["decision"])),
    )
    assert isinstance(chosen, UUID)  # noqa: S101 - one of the decisions
    return chosen


def piece(spoken: Spoken) -> None:
    """Show one entry, or one turn of an interview."""
    with st.container(border=True):
        parts = [spoken.title or t("Interview")]
        if spoken.day:
            parts.append(words.day(spoken.day, today=me.today))
        if spoken.language != "und":
            parts.append(words.language_name(spoken.language))
        st.caption(" · ".join(parts))
        answers(spoken.lines)


def account(told: Account) -> None:
    """Show what the people of one role say."""
    st.subheader(told.role or t("Without a role"), anchor=False)
    if not told.pieces:
        st.write(t("Nothing from them about this decision."))
    for spoken in told.pieces:
        piece(spoken)


head = st.container()
key = choose()
with open_session() as opened:
    label, found = accounts(
        key,
        session=opened,
        study=me.study,
        account_id=me.identity.account_id,
        language=words.language(),
    )
    opened.commit()
head.title(t("What do they say about “{decision}”?", decision=label), anchor=False)
head.caption(
    t(
        "Masked, and still traceable to single people: print nothing of it that its author did "
        "not release."
    )
)
first, second, rest = (*found, None, None)[0], (*found, None, None)[1], found[2:]
with st.container(key="wide-accounts"):
    left, right = st.columns(2)
    with left:
        if first:
            account(first)
    with right:
        if second:
            account(second)
for told in rest:
    account(told)
