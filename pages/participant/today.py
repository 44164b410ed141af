"""What is asked of me today?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import streamlit as st
from sqlmodel import Session

from data.database import open_session
from data.tables import Assignment, Response
from data.tables.base import now
from pages import words
from pages.navigation import ENTRIES, WRITE, go
from pages.participant.agreement import agree
from pages.participant.application import application_screen
from pages.participant.strip import strip
from pages.who import require_role
from pages.words import t, tn
from survey import progress
from survey.calendar import Standing
from survey.progress import Mark, Progress
from survey.questionnaires import assignments
from survey.today import Asked, asked_of
from survey.unfinished import Unfinished, unfinished

me = require_role("participant")
agree(me)
if me.study.kind == "call":
    application_screen(me)
    st.stop()


def month(assigned: Sequence[Assignment], *, session: Session) -> Progress | None:
    """Return this person's month with what is asked every day, or else on given days."""
    regular = [each for each in assigned if each.schedule in {"daily", "days"}]
    if not regular:
        return None
    (found,) = progress.month_of(
        session=session,
        study=me.study,
        assignment=min(regular, key=lambda each: each.schedule != "daily"),
        now=now(),
        person=me.author,
    )
    return found


# Everything at once and nothing twice: this screen is run more often than any other.
with open_session() as opened:
    assigned = assignments(session=opened, study_id=me.study.id, role=me.author.role)
    asked = asked_of(
        session=opened,
        study=me.study,
        person=me.author,
        account_id=me.identity.account_id,
        now=now(),
        assigned=assigned,
    )
    begun = unfinished(
        session=opened,
        study=me.study,
        person=me.author,
        account_id=me.identity.account_id,
        assigned=assigned,
    )
    last = progress.last_before(session=opened, person=me.author, day=me.today)
    arrived = progress.last_arrival(session=opened, person=me.author)
    mine = month(assigned, session=opened)
dated = [each for each in asked if each.window]
anytime = [each for each in asked if each.window is None]
due = [each for each in dated if each.standing is Standing.DUE]
late = [each for each in dated if each.standing is Standing.LATE]
wrote = mine is not None and mine.days.get(me.today, Mark.COMING).is_written


def write_about(each: Asked) -> None:
    """Open the writing screen for one thing that is asked."""
    go(WRITE, what=each.assignment.id, day=each.day, entry=each.instance_id)


def heading() -> str:
    """Say in one line what is asked."""
    if due:
        minutes = due[0].assignment.minutes
        return tn("About a minute for today", "About {count} minutes for today", minutes)
    if wrote or any(each.standing is Standing.DONE for each in dated):
        return t("Thank you for today")
    if late:
        return t("You can still write for {day}", day=words.day(late[0].day, today=me.today))
    return t("Nothing is due right now")


def card(each: Asked, *, first: bool) -> None:
    """Show one thing that is asked, with its button."""
    title = words.of(each.assignment.title, each.assignment.questionnaire)
    with st.container(border=True):
        st.subheader(title, anchor=False)
        st.write(_when(each))
        if each.standing in {Standing.DUE, Standing.LATE, Standing.EXCUSED}:
            label = t("Continue where you stopped") if each.begun else t("Write")
            key = f"write-{each.instance_id}"
            # Whoever has written today has done what they came for.
            main = first and each.standing is not Standing.EXCUSED and (bool(due) or not wrote)
            if st.button(label, type="primary" if main else "secondary", key=key, width="stretch"):
                write_about(each)


def _when(each: Asked) -> str:
    assert each.window is not None  # noqa: S101 - only things with a window are shown so
    day = words.day(each.day, today=me.today)
    ends = each.window.closes.astimezone(me.zone)
    closes = words.clock(each.window.closes, me.zone)
    # A window that was extended closes some days later; a night's end needs no date.
    if ends.date() > me.today + timedelta(days=1):
        closes = f"{words.day(ends.date(), today=me.today)}, {closes}"
    match each.standing:
        case Standing.DUE:
            return t("For {day}, until {time}.", day=day, time=closes)
        case Standing.LATE:
            return t("For {day}. It is late, and still welcome.", day=day)
        case Standing.COMING:
            opens = words.clock(each.window.opens, me.zone)
            return t("For {day}, from {time}.", day=day, time=opens)
        case Standing.EXCUSED:
            return t("You need not write for {day}. If you would like to, it is welcome.", day=day)
    return t("For {day}. It has arrived.", day=day)


def _each_takes(minutes: int) -> str:
    return tn("About a minute each.", "Up to {count} minutes each.", minutes)


def look_back(mine: Progress | None, last: Response | None) -> None:
    """Show the month so far, thank for it, and put the last entry within reach."""
    if mine and mine.written:
        st.subheader(t("Your month"), anchor=False)
        strip(mine)
        st.write(
            tn(
                "You have written on one day. Thank you for it.",
                "You have written on {count} days. Thank you for every one.",
                mine.written,
            )
        )
    if last is None:
        return
    label = (
        t("Read what you wrote yesterday")
        if last.day == me.today - timedelta(days=1)
        else t("Read what you wrote on {day}", day=words.day(last.day, today=me.today))
    )
    if st.button(label, icon=":material/history:", key="last-entry"):
        go(ENTRIES, entry=last.id)


def go_on(each: Unfinished) -> None:
    """Offer to continue something that was begun."""
    name = words.of(each.assignment.title, each.assignment.questionnaire)
    label = t("Continue: {name}, begun {when}", name=name, when=words.moment(each.at, me.zone))
    if st.button(label, icon=":material/edit:", key=f"begun-{each.instance_id}"):
        go(WRITE, what=each.assignment.id, day=each.day, entry=each.instance_id)


st.title(heading(), anchor=False)
for number, item in enumerate(dated):
    card(item, first=number == 0)
if anytime:
    st.subheader(t("Whenever it happens"), anchor=False)
    st.caption(_each_takes(max(item.assignment.minutes for item in anytime)))
    with st.container(horizontal=True):
        for item in anytime:
            name = words.of(item.assignment.title, item.assignment.questionnaire)
            if st.button(name, icon=":material/add:", key=f"open-{item.assignment.id}"):
                write_about(item)
    for unsent in begun:
        go_on(unsent)
    # Whoever lost the receipt with the network need not wonder.
    if arrived and arrived.astimezone(me.zone).date() == me.today:
        time = words.clock(arrived, me.zone)
        st.caption(t("What you sent last arrived at {time}.", time=time))
look_back(mine, last)
if not asked and me.author.left_on:
    st.write(
        t(
            "You stopped taking part. What you wrote stays with us; you can read it, and "
            "withdraw it under “My data”. Thank you for it."
        )
    )
elif not asked:
    st.write(t("The study runs from {start} to {end}.", start=me.study.start, end=me.study.end))
