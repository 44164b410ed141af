"""How somebody wants to be reminded, as a part of “My data”."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from data.database import open_session
from data.tables import Person
from i18n import Refusal
from pages.who import Here
from pages.words import t, tell
from settings import settings
from survey import feed
from survey.reminding import choices
from survey.reminding.choices import Choice

WANTED, HOUR, ADDRESS = "remind-wanted", "remind-hour", "remind-address"
STEP = dt.timedelta(minutes=15)


def reminders(me: Here, *, opened: bool) -> None:
    """Show whether, when and where to somebody is reminded, and the address of their calendar.

    Args:
        me: Who is here.
        opened: Whether this device may see what is held about them: addresses are shown on no
            other.
    """
    with open_session() as session:
        own = choices.own_choice(session=session, person_id=me.author.id)
        calendar = feed.address_of(session=session, person_id=me.author.id)
    choice = choices.choice_of(me.study, own)
    st.subheader(t("Reminders"), anchor=False)
    if not settings().smtp_host and not me.study.invented:
        st.write(t("No e-mails are sent from here. Your calendar can remind you instead."))
    else:
        _by_mail(me, choice, opened=opened)
    if opened:
        _by_calendar(me, calendar)


def _by_mail(me: Here, choice: Choice, *, opened: bool) -> None:
    wanted = st.toggle(
        t("Remind me by e-mail"),
        value=choice.wanted,
        key=WANTED,
        on_change=_keep_choice,
        args=(me, choice),
    )
    if not wanted:
        return
    if me.study.invented:
        st.write(t("In an invented study nothing is sent."))
    st.write(t("At most one e-mail a day, and only while something is due."))
    st.time_input(
        t("At what time, on your clock?"),
        value=dt.time.fromisoformat(choice.at),
        step=STEP,
        key=HOUR,
        on_change=_keep_choice,
        args=(me, choice),
        width=200,
    )
    if opened:
        st.text_input(
            t("To which e-mail address?"),
            value=me.author.email,
            placeholder="name@example.org",
            key=ADDRESS,
            on_change=_keep_address,
            args=(me,),
            autocomplete="email",
        )
        if refused := st.session_state.pop("remind-refused", None):
            st.error(tell(refused))
        elif not me.author.email:
            st.write(t("There is no address yet, so nothing can be sent."))


def _keep_choice(me: Here, before: Choice) -> None:
    """Keep what was just chosen; a time that was emptied stays as it was."""
    hour = st.session_state.get(HOUR)
    with open_session() as session:
        choices.choose(
            session=session,
            person=session.get_one(Person, me.author.id),
            wanted=bool(st.session_state[WANTED]),
            at=hour.strftime("%H:%M") if hour else before.at,
            account_id=me.identity.account_id,
        )
        session.commit()
    st.toast(t("Saved."))


def _keep_address(me: Here) -> None:
    with open_session() as session:
        try:
            choices.give_address(
                session=session,
                person=session.get_one(Person, me.author.id),
                address=st.session_state[ADDRESS],
                account_id=me.identity.account_id,
            )
        except Refusal as refusal:
            st.session_state["remind-refused"] = refusal.messages[0]
            return
        session.commit()
    st.toast(t("Saved."))


def _by_calendar(me: Here, address: str | None) -> None:
    if address is None:
        st.write(t("Your calendar app can show when you are asked to write."))
        st.button(
            t("Make an address for my calendar"),
            icon=":material/calendar_add_on:",
            key="calendar-open",
            on_click=_renew,
            args=(me,),
        )
        return
    st.write(t("Subscribe to this address in your calendar app:"))
    st.code(address, language=None, wrap_lines=True)
    st.caption(
        t(
            "Whoever has the address sees when you are asked to write and on which days you did, "
            "and none of your words."
        )
    )
    with st.container(horizontal=True):
        st.link_button(
            t("Open in the calendar app"),
            f"webcal://{address.partition('://')[2]}",
            icon=":material/calendar_month:",
        )
        st.button(t("Change the address"), key="calendar-renew", on_click=_renew, args=(me,))
        st.button(t("Close it"), key="calendar-close", on_click=_close, args=(me,))


def _renew(me: Here) -> None:
    with open_session() as session:
        person = session.get_one(Person, me.author.id)
        feed.renew(session=session, person=person, account_id=me.identity.account_id)
        session.commit()


def _close(me: Here) -> None:
    with open_session() as session:
        person = session.get_one(Person, me.author.id)
        feed.close(session=session, person=person, account_id=me.identity.account_id)
        session.commit()
