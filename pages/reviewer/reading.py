"""What do I think of this application?"""

from __future__ import annotations

import streamlit as st

from data.database import open_session
from data.tables import Call
from data.tables.base import now
from i18n import Refusal
from pages import words
from pages.drawing.writing import write_at
from pages.navigation import PILE, READING, go
from pages.reviewer.telling import show_application
from pages.who import require_role
from pages.words import t, tell
from survey.applying import reviewing
from survey.applying.calls import Criterion, call_for, criteria_of
from survey.applying.commenting import revision_of
from survey.applying.reviewing import ToRead
from survey.people import record_reading

me = require_role("reviewer")
account = me.identity.account_id


def wanted(name: str, pile: list[ToRead]) -> ToRead | None:
    """Return the application from the pile that the address names."""
    key = st.query_params.get(name, "")
    return next((each for each in pile if str(each.application.id) == key), None)


def opened() -> tuple[Call, list[ToRead]]:
    """Return the call and this reviewer's pile."""
    with open_session() as session:
        known = call_for(session=session, study=me.study)
        pile = reviewing.pile_of(session=session, study_id=me.study.id, account_id=account)
        if known and not known[0].blind:
            record_reading(
                session=session, study_id=me.study.id, account_id=account, purpose="application"
            )
            session.commit()
    if known is None:
        go(PILE)
    return known[0], pile


call, pile = opened()
chosen = wanted("application", pile)
if chosen is None:
    go(PILE)
found: ToRead = chosen
code = found.person.code


def keep(key: str, criterion: str) -> None:
    """Keep a score at once, as it stands on the screen."""
    value = st.session_state.get(key)
    try:
        with open_session() as session:
            latest = reviewing.to_read(
                session=session,
                study_id=me.study.id,
                account_id=account,
                application_id=found.application.id,
            )
            if latest is None:
                return
            scores = dict(latest.review.scores) if latest.review else {}
            if value is None:
                scores.pop(criterion, None)
            else:
                scores[criterion] = int(value)
            reviewing.judge(latest, session=session, call=call, account_id=account, scores=scores)
            session.commit()
    except Refusal as refusal:
        st.session_state["review-problem"] = tell(refusal.messages[0])
    else:
        st.session_state[f"kept-{found.application.id}"] = words.clock(now(), me.zone)


def ask(criterion: Criterion) -> None:
    """Ask for one score."""
    key = f"score-{found.application.id}-{criterion.key}"
    given = found.review.scores.get(criterion.key) if found.review else None
    st.segmented_control(
        words.of(dict(criterion.text), criterion.key),
        list(range(1, criterion.most + 1)),
        default=given,
        key=key,
        on_change=keep,
        args=(key, criterion.key),
        disabled=found.finished,
        help=t("1 is the lowest, {most} the highest.", most=criterion.most),
    )


def finish() -> None:
    """Say that this one is done."""
    try:
        with open_session() as session:
            reviewing.finish(found, session=session, call=call, account_id=account)
            session.commit()
    except Refusal as refusal:
        st.session_state["review-problem"] = tell(refusal.messages[0])


def go_on() -> None:
    """Take it up again."""
    with open_session() as session:
        reviewing.go_on(found, session=session, account_id=account)
        session.commit()


def partial() -> None:
    """Say that this reviewer must not judge it."""
    with open_session() as session:
        reviewing.declare_conflict(found.application.id, session=session, account_id=account)
        session.commit()


def comment() -> None:
    """Ask for a comment, which is kept with every key."""
    review = found.review
    label = t("A comment for those who choose")
    st.markdown(label)
    write_at(
        {
            "to": "review-comment",
            "owner": str(account),
            "instance": str(found.application.id),
            "path": "/comment",
        },
        review.comment if review else "",
        revision=revision_of(review),
        saved_at=review.updated_at if review and review.comment else None,
        zone=str(me.zone),
        label=label,
        multiline=True,
        rows=5,
        disabled=found.finished,
        held="[class*='st-key-finish'] button",
    )


def judge() -> None:
    """Ask for scores and a comment, and offer to be done."""
    st.subheader(t("What do you think?"), anchor=False)
    for criterion in criteria_of(call):
        ask(criterion)
    comment()
    if problem := st.session_state.pop("review-problem", None):
        st.error(problem, icon=":material/error:")
    if not found.finished:
        st.button(
            t("I have finished this one"),
            type="primary",
            key="finish",
            width="stretch",
            on_click=finish,
        )
        if when := st.session_state.get(f"kept-{found.application.id}"):
            st.caption(t("Saved {time}", time=when))
        st.caption(t("What others think is shown once you have finished."))


def conflict() -> None:
    """Let a conflict of interest be declared, in two steps."""
    with st.expander(t("I must not judge this one"), key="conflict"):
        st.write(
            t(
                "Because you know the person, work with them, or would gain or lose by it. You "
                "will not see the application any more, and what you thought of it is removed."
            )
        )
        st.button(t("I have a conflict of interest"), key="partial", on_click=partial)


def others() -> None:
    """Show what others think, to whoever is done."""
    with open_session() as session:
        reviews = reviewing.others(found, session=session, account_id=account)
    st.subheader(t("What others think"), anchor=False)
    if not reviews:
        st.write(t("Nobody else has finished it yet."))
    for number, review in enumerate(reviews, start=1):
        marks = [
            f"{words.of(dict(each.text), each.key)}: {review.scores[each.key]} / {each.most}"
            for each in criteria_of(call)
            if each.key in review.scores
        ]
        with st.container(border=True):
            st.caption(t("Reviewer {number}", number=number))
            st.markdown("  \n".join(marks))
            if review.comment:
                st.text(review.comment)
    st.button(t("Change what I said"), key="go-on", on_click=go_on)


def next_one() -> None:
    """Lead on to the next that is not finished."""
    rest = [each for each in pile if not each.finished and each is not found]
    if rest and st.button(
        t("Read the next one"),
        type="primary" if found.finished else "secondary",
        key="next",
        width="stretch",
    ):
        go(READING, application=rest[0].application.id)


def compared() -> ToRead | None:
    """Ask which other application shall stand beside this one."""
    rest = [each for each in pile if each is not found]
    if not rest:
        return None
    beside: ToRead | None = st.selectbox(
        t("Beside it"),
        rest,
        index=None,
        format_func=lambda each: each.person.code,
        placeholder=t("Another application"),
        key=f"beside-{found.application.id}",
    )
    return beside


if st.button(t("Everything to read"), icon=":material/arrow_back:", type="tertiary", key="back"):
    go(PILE)
st.title(code, anchor=False)
with st.container(key="wide-reading"):
    left, right = st.columns([3, 2], gap="large")
    with left:
        show_application(
            found.person, found.response, blind=call.blind, key=f"one-{found.application.id}"
        )
    with right:
        judge()
        if found.finished:
            others()
        next_one()
        conflict()
    if other := compared():
        st.subheader(other.person.code, anchor=False)
        show_application(
            other.person,
            other.response,
            blind=call.blind,
            key=f"other-{other.application.id}",
        )
