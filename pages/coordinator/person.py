"""One person: what is known, how they come in, what is asked of them."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import streamlit as st

from data.database import open_session
from data.erasing import scrub
from data.tables import Person
from pages import words
from pages.coordinator.calendar_changes import change_form, list_changes, tell_what_was_done
from pages.coordinator.people_words import reason_of, reasons, team_name
from pages.coordinator.person_entry import ways_in
from pages.coordinator.person_facts import edit_facts, edit_team
from pages.navigation import STUDY, go
from pages.who import require_role
from pages.words import t, tn
from survey.own_calendar import come_back, leave, rows_of
from survey.responses import entries_of
from survey.studies import teams_of
from survey.teams import own_stays
from survey.withdrawal import withdraw

me = require_role("coordinator")


def wanted() -> Person:
    """Return the person that the address names; anything else leads back to everybody."""
    try:
        key = UUID(st.query_params["person"])
    except (KeyError, ValueError):
        go(STUDY)
    with open_session() as session:
        found = session.get(Person, key)
    if found is None or found.study_id != me.study.id:
        go(STUDY)
    return found


person = wanted()
with open_session() as opened:
    teams = teams_of(session=opened, study_id=me.study.id)
    stays = own_stays(session=opened, person=person)
    rows = rows_of(session=opened, study_id=me.study.id, person=person)
    entries = len(entries_of(session=opened, person_id=person.id))


def stopping() -> None:
    """Write down that somebody stops taking part, with the reason."""
    st.write(t("They stop taking part, and what they gave stays. Nothing more is asked of them."))
    known = reasons()
    with st.form("leaving", border=False):
        on = st.date_input(
            t("From which day on is nothing asked?"),
            value=me.today,
            format="YYYY-MM-DD",
            key="left-on",
        )
        why = st.selectbox(
            t("Why?"),
            list(known),
            index=None,
            format_func=lambda key: known.get(key, key),
            placeholder=t("Choose, or write it in your own words"),
            accept_new_options=True,
            key="left-why",
        )
        if st.form_submit_button(t("They stop taking part")):
            stop(on, why or "unknown")


def stop(on: date, why: str) -> None:
    """Keep when and why somebody stopped."""
    with open_session() as session:
        leave(
            session=session,
            person=session.get_one(Person, person.id),
            on=on,
            reason=why[:200],
            account_id=me.identity.account_id,
        )
        session.commit()
    st.session_state["person-said"] = t("It is kept.")
    st.rerun()


def going_on() -> None:
    """Let somebody who stopped take part again."""
    st.write(
        t(
            "Stopped {day}: {reason}.",
            day=words.day(person.left_on or me.today, today=me.today),
            reason=reason_of(person),
        )
    )
    if st.button(t("They take part again"), key="return"):
        with open_session() as session:
            come_back(
                session=session,
                person=session.get_one(Person, person.id),
                account_id=me.identity.account_id,
            )
            session.commit()
        st.session_state["person-said"] = t("It is kept.")
        st.rerun()


def withdrawing() -> None:
    """Withdraw for somebody who asked for it, in two steps."""
    st.write(t("They asked for everything they gave to be deleted, and cannot do it themselves."))
    if not st.toggle(t("They asked for it in words or in writing"), key="asked"):
        return
    st.write(t("This cannot be undone."))
    label = (
        tn(
            "Withdraw for {code} and delete one entry",
            "Withdraw for {code} and delete {count} entries",
            entries,
            code=person.code,
        )
        if entries
        else t("Withdraw for {code} and delete everything", code=person.code)
    )
    if st.button(label, type="primary", key="withdraw"):
        with open_session() as session:
            withdraw(
                session=session,
                person=session.get_one(Person, person.id),
                account_id=me.identity.account_id,
            )
            session.commit()
        scrub()
        st.rerun()


if st.button(t("Everybody"), icon=":material/arrow_back:", type="tertiary", key="back"):
    go(STUDY)
st.title(person.code, anchor=False)
if said := st.session_state.pop("person-said", None):
    st.success(said, icon=":material/check:")
tell_what_was_done()
if person.withdrawn_at:
    st.write(
        t(
            "{code}, {when}. Everything they gave is deleted here.",
            code=person.code,
            when=words.moment(person.withdrawn_at, me.zone),
        )
    )
    st.stop()
parts = [team_name(person, teams), person.role, tn("one entry", "{count} entries", entries)]
st.write(" · ".join(part for part in parts if part))
with st.expander(t("What is known"), icon=":material/id_card:"):
    edit_facts(me, person)
with st.expander(t("Team"), icon=":material/diversity_3:"):
    edit_team(me, person, teams, stays)
with st.expander(t("Link, devices, PIN"), icon=":material/link:", key="ways-in"):
    ways_in(me, person)
with st.expander(t("Calendar"), icon=":material/calendar_month:", expanded=bool(rows)):
    list_changes(me, rows)
    change_form(me, key="own-calendar", person=person)
with st.expander(t("Stopping and withdrawing"), icon=":material/logout:"):
    if person.left_on:
        going_on()
    else:
        stopping()
    st.divider()
    withdrawing()
