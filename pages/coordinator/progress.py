"""Who has fallen silent?"""

from __future__ import annotations

import pandas as pd
import streamlit as st

from data import history
from data.database import open_session
from data.tables import Assignment, Person
from data.tables.base import now
from nlp.charts.participation import Row, participation_chart
from pages import words
from pages.researcher.showing import show
from pages.who import require_role
from pages.words import t, tell, tn
from survey import progress, questionnaires
from survey.nudging import nudge
from survey.progress import Progress
from survey.studies import teams_of

EXPORTS = ("chapter.written", "themes.exported", "study.exported", "history.exported")
"""What took texts or counts of people out of here."""

me = require_role("coordinator", "researcher")
with open_session() as opened:
    teams = teams_of(session=opened, study_id=me.study.id)
    asked = progress.dated(questionnaires.assignments(session=opened, study_id=me.study.id))
    gone = progress.withdrawn(session=opened, study_id=me.study.id)
if not asked:
    st.title(t("Nothing is asked for a certain day"), anchor=False)
    st.write(t("Here you will see who wrote when, once a questionnaire is asked daily or once."))
    st.stop()


def team_name(person: Person) -> str:
    """Return what the team of a person is called."""
    team = teams.get(person.team_id) if person.team_id else None
    return words.of(team.name, team.code) if team else ""


def months(assignment: Assignment) -> list[Progress]:
    """Return everybody's month, teams together."""
    with open_session() as session:
        found = progress.month_of(session=session, study=me.study, assignment=assignment, now=now())
    return sorted(found, key=lambda each: (team_name(each.person), each.person.code))


def heading(silent: int) -> str:
    """Answer the question in one line."""
    if silent:
        return tn("One person has fallen silent", "{count} people have fallen silent", silent)
    return t("Nobody has fallen silent")


def percent(found: list[Progress]) -> str:
    """Return written against expected, over all of these people."""
    expected = sum(each.expected for each in found)
    written = sum(each.written for each in found)
    return f"{round(100 * written / expected)} %" if expected else "–"


def numbers(found: list[Progress]) -> None:
    """Show the numbers of the month in one row."""
    with st.container(horizontal=True, key="numbers"):
        st.metric(t("Written of what was due"), percent(found))
        st.metric(t("Written late"), sum(each.late for each in found))
        st.metric(t("Corrected"), sum(len(each.corrected) for each in found))
        st.metric(t("Withdrew"), len(gone))


def by_team(found: list[Progress]) -> str:
    """Say how much each team wrote, the one with most first."""
    parts: dict[str, list[Progress]] = {}
    for each in found:
        parts.setdefault(team_name(each.person), []).append(each)
    if len(parts) < 2:
        return ""

    def share(name: str) -> float:
        expected = sum(each.expected for each in parts[name])
        return -sum(each.written for each in parts[name]) / expected if expected else 0.0

    return " · ".join(f"{name or '–'} {percent(parts[name])}" for name in sorted(parts, key=share))


def last_heard(each: Progress) -> str:
    """Say when something last came from a person."""
    return words.moment(each.last, me.zone) if each.last else t("never")


def silence_of(each: Progress) -> None:
    """Show one silent person with a message to copy."""
    message = nudge(each, me.study)
    name = " · ".join(part for part in (each.person.code, team_name(each.person)) if part)
    with st.expander(
        f"{name} · " + tn("one day", "{count} days", each.silent), key=f"silent-{each.person.code}"
    ):
        st.write(t("Last heard from: {when}.", when=last_heard(each)))
        st.caption(
            t("A message to copy, in {language}", language=words.language_name(message.language))
        )
        st.code(message.text, language=None, wrap_lines=True)


def table(found: list[Progress]) -> pd.DataFrame:
    """Return the numbers, a row a person."""
    return pd.DataFrame(
        [
            {
                t("Code"): each.person.code,
                t("Team"): team_name(each.person),
                t("Written"): each.written,
                t("Due so far"): each.expected,
                t("Share"): each.rate,
                t("Late"): each.late,
                t("Corrected"): len(each.corrected),
                t("Days of silence"): each.silent,
                t("Last heard from"): last_heard(each),
            }
            for each in found
        ]
    )


def withdrawals() -> None:
    """Name who withdrew, and what had left the house before."""
    with open_session() as session:
        exports = history.events(session=session, study_id=me.study.id, actions=EXPORTS)
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
            st.write(t("What was taken out before that may still hold their words:"))
            times = [words.moment(event.at, me.zone) for event in before]
            st.markdown(
                "\n".join(
                    f"- {time} · `{event.action}`"
                    for time, event in zip(times, before, strict=True)
                )
            )


chosen = asked[0]
if len(asked) > 1:
    titles = {each.id: words.of(each.title, each.questionnaire) for each in asked}
    picked = st.segmented_control(
        t("Questionnaire"),
        list(titles),
        default=chosen.id,
        required=True,
        format_func=titles.__getitem__,
        label_visibility="collapsed",
        key="questionnaire",
    )
    chosen = next(each for each in asked if each.id == picked)
everybody = months(chosen)
silent = sorted((each for each in everybody if each.is_silent), key=lambda each: -each.silent)
st.title(heading(len(silent)), anchor=False)
if not everybody:
    st.write(t("Nobody takes part yet"))
    st.stop()
numbers(everybody)
if silent:
    st.subheader(t("What to write to them"), anchor=False)
    for each in silent:
        silence_of(each)

st.subheader(t("Who wrote when?"), anchor=False)
if line := by_team(everybody):
    st.write(line)
with st.container(horizontal=True, vertical_alignment="bottom", key="filters"):
    names = sorted({team_name(each.person) for each in everybody})
    team = st.selectbox(
        t("Team"), names, index=None, placeholder=t("All teams"), key="team", width=240
    )
    only_silent = st.toggle(t("Only who is silent"), key="only-silent")
shown = [
    each
    for each in everybody
    if (team is None or team_name(each.person) == team) and (each.is_silent or not only_silent)
]
if shown:
    rows = [Row(each.person.code, team_name(each.person), each) for each in shown]
    show(lambda ground: participation_chart(rows, translate=tell, ground=ground), key="month")
    st.caption(t("A ring is around entries that their author corrected."))
    with st.expander(t("The numbers as a table")):
        st.dataframe(
            table(shown),
            hide_index=True,
            column_config={t("Share"): st.column_config.NumberColumn(t("Share"), format="percent")},
        )
else:
    st.write(t("Nobody of those is silent."))
if gone and "coordinator" in me.identity.roles:
    withdrawals()
