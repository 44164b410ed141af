"""Who works on this study?"""

from __future__ import annotations

import streamlit as st

from data.database import open_session
from i18n import Refusal
from pages.coordinator.link_pictures import show_link
from pages.everyone.going_over import role_names
from pages.who import require_role
from pages.words import moment, t, tell, tn
from settings import settings
from survey.colleagues import WORKING, Colleague, colleagues, invite_colleague, remove_role

SAID = "colleagues-said"
me = require_role("coordinator")
with open_session() as opened:
    working = colleagues(session=opened, study_id=me.study.id)
names = role_names()

st.title(
    tn("One person works on this study", "{count} people work on this study", accounts)
    if (accounts := len({each.membership.account_id for each in working}))
    else t("Nobody works on this study yet"),
    anchor=False,
)
if said := st.session_state.pop(SAID, None):
    st.success(said, icon=":material/check:")


def came(each: Colleague) -> str:
    """Say whether somebody has come in, and when they were last here."""
    if each.seen_at:
        return t("last here {when}", when=moment(each.seen_at, me.zone))
    if each.invited_at:
        return t("invited {when}, has not come in", when=moment(each.invited_at, me.zone))
    return t("has not been here")


def take_away(each: Colleague) -> None:
    """Take the role away and sign its devices out."""
    try:
        with open_session() as session:
            remove_role(
                session=session,
                study_id=me.study.id,
                membership_id=each.membership.id,
                by=me.identity.account_id,
            )
            session.commit()
    except Refusal as refusal:
        st.error(tell(refusal.messages[0]))
        return
    st.session_state[SAID] = t("The role is taken away, its devices are signed out.")
    st.rerun()


for each in working:
    role = names[each.membership.role]
    own = each.membership.account_id == me.identity.account_id
    who = t("you") if own else each.label
    heading = f"{role} · {who}" if who else role
    with st.expander(f"{heading} · {came(each)}", key=f"colleague-{each.membership.id}"):
        if own:
            st.write(t("If you take this role from yourself, you lose it at once."))
        else:
            st.write(t("Whoever it is loses the role at once, and the devices they came in with."))
        if st.button(
            t("Take the role of {role} away", role=role), key=f"remove-{each.membership.id}"
        ):
            take_away(each)

st.subheader(t("Invite a colleague"), anchor=False)
with st.form("invite-colleague"):
    chosen = st.selectbox(t("Role"), WORKING, format_func=names.__getitem__, key="new-role")
    label = st.text_input(
        t("What are they called among you?"),
        max_chars=80,
        key="new-label",
        help=t("Coordinators see it here. It may stay empty."),
    )
    invited = st.form_submit_button(t("Make an invitation"), type="primary")
if invited:
    with open_session() as session:
        token = invite_colleague(
            session=session,
            study_id=me.study.id,
            role=chosen,
            label=label,
            account_id=me.identity.account_id,
        )
        session.commit()
    show_link(f"{settings().public_url}/enter/{token}")
    st.write(
        t(
            "It works once. Somebody who works on another study here can bring it under “My "
            "studies” instead of opening it, and has both then."
        )
    )
