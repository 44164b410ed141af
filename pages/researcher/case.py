"""How did the month go for one person, or for one team?"""

from __future__ import annotations

import streamlit as st

from data.database import open_session
from nlp.answers import read_answers
from pages import words
from pages.researcher.coded import coded_of, kept_back
from pages.researcher.findings import findings
from pages.researcher.person_case import person_case
from pages.researcher.team_case import team_case
from pages.who import require_role
from pages.words import t
from survey.people import people_of
from survey.studies import teams_of

me = require_role("researcher")
with open_session() as opened:
    people = {
        person.code: person
        for person in people_of(session=opened, study_id=me.study.id)
        if person.withdrawn_at is None
    }
    teams = {
        team.code: words.of(team.name, team.code)
        for team in teams_of(session=opened, study_id=me.study.id).values()
    }
    answers = read_answers(session=opened, study=me.study)
if not people or not any(asked.entries for asked in answers.asked.values()):
    st.title(t("The month has not begun"), anchor=False)
    st.write(t("As soon as people write, the month of each person and each team is told here."))
    st.stop()
KINDS = {"person": t("A person"), "team": t("A team")}


def choose(kind: str, known: dict[str, str]) -> str:
    """Let the reader take another one; the address follows, so that it can be sent on."""
    wanted = st.query_params.get(kind, "")
    st.session_state["case"] = wanted if wanted in known else next(iter(known))
    return str(
        st.selectbox(
            KINDS[kind],
            list(known),
            format_func=known.__getitem__,
            key="case",
            label_visibility="collapsed",
            on_change=lambda: st.query_params.from_dict({kind: st.session_state["case"]}),
        )
    )


head = st.container()
kind = "person"
if teams:
    kind = st.segmented_control(
        t("Whose month"),
        list(KINDS),
        default="team" if "team" in st.query_params else "person",
        required=True,
        format_func=KINDS.__getitem__,
        label_visibility="collapsed",
        key="case-kind",
    )
coded, found = coded_of(me), findings(me.study.id)
if kind == "team":
    code = choose("team", teams)
    head.title(t("How did the month go for {team}?", team=teams[code]), anchor=False)
    kept_back(coded)
    team_case(me, code, answers, coded, found)
else:
    code = choose("person", {each: each for each in sorted(people)})
    head.title(t("How did the month go for {person}?", person=code), anchor=False)
    kept_back(coded)
    person_case(me, people[code], answers, coded, found)
