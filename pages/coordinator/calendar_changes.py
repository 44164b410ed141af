"""Pausing, excusing and giving more time, for one person or a team."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

import streamlit as st

from data.database import open_session
from data.tables import CalendarChange, Person
from i18n import Refusal
from pages import words
from pages.who import Here
from pages.words import t, tell, tn
from survey.calendar import Kind
from survey.own_calendar import change, take_back

MORE = 2
"""Days: how much longer a day stays open where more time is given at one press."""
RECENT = 3
"""Of so many missed days at most one press gives more time: who remembers more?"""


def kinds() -> dict[Kind, str]:
    """Return what can be changed in a calendar."""
    return {
        Kind.EXCUSE: t("Excuse"),
        Kind.PAUSE: t("Pause"),
        Kind.EXTENSION: t("More time"),
        Kind.LONGER: t("Asked for longer"),
    }


def _meaning(kind: Kind) -> str:
    meanings = {
        Kind.EXCUSE: t("Nothing is expected for these days, and they do not count as missed."),
        Kind.PAUSE: t("Nothing is asked and nobody is reminded. Who writes is welcome."),
        Kind.EXTENSION: t("What these days ask can be written for some days longer, not late."),
        Kind.LONGER: t("The questions go on after the last day of the study."),
    }
    return meanings[kind]


def said_of(row: CalendarChange, *, today: dt.date) -> str:
    """Say what a change is, for which days, and why."""
    first, last = words.day(row.first, today=today), words.day(row.last, today=today)
    days = first if first == last else t("{first} to {last}", first=first, last=last)
    kind = Kind(row.kind)
    said = {
        Kind.EXCUSE: t("Excused: {days}", days=days),
        Kind.PAUSE: t("Pause: {days}", days=days),
        Kind.LONGER: t("Asked until {day}", day=last),
    }.get(kind) or tn("One day longer: {days}", "{count} days longer: {days}", row.days, days=days)
    return f"{said} · {row.reason}" if row.reason else said


def keep(
    me: Here,
    *,
    kind: Kind,
    first: dt.date,
    last: dt.date,
    days: int = 0,
    person: Person | None = None,
    team_id: UUID | None = None,
    reason: str = "",
) -> None:
    """Change a calendar and say so on the next run; what is wrong is said then as well."""
    try:
        with open_session() as session:
            change(
                session=session,
                study=me.study,
                kind=kind,
                first=first,
                last=last,
                days=days,
                person=person,
                team_id=team_id,
                reason=reason,
                account_id=me.identity.account_id,
            )
            session.commit()
    except Refusal as refusal:
        st.session_state["calendar-refused"] = tell(refusal.messages[0])
    else:
        st.session_state["calendar-said"] = t("Done. It is noted in the history.")


def tell_what_was_done() -> None:
    """Say what came of the last press."""
    if said := st.session_state.pop("calendar-said", None):
        st.success(said, icon=":material/check:")
    if refused := st.session_state.pop("calendar-refused", None):
        st.error(refused)


def change_form(
    me: Here, *, key: str, person: Person | None = None, team_id: UUID | None = None
) -> None:
    """Ask what shall be different, for which days and why, and keep it."""
    called = kinds()
    kind = st.segmented_control(
        t("What?"),
        list(called),
        default=Kind.EXCUSE,
        required=True,
        format_func=called.__getitem__,
        key=f"{key}-kind",
    )
    st.caption(_meaning(kind))
    with st.form(key, border=False):
        first = last = me.today
        days = 0
        if kind is Kind.LONGER:
            first = me.study.end + dt.timedelta(days=1)
            last = st.date_input(
                t("Until"),
                value=first + dt.timedelta(days=6),
                min_value=first,
                format="YYYY-MM-DD",
                key=f"{key}-until",
            )
        else:
            span = st.date_input(
                t("Days"), value=(me.today, me.today), format="YYYY-MM-DD", key=f"{key}-days"
            )
            first, last = _span(span, me.today)
        if kind is Kind.EXTENSION:
            days = int(
                st.number_input(
                    t("How many days longer?"), 1, 60, MORE, key=f"{key}-more", width=200
                )
            )
        reason = st.text_input(
            t("Why? (coordinators alone read it)"), max_chars=200, key=f"{key}-why"
        )
        if st.form_submit_button(t("Keep")):
            keep(
                me,
                kind=kind,
                first=first,
                last=last,
                days=days,
                person=person,
                team_id=team_id,
                reason=reason,
            )
            st.rerun()


def _span(chosen: object, today: dt.date) -> tuple[dt.date, dt.date]:
    """Return the first and last day of what was chosen; one day alone is both."""
    if isinstance(chosen, tuple) and chosen:
        return chosen[0], chosen[-1]
    return (chosen, chosen) if isinstance(chosen, dt.date) else (today, today)


def list_changes(me: Here, rows: Sequence[CalendarChange]) -> None:
    """Show what is different, each with the way back."""
    for row in sorted(rows, key=lambda each: each.first, reverse=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.write(said_of(row, today=me.today))
            st.button(
                t("Take back"),
                type="tertiary",
                key=f"restore-{row.id}",
                on_click=_restore,
                args=(me, row.id),
            )


def _restore(me: Here, row_id: UUID) -> None:
    with open_session() as session:
        row = session.get(CalendarChange, row_id)
        if row and row.study_id == me.study.id:
            take_back(row, session=session, account_id=me.identity.account_id)
            session.commit()


def excuse_missed(me: Here, person: Person, days: Sequence[dt.date]) -> None:
    """Excuse somebody of the days they missed."""
    for first, last in runs(days):
        keep(me, kind=Kind.EXCUSE, first=first, last=last, person=person)


def give_time(me: Here, person: Person, days: Sequence[dt.date]) -> None:
    """Let the last days that somebody missed be written for some days more."""
    recent = sorted(days)[-RECENT:]
    longer = (me.today - recent[0]).days + MORE
    keep(me, kind=Kind.EXTENSION, first=recent[0], last=recent[-1], days=longer, person=person)


def runs(days: Sequence[dt.date]) -> list[tuple[dt.date, dt.date]]:
    """Return days as spans of days in a row."""
    found: list[tuple[dt.date, dt.date]] = []
    for day in sorted(days):
        if found and day - found[-1][1] == dt.timedelta(days=1):
            found[-1] = (found[-1][0], day)
        else:
            found.append((day, day))
    return found
