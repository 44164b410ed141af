"""How does everyone come in?"""

from __future__ import annotations

import streamlit as st

from data.database import open_session
from data.tables import Membership, Person
from pages.who import require_role
from pages.words import t
from settings import settings
from survey import entering
from survey.entering import Role
from survey.people import membership_of, people_of

me = require_role("coordinator")
st.title(t("How does everyone come in?"), anchor=False)
st.write(
    t(
        "A personal link works until it is replaced or closed. It is shown once: "
        "here we keep only its fingerprint."
    )
)
with open_session() as opened:
    people = {
        person.id: person
        for person in people_of(session=opened, study_id=me.study.id)
        if person.withdrawn_at is None
    }


def address(membership: Membership, *, once: bool = False) -> str:
    """Make a link and return its address."""
    with open_session() as session:
        token = entering.invite(
            session=session,
            membership=membership,
            once=once,
            account_id=me.identity.account_id,
        )
        session.commit()
    return f"{settings().public_url}/enter/{token}"


def participant(person: Person) -> None:
    """Show what can be done with one person's link."""
    with open_session() as session:
        membership = membership_of(session=session, person_id=person.id)
    if st.button(t("Make a new link"), type="primary", key="make"):
        st.code(address(membership), language=None, wrap_lines=True)
        st.write(t("The link before it no longer works. Devices already signed in stay so."))
    if st.button(t("Close the link and sign out its devices"), key="close"):
        with open_session() as session:
            entering.revoke(
                session=session, membership=membership, account_id=me.identity.account_id
            )
            session.commit()
        st.success(t("Closed."))


st.subheader(t("Participants"), anchor=False)
if people:
    who = st.selectbox(
        t("Person"), list(people), format_func=lambda key: people[key].code, key="person"
    )
    participant(people[who])
else:
    st.write(t("Nobody yet. Bring a people file first."))

st.subheader(t("Colleagues"), anchor=False)
roles: dict[Role, str] = {
    "interviewer": t("Interviewer"),
    "researcher": t("Researcher"),
    "coordinator": t("Coordinator"),
}
role = st.selectbox(t("Role"), list(roles), format_func=roles.__getitem__, key="role")
if st.button(t("Make an invite code"), key="invite"):
    with open_session() as opened:
        member = entering.open_account(session=opened, study_id=me.study.id, role=role)
        opened.commit()
    st.code(address(member, once=True), language=None, wrap_lines=True)
    st.write(t("It works once."))
