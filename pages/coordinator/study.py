"""Who takes part?"""

from __future__ import annotations

import pandas as pd
import streamlit as st

from data.database import open_session
from i18n import Refusal
from pages import words
from pages.who import require_role
from pages.words import t, tell, tn
from survey.people import names_of, people_of
from survey.people_file import read_people
from survey.people_import import Change, import_people
from survey.studies import teams_of

me = require_role("coordinator")
with open_session() as opened:
    people = people_of(session=opened, study_id=me.study.id)
    teams = teams_of(session=opened, study_id=me.study.id)

st.title(
    tn("One person takes part", "{count} people take part", len(people))
    if people
    else t("Nobody takes part yet"),
    anchor=False,
)
with_names = st.toggle(t("Show names (this is recorded)"), key="names")
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


def table() -> pd.DataFrame:
    """Return the people as rows; names only where they were asked for."""
    rows = []
    for person in people:
        team = teams.get(person.team_id) if person.team_id else None
        row = {t("Code"): person.code}
        if with_names:
            row[t("Name")] = "; ".join(names.get(person.code, []))
        row |= {
            t("Team"): words.of(team.name, team.code) if team else "",
            t("Role"): person.role,
            t("Nationality"): ", ".join(words.country_name(code) for code in person.nationalities),
            t("Language"): ", ".join(words.language_name(tag) for tag in person.languages),
        }
        rows.append(row)
    return pd.DataFrame(rows)


if people:
    st.dataframe(table(), hide_index=True)


def say_change(change: Change) -> str:
    """Say what an import does."""
    new = tn("one new person", "{count} new people", len(change.new))
    changed = tn("one changed", "{count} changed", len(change.changed))
    return t(
        "{new}, {changed}, {same} as they were.", new=new, changed=changed, same=len(change.same)
    )


st.subheader(t("Bring a people file"), anchor=False)
st.write(
    t(
        "CSV or Excel with the columns code, name, nicknames, team, role, nationalities, "
        "languages, time_zone, email. Several values in a cell are separated by semicolons."
    )
)
uploaded = st.file_uploader(t("People file"), type=["csv", "tsv", "xlsx"], key="people-file")
if uploaded:
    try:
        codes = [team.code for team in teams.values()]
        entries = read_people(uploaded.name, uploaded.getvalue(), teams=codes)
        with open_session() as opened:
            # Tried without a commit: what the file would change.
            preview = import_people(entries, session=opened, study=me.study)
        st.write(say_change(preview))
        if st.button(t("Take these people in"), type="primary", key="import"):
            with open_session() as opened:
                import_people(
                    entries,
                    session=opened,
                    study=me.study,
                    account_id=me.identity.account_id,
                )
                opened.commit()
            st.rerun()
    except Refusal as refusal:
        for message in refusal.messages[:30]:
            st.error(tell(message))
