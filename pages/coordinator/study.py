"""Who takes part?"""

from __future__ import annotations

import pandas as pd
import streamlit as st

from data.database import open_session
from data.tables import Person
from i18n import Refusal
from pages import words
from pages.coordinator.people_file import bring_people
from pages.coordinator.people_words import status_of, team_name
from pages.navigation import PERSON, go
from pages.who import require_role
from pages.words import t, tell, tn
from survey import pins
from survey.people import enrol, names_of, people_of
from survey.studies import teams_of
from survey.teams import movers

me = require_role("coordinator")
with open_session() as opened:
    people = people_of(session=opened, study_id=me.study.id)
    teams = teams_of(session=opened, study_id=me.study.id)
    moved = movers(session=opened, study_id=me.study.id)
    with_pin = pins.people_with_pin(session=opened, study_id=me.study.id)
here = [person for person in people if person.withdrawn_at is None]

st.title(
    tn("One person takes part", "{count} people take part", len(here))
    if here
    else t("Nobody takes part yet"),
    anchor=False,
)
with_names = bool(people) and st.toggle(t("Show names (this is recorded)"), key="names")
names: dict[str, list[str]] = {}
if with_names:
    with open_session() as opened:
        names = names_of(
            session=opened,
            study_id=me.study.id,
            account_id=me.identity.account_id,
            purpose="people screen",
        )
        opened.commit()


def row_of(person: Person) -> dict[str, str]:
    """Return what the list says of a person; their name only where it was asked for."""
    row = {t("Code"): person.code}
    if with_names:
        row[t("Name")] = "; ".join(names.get(person.code, []))
    return row | {
        t("Team"): team_name(person, teams),
        t("Role"): person.role,
        t("Nationality"): words.together(
            [words.country_name(code) for code in person.nationalities]
        ),
        t("Language"): words.together([words.language_name(tag) for tag in person.languages]),
        t("PIN"): t("chosen") if person.id in with_pin else "",
        t("State"): status_of(person, today=me.today),
    }


def table() -> pd.DataFrame:
    """Return the people as rows; columns in which nothing stands are left out."""
    found = pd.DataFrame([row_of(person) for person in people])
    return found.loc[:, [t("Code"), *(name for name in found.columns[1:] if any(found[name]))]]


if people:
    chosen = st.dataframe(
        table(),
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        key="people",
    )
    picked = chosen["selection"]["rows"]
    who = st.selectbox(
        t("Change something about"),
        people,
        index=picked[0] if picked and picked[0] < len(people) else None,
        format_func=lambda person: person.code,
        placeholder=t("Choose a person"),
        key=f"who-{picked}",
    )
    if who and st.button(t("Open"), type="primary", key="open"):
        go(PERSON, person=who.id)
    if moved:
        st.caption(
            tn(
                "One person changed teams during the study: {codes}. In comparisons they count "
                "where most of what they wrote lies.",
                "{count} people changed teams during the study: {codes}. In comparisons they "
                "count where most of what they wrote lies.",
                len(moved),
                codes=words.together(moved),
            )
        )
bring_people(me, people, teams)

st.subheader(t("Add one person"), anchor=False)
with st.form("new-person"):
    code = st.text_input(t("Code"), max_chars=40, key="person-code")
    if st.form_submit_button(t("Add")):
        try:
            with open_session() as opened:
                added = enrol(
                    session=opened,
                    study=me.study,
                    code=code.strip(),
                    account_id=me.identity.account_id,
                )
                opened.commit()
        except Refusal as refusal:
            st.error(tell(refusal.messages[0]))
        else:
            go(PERSON, person=added.id)
