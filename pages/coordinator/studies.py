"""Which studies do I work on?"""

from __future__ import annotations

import streamlit as st

from data.database import open_session
from pages.everyone.going_over import join_another, list_own
from pages.navigation import BEGIN, go
from pages.who import require_role
from pages.words import t, tn
from survey.own_studies import own_studies

me = require_role("coordinator")
with open_session() as opened:
    own = own_studies(session=opened, account_id=me.identity.account_id)

st.title(
    tn("You work on one study", "You work on {count} studies", len(own)),
    anchor=False,
)
if len(own) > 1:
    st.write(t("On this device you are in one of them at a time, and see nothing of the others."))
list_own(me, own)
if st.button(
    t("Begin another study"),
    type="primary" if len(own) == 1 else "secondary",
    icon=":material/add:",
    key="begin",
):
    go(BEGIN)
join_another(me)
