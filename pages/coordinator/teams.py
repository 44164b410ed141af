"""Which teams are there?"""

from __future__ import annotations

from collections import Counter

import streamlit as st

from data.database import open_session
from data.tables import Team
from i18n import Refusal
from pages.coordinator.people_words import name_of
from pages.who import require_role
from pages.words import language_name, t, tell, tn
from survey.people import people_of
from survey.studies import teams_of
from survey.teams import add_team, rename_team

me = require_role("coordinator")
with open_session() as opened:
    teams = list(teams_of(session=opened, study_id=me.study.id).values())
    people = people_of(session=opened, study_id=me.study.id)
sizes = Counter(person.team_id for person in people if person.withdrawn_at is None)
tags = me.study.languages or ["en"]

st.title(
    tn("One team", "{count} teams", len(teams)) if teams else t("There is no team yet"),
    anchor=False,
)
if said := st.session_state.pop("team-said", None):
    st.success(said, icon=":material/check:")


def names_from(key: str, before: dict[str, str]) -> dict[str, str]:
    """Ask what a team is called, in each language of the study."""
    return {
        tag: st.text_input(
            t("Name in {language}", language=language_name(tag)),
            value=before.get(tag, ""),
            max_chars=80,
            key=f"{key}-{tag}",
        )
        for tag in dict.fromkeys([*tags, *before])
    }


def rename(team: Team, name: dict[str, str]) -> None:
    """Keep what a team is called."""
    with open_session() as session:
        changed = rename_team(
            session=session,
            team=session.get_one(Team, team.id),
            name=name,
            account_id=me.identity.account_id,
        )
        session.commit()
    if changed:
        st.session_state["team-said"] = t("The name is changed.")
    st.rerun()


for each in teams:
    size = tn("one person", "{count} people", sizes[each.id])
    called = name_of(each)
    heading = called if called == each.code else f"{each.code} · {called}"
    with st.expander(f"{heading} · {size}"), st.form(f"team-{each.id}", border=False):
        said = names_from(f"name-{each.id}", each.name)
        if st.form_submit_button(t("Keep")):
            rename(each, said)

st.subheader(t("Another team"), anchor=False)
with st.form("new-team", clear_on_submit=False):
    code = st.text_input(
        t("Code"),
        max_chars=40,
        key="team-code",
        help=t("Short, without spaces: people files name the team by it."),
    )
    new = names_from("new", {})
    if st.form_submit_button(t("Add the team"), type="primary"):
        try:
            with open_session() as session:
                add_team(
                    session=session,
                    study_id=me.study.id,
                    code=code.strip(),
                    name=new,
                    account_id=me.identity.account_id,
                )
                session.commit()
        except Refusal as refusal:
            st.error(tell(refusal.messages[0]))
        else:
            st.session_state["team-said"] = t("The team {code} is there.", code=code.strip())
            st.rerun()
st.caption(
    t("Who is in which team is on the page of each person, under “People”, and in a people file.")
)
