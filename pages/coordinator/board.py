"""Who works with whom?"""

from __future__ import annotations

from collections import Counter
from uuid import UUID

import pandas as pd
import streamlit as st

from data.database import open_session
from data.tables import Application
from i18n import Refusal
from pages import words
from pages.coordinator.calling import no_call, the_call, the_parent
from pages.coordinator.people_words import name_of
from pages.navigation import APPLICANT, STUDY, go
from pages.who import require_role
from pages.words import t, tell, tn
from survey.applying import joining
from survey.applying.choosing import Standing
from survey.applying.states import SAID, State
from survey.studies import teams_of

me = require_role("coordinator")
found_call = the_call(me)
if found_call is None:
    no_call()
call, study = found_call
parent = the_parent(me)
with open_session() as opened:
    board = joining.on_the_board(session=opened, call=call)
    teams = teams_of(session=opened, study_id=parent.id)
    allowed = joining.may_join(session=opened, parent=parent, account_id=me.identity.account_id)
if not allowed:
    st.title(t("Teams belong to the study"), anchor=False)
    st.write(t("Whoever coordinates the study itself puts them together."))
    st.stop()
open_ones = [each for each in board if each.application.participant_id is None]
ready = joining.ready(board)
UNDO = "board-undo"
"""What was changed last, to be taken back: who, and the team and role before."""


def role_of(each: Standing) -> str:
    """Return the role somebody has on the board: what they applied as, unless changed there."""
    return each.application.role or each.facts.role


def put(application_id: UUID, team_id: UUID | None, role: str) -> None:
    """Put somebody into a team with a role."""
    try:
        with open_session() as session:
            joining.place(
                session.get_one(Application, application_id),
                session=session,
                parent=parent,
                team_id=team_id,
                role=role,
                account_id=me.identity.account_id,
            )
            session.commit()
    except Refusal as refusal:
        st.session_state["board-problem"] = tell(refusal.messages[0])


def moved(each: Standing, widget: str) -> None:
    """Keep what was chosen for somebody, and how it was before."""
    team = st.session_state[f"team-{widget}"]
    role = st.session_state[f"role-{widget}"] or ""
    before = (each.application.id, each.application.team_id, each.application.role)
    st.session_state.setdefault(UNDO, []).append(before)
    put(each.application.id, team, role)


def undo() -> None:
    """Take back what was changed last."""
    put(*st.session_state[UNDO].pop())


def counted(values: list[str]) -> str:
    """Say how often each of several things is there: actor 2, editor."""
    return ", ".join(
        f"{value} {number}" if number > 1 else value
        for value, number in sorted(Counter(values).items(), key=lambda item: (-item[1], item[0]))
    )


def balance_of(members: list[Standing]) -> dict[str, object]:
    """Return who is in a team, in numbers."""
    return {
        t("People"): len(members),
        t("Roles"): counted([role_of(each) or t("not known") for each in members]),
        t("Countries"): counted(
            [
                words.country_name(each.facts.nationalities[0])
                if each.facts.nationalities
                else t("not known")
                for each in members
            ]
        ),
        t("Languages"): counted(
            [words.language_name(tag) for each in members for tag in each.facts.languages]
        ),
    }


def balance() -> None:
    """Show how the teams are put together, side by side."""
    rows = []
    for key, name in [*((key, name_of(team)) for key, team in teams.items()), (None, "–")]:
        members = [each for each in board if each.application.team_id == key]
        if key or members:
            rows.append({t("Team"): name if key else t("no team yet"), **balance_of(members)})
    with st.container(key="wide-balance"):
        st.table(pd.DataFrame(rows).set_index(t("Team")))


def seat(each: Standing, roles: list[str]) -> None:
    """Show one person with their place."""
    # Another key after every change, so that an undone one is drawn as it is kept.
    widget = f"{each.application.id}-{each.application.team_id}-{each.application.role}"
    facts = " · ".join(
        part
        for part in (
            tell(SAID[each.state]),
            words.together([words.country_name(code) for code in each.facts.nationalities]),
            words.together([words.language_name(tag) for tag in each.facts.languages]),
        )
        if part
    )
    with st.container(border=True, key=f"seat-{each.application.id}"):
        st.write(f"**{each.person.code}** · {facts}")
        left, right = st.columns(2)
        options: list[UUID | None] = [None, *teams]
        left.selectbox(
            t("Team of {code}", code=each.person.code),
            options,
            index=options.index(each.application.team_id),
            format_func=lambda key: name_of(teams[key]) if key else t("no team yet"),
            key=f"team-{widget}",
            on_change=moved,
            args=(each, widget),
        )
        known = list(dict.fromkeys([*roles, role_of(each)]))
        right.selectbox(
            t("Role of {code}", code=each.person.code),
            known,
            index=known.index(role_of(each)) if role_of(each) else None,
            accept_new_options=True,
            key=f"role-{widget}",
            on_change=moved,
            args=(each, widget),
        )


def done() -> None:
    """Offer the one step that makes participants of those who come and have a team."""
    if not ready:
        st.write(t("Whoever is coming and has a team becomes a participant here, in one step."))
        return
    st.write(
        t(
            "{codes} are coming and have a team. They become participants of “{study}” with their "
            "application linked; the study asks each for consent by itself.",
            codes=words.together([each.person.code for each in ready]),
            study=words.of(parent.texts.get("title"), parent.slug),
        )
    )
    if not st.checkbox(t("The teams are as they shall be"), key=f"sure-{len(ready)}"):
        return
    label = tn("Make one person a participant", "Make {count} people participants", len(ready))
    if st.button(label, type="primary", key="join", width="stretch"):
        make_participants()


def make_participants() -> None:
    """Make participants of those who are ready: all of them, or nobody."""
    try:
        with open_session() as session:
            now_ready = joining.ready(joining.on_the_board(session=session, call=call))
            made = joining.join(
                now_ready, session=session, parent=parent, account_id=me.identity.account_id
            )
            session.commit()
    except Refusal as refusal:
        st.error(tell(refusal.messages[0]), icon=":material/error:")
        return
    st.session_state.pop(UNDO, None)
    st.session_state["board-said"] = tn(
        "One person is a participant now: {codes}.",
        "{count} people are participants now: {codes}.",
        len(made),
        codes=words.together([person.code for person in made]),
    )
    st.rerun()


if not board:
    st.title(t("Nobody can be put into a team yet"), anchor=False)
    st.write(t("Whoever is on the short list, invited or coming is put into a team here."))
    st.stop()
without = sum(each.application.team_id is None for each in open_ones)
st.title(
    tn("One person has no team yet", "{count} people have no team yet", without)
    if without
    else t("Everybody has a team"),
    anchor=False,
)
if said := st.session_state.pop("board-said", None):
    st.success(said, icon=":material/check:")
if problem := st.session_state.pop("board-problem", None):
    st.error(problem, icon=":material/error:")
if not teams:
    st.info(t("The study has no teams yet. Make them under “Teams”."))
balance()
done()
if st.session_state.get(UNDO):
    st.button(t("Take the last change back"), icon=":material/undo:", key="undo", on_click=undo)
every_role = sorted({role for each in board if (role := role_of(each))})
for item in sorted(
    open_ones, key=lambda each: (each.state is not State.ACCEPTED, each.person.code)
):
    seat(item, every_role)
if joined := [each for each in board if each.application.participant_id]:
    st.subheader(tn("One is a participant", "{count} are participants", len(joined)), anchor=False)
    with open_session() as opened:
        codes = joining.became(session=opened, call=call)
    with st.container(horizontal=True, key="joined"):
        for each in joined:
            label = f"{codes[each.application.id]} ← {each.person.code}"
            if st.button(label, key=f"joined-{each.application.id}"):
                go(APPLICANT, application=each.application.id)
    if me.study.id == parent.id and st.button(t("To the people of the study"), key="people"):
        go(STUDY)
