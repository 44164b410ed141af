"""Who has fallen silent?"""

from __future__ import annotations

from collections import Counter

import pandas as pd
import streamlit as st
from babel.numbers import format_percent

from data import history
from data.database import open_session
from data.tables import Assignment
from data.tables.base import now
from nlp.charts.participation import Row, participation_chart
from pages import words
from pages.coordinator.calendar_changes import change_form, list_changes, tell_what_was_done
from pages.coordinator.people_words import name_of, reason_of, team_name
from pages.coordinator.silence import last_heard, silence_of
from pages.researcher.showing import show
from pages.who import require_role
from pages.words import t, tell, tn
from survey import progress, questionnaires
from survey.history_sentences import LEFT_THE_HOUSE, action_in
from survey.own_calendar import rows_of
from survey.progress import Progress
from survey.studies import teams_of

me = require_role("coordinator", "researcher")
coordinates = "coordinator" in me.identity.roles
with open_session() as opened:
    teams = teams_of(session=opened, study_id=me.study.id)
    asked = progress.dated(questionnaires.assignments(session=opened, study_id=me.study.id))
    gone = progress.withdrawn(session=opened, study_id=me.study.id)
    stopped = progress.left(session=opened, study_id=me.study.id)
    changes = rows_of(session=opened, study_id=me.study.id)
if not asked:
    st.title(t("Nothing is asked for a certain day"), anchor=False)
    st.write(t("Here you will see who wrote when, once a questionnaire is asked daily or once."))
    st.stop()


def team_of(each: Progress) -> str:
    """Return what the team of a person is called."""
    return team_name(each.person, teams)


def months(assignment: Assignment) -> list[Progress]:
    """Return everybody's month, teams together."""
    with open_session() as session:
        found = progress.month_of(session=session, study=me.study, assignment=assignment, now=now())
    return sorted(found, key=lambda each: (team_of(each), each.person.code))


def heading(silent: int) -> str:
    """Answer the question in one line."""
    if silent:
        return tn("One person has fallen silent", "{count} people have fallen silent", silent)
    return t("Nobody has fallen silent")


def percent(found: list[Progress]) -> str:
    """Return written against expected, over all of these people."""
    expected = sum(each.expected for each in found)
    written = sum(each.written for each in found)
    return format_percent(written / expected, locale=words.babel_name()) if expected else "–"


def numbers(found: list[Progress]) -> None:
    """Show the numbers of the month in one row."""
    with st.container(horizontal=True, key="numbers"):
        st.metric(t("Written of what was due"), percent(found))
        st.metric(t("Written late"), sum(each.late for each in found))
        st.metric(t("Entries corrected"), sum(len(each.corrected) for each in found))
        st.metric(t("Excused days"), sum(each.excused for each in found))
        st.metric(t("Stopped"), len(stopped))
        st.metric(t("Withdrew"), len(gone))


def against_the_plan(found: list[Progress]) -> str:
    """Say what was written against what was to be here by now."""
    expected = sum(each.expected for each in found)
    if not expected:
        return ""
    written = sum(each.written for each in found)
    return t(
        "{written} of the {expected} entries that were due by now are here.",
        written=written,
        expected=expected,
    )


def by_team(found: list[Progress]) -> str:
    """Say how much each team wrote, the one with most first."""
    parts: dict[str, list[Progress]] = {}
    for each in found:
        parts.setdefault(team_of(each), []).append(each)
    if len(parts) < 2:
        return ""

    def share(name: str) -> float:
        expected = sum(each.expected for each in parts[name])
        return -sum(each.written for each in parts[name]) / expected if expected else 0.0

    return " · ".join(
        f"{name or t('no team')} {percent(parts[name])}" for name in sorted(parts, key=share)
    )


def table(found: list[Progress]) -> pd.DataFrame:
    """Return the numbers, a row a person."""
    return pd.DataFrame(
        [
            {
                t("Code"): each.person.code,
                t("Team"): team_of(each),
                t("Written"): each.written,
                t("Due so far"): each.expected,
                t("Share"): each.rate,
                t("Late"): each.late,
                t("Entries corrected"): len(each.corrected),
                t("Excused"): each.excused,
                t("Days of silence"): each.silent,
                t("Last heard from"): last_heard(me, each),
                t("Began, not sent"): words.moment(each.begun, me.zone) if each.begun else "",
            }
            for each in found
        ]
    )


def for_a_team() -> None:
    """Let the calendar of a whole team, or of everybody, be changed."""
    with st.expander(t("Pause, excuse or give more time to a team"), key="team-calendar"):
        choices = [None, *teams]
        team = st.selectbox(
            t("For whom?"),
            choices,
            index=1 if teams else 0,
            format_func=lambda key: name_of(teams[key]) if key else t("Everybody"),
            key="calendar-team",
        )
        change_form(me, key="team-change", team_id=team)
        list_changes(me, [row for row in changes if row.team_id == team])


def drop_outs() -> None:
    """Name who stopped taking part, and why."""
    st.subheader(t("Who stopped?"), anchor=False)
    why = Counter(reason_of(person) for person in stopped)
    st.write(" · ".join(f"{reason} {count}" for reason, count in why.most_common()))
    for person in stopped:
        day = words.day(person.left_on or me.today, today=me.today)
        st.write(t("{code}, {day}: {reason}.", code=person.code, day=day, reason=reason_of(person)))


def withdrawals() -> None:
    """Name who withdrew, and what had left the house before."""
    with open_session() as session:
        exports = history.events(session=session, study_id=me.study.id, actions=LEFT_THE_HOUSE)
    st.subheader(t("Who withdrew?"), anchor=False)
    for person in gone:
        assert person.withdrawn_at is not None  # noqa: S101 - selected so
        st.write(
            t(
                "{code}, {when}. Everything they gave is deleted here.",
                code=person.code,
                when=words.moment(person.withdrawn_at, me.zone),
            )
        )
        before = [event for event in exports if event.at < person.withdrawn_at]
        if before:
            st.write(t("Earlier exports that may still hold their words:"))
            lines = [
                f"- {words.moment(event.at, me.zone)} · {action_in(words.language(), event.action)}"
                for event in before
            ]
            st.markdown("\n".join(lines))


def chosen_assignment() -> Assignment:
    """Ask which questionnaire, where there are several."""
    if len(asked) == 1:
        return asked[0]
    titles = {each.id: words.of(each.title, each.questionnaire) for each in asked}
    picked = st.segmented_control(
        t("Questionnaire"),
        list(titles),
        default=asked[0].id,
        required=True,
        format_func=titles.__getitem__,
        label_visibility="collapsed",
        key="questionnaire",
    )
    return next(each for each in asked if each.id == picked)


def filtered(found: list[Progress]) -> list[Progress]:
    """Ask whom to show, and return their months."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="filters"):
        named = sorted({name for each in found if (name := team_of(each))})
        roles = sorted({each.person.role for each in found if each.person.role})
        team = st.selectbox(
            t("Team"), named, index=None, placeholder=t("All teams"), key="team", width=220
        )
        role = st.selectbox(
            t("Role"), roles, index=None, placeholder=t("All roles"), key="role", width=220
        )
    with st.container(horizontal=True, key="toggles"):
        only_silent = st.toggle(t("Only people who are silent"), key="only-silent")
        only_late = st.toggle(t("Only late or corrected"), key="only-late")
    return [
        each
        for each in found
        if (team is None or team_of(each) == team)
        and (role is None or each.person.role == role)
        and (each.is_silent or not only_silent)
        and (each.late or each.corrected or not only_late)
    ]


everybody = months(chosen_assignment())
silent = sorted((each for each in everybody if each.is_silent), key=lambda each: -each.silent)
st.title(heading(len(silent)), anchor=False)
tell_what_was_done()
if not everybody:
    st.write(t("Nobody takes part yet"))
    st.stop()
numbers(everybody)
if silent:
    st.subheader(t("What to do next"), anchor=False)
    for each in silent:
        silence_of(me, each, team=team_of(each))
if coordinates:
    for_a_team()

st.subheader(t("Who wrote when?"), anchor=False)
if line := against_the_plan(everybody):
    st.write(line)
if line := by_team(everybody):
    st.write(line)
shown = filtered(everybody)
if shown:
    rows = [Row(each.person.code, team_of(each), each) for each in shown]
    show(lambda ground: participation_chart(rows, translate=tell, ground=ground), key="month")
    if any(each.corrected for each in shown):
        st.caption(t("A ring is around entries that their author corrected."))
    with st.expander(t("The numbers as a table")):
        st.dataframe(
            table(shown),
            hide_index=True,
            column_config={t("Share"): st.column_config.NumberColumn(t("Share"), format="percent")},
        )
else:
    st.write(t("Nobody fits these filters."))
if stopped and coordinates:
    drop_outs()
if gone and coordinates:
    withdrawals()
