"""One application: what it says, what reviewers think, and the answer."""

from __future__ import annotations

import streamlit as st

from data.database import open_session
from data.tables import Application
from i18n import Refusal
from pages import words
from pages.coordinator.answering import list_letters, offer_answers
from pages.coordinator.calling import no_call, the_call, wanted
from pages.navigation import APPLICATIONS, go
from pages.reviewer.telling import show_application
from pages.who import require_role
from pages.words import t, tell
from survey.applying import choosing, reviewing
from survey.applying.calls import criteria_of
from survey.applying.choosing import Standing
from survey.applying.links import replace_link
from survey.applying.states import SAID, State
from survey.people import record_reading

me = require_role("coordinator")
found_call = the_call(me)
if found_call is None:
    no_call()
call, study = found_call
application = wanted(call)


def standing() -> Standing:
    """Return how the application stands; one that was never sent leads back to the others."""
    with open_session() as session:
        found = next(
            (
                each
                for each in choosing.standings(session=session, call=call)
                if each.application.id == application.id
            ),
            None,
        )
    if found is None:
        go(APPLICATIONS)
    return found


def put_on_the_short_list(*, on: bool) -> None:
    """Put the application on the short list or take it off."""
    try:
        with open_session() as session:
            choosing.shortlist(
                session.get_one(Application, application.id),
                on=on,
                session=session,
                account_id=me.identity.account_id,
            )
            session.commit()
    except Refusal as refusal:
        st.session_state["applicant-problem"] = tell(refusal.messages[0])


def what_reviewers_think() -> None:
    """Show every finished review, by reviewer."""
    with open_session() as session:
        reviews = [
            each
            for each in reviewing.finished_reviews(session=session, study_id=study.id)
            if each.application_id == application.id
        ]
        labels = {
            each.id: each.label
            for each in reviewing.reviewers_of(session=session, study_id=study.id)
        }
    st.subheader(t("What reviewers think"), anchor=False)
    if not reviews:
        st.write(t("Nobody has finished it yet."))
    for number, review in enumerate(reviews, start=1):
        with st.container(border=True):
            st.caption(labels.get(review.account_id) or t("Reviewer {number}", number=number))
            st.markdown(
                "  \n".join(
                    f"{words.of(dict(each.text), each.key)}: "
                    f"{review.scores[each.key]} / {each.most}"
                    for each in criteria_of(call)
                    if each.key in review.scores
                )
            )
            if review.comment:
                st.text(review.comment)


def another_link() -> None:
    """Make another private link for somebody whose letter does not reach them."""
    with st.expander(t("The private link does not reach them"), key="link"):
        st.write(
            t(
                "Make another one and hand it over yourself. The old one stops working, and "
                "devices that came in through it are signed out."
            )
        )
        if st.button(t("Make another link"), key="new-link"):
            with open_session() as session:
                link = replace_link(
                    session.get_one(Application, application.id),
                    session=session,
                    account_id=me.identity.account_id,
                )
                session.commit()
            st.code(link, language=None, wrap_lines=True)


found = standing()
state = found.state
if st.button(t("All applications"), icon=":material/arrow_back:", type="tertiary", key="all"):
    go(APPLICATIONS)
st.title(f"{found.person.code} · {tell(SAID[state])}", anchor=False)
if said := st.session_state.pop("applicant-said", None):
    st.success(said, icon=":material/check:")
if problem := st.session_state.pop("applicant-problem", None):
    st.error(problem, icon=":material/error:")
named = st.toggle(t("Show names (this is recorded)"), key="names")
if named:
    with open_session() as opened:
        record_reading(
            session=opened,
            study_id=study.id,
            account_id=me.identity.account_id,
            purpose="application",
        )
        opened.commit()
    reached = found.person.email or t("no e-mail address")
    st.text(f"{found.person.name} · {reached}")
with st.container(key="wide-applicant"):
    left, right = st.columns([3, 2], gap="large")
    with left:
        show_application(found.person, found.response, blind=not named, key=f"one-{application.id}")
    with right:
        what_reviewers_think()
        if state in {State.SENT, State.SHORT}:
            on = state is State.SENT
            st.button(
                t("Put on the short list") if on else t("Take off the short list"),
                icon=":material/star:",
                key="short",
                on_click=put_on_the_short_list,
                kwargs={"on": on},
                width="stretch",
            )
        offer_answers(me, call, study, application)
        list_letters(me, application)
        another_link()
