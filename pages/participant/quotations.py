"""May we quote you? Each author sees what would be printed, and chooses."""

from __future__ import annotations

import streamlit as st

from data.database import open_session
from i18n import Refusal
from nlp import quoting
from nlp.quoting import Quoted, Rules, Standing
from pages import words
from pages.drawing.quotation import around_it, choose, chosen, labels, printed
from pages.participant.agreement import agree
from pages.who import require_role
from pages.words import t, tell, tn

me = require_role("participant")
agree(me)


def keep(each: Quoted) -> None:
    """Keep what the person chose."""
    choice, name = chosen(each)
    try:
        with open_session() as session:
            quoting.choose(
                each.key,
                choice,  # type: ignore[arg-type] # one of the three that were offered
                person=me.author,
                seen=each.release.shown if each.release else {},
                name=name,
                session=session,
                account_id=me.identity.account_id,
            )
            session.commit()
    except Refusal as refusal:
        st.session_state["refused"] = (each.key, refusal.messages)
    else:
        st.session_state["kept"] = each.key


def heading(waiting: int, all_of_them: int) -> str:
    """Say in one line what is asked."""
    if not all_of_them:
        return t("Here you will be asked before anything of yours is printed")
    if waiting:
        return tn("May we quote you?", "May we quote you in {count} places?", waiting)
    return t("Thank you, nothing waits for you here")


def show(each: Quoted, rules: Rules) -> None:
    """Show one quotation with what stands around it, and let its author choose."""
    release = each.release
    assert release is not None  # noqa: S101 - only what was sent is shown
    with st.container(border=True, key=f"asked-about-{each.key}"):
        around_it(each, beside.get(each.key), rules, today=me.today)
        about, messages = st.session_state.get("refused", (None, ()))
        for message in messages if about == each.key else ():
            st.error(tell(message))
        if release.printed_at:
            printed(each, release.choice, release.name, rules)
            st.write(
                t(
                    "You chose: {choice}. It was printed and cannot be changed any more.",
                    choice=labels()[release.choice],
                )
            )
            return
        state(each)
        ready = choose(each, rules, name=release.name or me.author.name)
        st.button(
            t("Keep my choice"),
            type="primary" if each.standing is Standing.WAITING else "secondary",
            disabled=not ready,
            width="stretch",
            key=f"choose-{each.key}",
            on_click=keep,
            args=(each,),
        )


def state(each: Quoted) -> None:
    """Say what was chosen, and that it may be changed."""
    release = each.release
    if release is None or not release.choice or release.chosen_at is None:
        return
    said = t(
        "You chose: {choice}, {when}. You may change it until it is printed.",
        choice=labels()[release.choice],
        when=words.moment(release.chosen_at, me.zone),
    )
    if release.channel:
        said = t(
            "Written down for you: {choice}, {when}. You may change it until it is printed.",
            choice=labels()[release.choice],
            when=words.moment(release.chosen_at, me.zone),
        )
    if st.session_state.get("kept") == each.key:
        st.success(said, icon=":material/check:")
    else:
        st.caption(said)


with open_session() as opened:
    mine = quoting.asked_of(me.author, session=opened)
    rules = quoting.rules_of(me.study, session=opened)
    beside = (
        quoting.around(
            mine,
            session=opened,
            study_id=me.study.id,
            account_id=me.identity.account_id,
        )
        if mine
        else {}
    )
    opened.commit()
open_ones = sum(each.standing is Standing.WAITING for each in mine)
st.title(heading(open_ones, len(mine)), anchor=False)
if mine:
    st.write(
        t(
            "These words of yours may stand in the report. You see exactly what would be printed. "
            "If you do not choose, nothing is printed."
        )
    )
else:
    st.write(
        t(
            "When the research team wants to print something you wrote or said, you see it here "
            "first, with its translation, and decide."
        )
    )
for item in mine:
    show(item, rules)
st.session_state.pop("refused", None)
st.session_state.pop("kept", None)
