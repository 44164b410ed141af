"""What may the wall show?"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from sqlalchemy.exc import IntegrityError

from data.database import open_session
from i18n import Refusal
from jobs import ledger
from pages import words
from pages.navigation import PUBLIC_LINKS, go
from pages.waiting import wait_for
from pages.who import require_role
from pages.words import language_name, t, tell, tn
from survey.audience import moderating
from survey.audience.companion import audience_of
from survey.audience.moderating import Written

me = require_role("coordinator")
SHOWN = 20
"""So many texts are decided about at a time."""
with open_session() as opened:
    audience = audience_of(session=opened, study_id=me.study.id)
    texts: list[Written] = []
    titles: list[Written] = []
    if audience is not None:
        texts = moderating.answers_written(session=opened, study_id=audience.id)
        titles = moderating.titles_written(session=opened, study_id=audience.id)
waiting = [each for each in texts if each.shown is None]

st.title(
    tn("One text waits for you", "{count} texts wait for you", len(waiting))
    if waiting
    else t("Nothing waits for you"),
    anchor=False,
)
st.write(
    t(
        "The wall shows no words before somebody has read them. Leave out what hurts, what names "
        "people, and what is no answer."
    )
)


def decide(written: Sequence[Written], *, shown: bool) -> None:
    """Decide about texts; of those that are gone by now nothing is said."""
    assert audience is not None  # noqa: S101 - there are texts
    for each in written:
        try:
            with open_session() as session:
                moderating.decide(
                    each,
                    session=session,
                    study_id=audience.id,
                    shown=shown,
                    account_id=me.identity.account_id,
                )
                session.commit()
        except Refusal as refusal:
            st.toast(tell(refusal.messages[0]))
        except IntegrityError:
            continue  # a colleague decided at the same moment


def ask(written: Written) -> None:
    """Show one text and ask about it."""
    with st.container(border=True, key=f"text-{written.key}"):
        st.markdown("> " + words_of(written.text))
        when = words.moment(written.at, me.zone)
        st.caption(f"{language_name(written.language)} · {when}")
        with st.container(horizontal=True):
            if written.shown is not True and st.button(
                t("Show it"), key=f"yes-{written.key}", icon=":material/check:"
            ):
                decide([written], shown=True)
                st.rerun()
            if written.shown is not False and st.button(
                t("Leave it out"), key=f"no-{written.key}", icon=":material/block:"
            ):
                decide([written], shown=False)
                st.rerun()


def words_of(text: str) -> str:
    """Return somebody's words so that nothing in them is read as a mark."""
    from pages.drawing.wording import plain

    return plain(text).replace("\n", "\n> ")


def the_rest(written: Sequence[Written]) -> None:
    """Leave out all that waits, in two steps."""
    with st.expander(t("Leave out all that waits"), icon=":material/block:", key="all-out"):
        sure = st.checkbox(t("I have looked through them"), key="all-sure")
        label = tn("Leave out one text", "Leave out {count} texts", len(written))
        if st.button(label, disabled=not sure, key="all-no"):
            decide(written, shown=False)
            st.rerun()


def themes() -> None:
    """Find themes in what the public wrote, and decide which titles are shown."""
    assert audience is not None  # noqa: S101 - asked before
    st.subheader(t("Themes"), anchor=False)
    job = wait_for("themes", audience.id)
    busy = job is not None and job.status in ledger.UNFINISHED
    if st.button(t("Find themes in what was written so far"), disabled=busy, key="find"):
        ledger.ask("themes", study_id=audience.id, account_id=me.identity.account_id)
        st.rerun()
    own = [each for each in titles if each.language == words.language()] or titles
    for each in own:
        ask(each)


if audience is None:
    st.write(t("Nobody is asked yet. Open a questionnaire to everybody first."))
    if st.button(t("Public links"), type="primary", key="to-links"):
        go(PUBLIC_LINKS)
    st.stop()
for one in waiting[:SHOWN]:
    ask(one)
if waiting:
    the_rest(waiting)
themes()
decided = [each for each in texts if each.shown is not None]
if decided:
    label = tn("Decided: one text", "Decided: {count} texts", len(decided))
    with st.expander(label, key="decided"):
        for one in decided[: 2 * SHOWN]:
            ask(one)
