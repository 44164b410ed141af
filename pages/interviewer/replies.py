"""What did the people reply who were interviewed and do not sign in?"""

from __future__ import annotations

import streamlit as st

from data.database import open_session
from i18n import Refusal
from nlp import quoting
from nlp.quoting import Quoted, Rules, Standing
from pages import words
from pages.drawing.quotation import around_it, choose, chosen, labels
from pages.interviewer.escaping import plain
from pages.who import require_role
from pages.words import t, tell, tn

me = require_role("interviewer")


def channels() -> dict[str, str]:
    """Return how a reply may have been given."""
    return {
        "in person": t("In person"),
        "by phone": t("By phone"),
        "in writing": t("In writing"),
    }


def keep(each: Quoted) -> None:
    """Write down what somebody replied."""
    choice, name = chosen(each)
    channel = st.session_state.get(f"channel-{each.key}") or ""
    try:
        with open_session() as session:
            quoting.record_reply(
                each.key,
                choice,  # type: ignore[arg-type] # one of the three that were offered
                channel=channel,  # type: ignore[arg-type] # one of those that were offered
                seen=each.release.shown if each.release else {},
                name=name,
                session=session,
                account_id=me.identity.account_id,
            )
            session.commit()
    except Refusal as refusal:
        st.session_state["refused"] = (each.key, refusal.messages)


def show(each: Quoted, rules: Rules) -> None:
    """Show one quotation, and take the reply of whoever said it."""
    release = each.release
    assert release is not None  # noqa: S101 - only what was sent is shown
    with st.container(border=True, key=f"reply-{each.key}"):
        st.subheader(each.person, anchor=False)
        around_it(each, beside.get(each.key), rules, today=me.today)
        about, messages = st.session_state.get("refused", (None, ()))
        for message in messages if about == each.key else ():
            st.error(tell(message))
        if release.chosen_at:
            st.caption(
                plain(
                    t(
                        "Written down: {choice}, {how}, {when}.",
                        choice=labels(own=False)[Standing(release.choice)],
                        how=channels()[release.channel],
                        when=words.moment(release.chosen_at, me.zone),
                    )
                )
            )
        if release.printed_at:
            return
        ready = choose(each, rules, name=release.name, own=False)
        known = channels()
        channel = st.segmented_control(
            t("How did they say it?"),
            list(known),
            default=release.channel or None,
            format_func=known.__getitem__,
            key=f"channel-{each.key}",
        )
        st.button(
            t("Write it down"),
            disabled=not (ready and channel),
            key=f"write-{each.key}",
            on_click=keep,
            args=(each,),
        )


with open_session() as opened:
    asked = [
        each
        for each in quoting.shelf_of(session=opened, study_id=me.study.id)
        if each.spoken
        and each.release
        and each.standing not in {Standing.OUTDATED, Standing.CHANGED}
        and (not each.release.choice or each.release.channel)
    ]
    rules = quoting.rules_of(me.study, session=opened)
    beside = (
        quoting.around(
            asked, session=opened, study_id=me.study.id, account_id=me.identity.account_id
        )
        if asked
        else {}
    )
    opened.commit()
waiting = sum(each.standing is Standing.WAITING for each in asked)
st.title(
    tn("One reply is missing", "{count} replies are missing", waiting)
    if waiting
    else t("No reply is missing"),
    anchor=False,
)
st.write(
    t(
        "Words from interviews are printed only if whoever said them agrees. Show or read them "
        "exactly what would be printed, and write down here what they chose. Who chose on their "
        "own screen is not listed."
    )
)
for item in sorted(asked, key=lambda each: each.standing is not Standing.WAITING):
    show(item, rules)
st.session_state.pop("refused", None)
