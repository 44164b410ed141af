"""In which studies do I take part?"""

from __future__ import annotations

import streamlit as st

from data.database import open_session
from pages.everyone.going_over import join_another, list_own
from pages.who import require_role
from pages.words import t, tn
from survey.own_studies import own_studies

me = require_role("participant", "interviewer", "researcher", "reviewer", "coordinator")
with open_session() as opened:
    own = own_studies(session=opened, account_id=me.identity.account_id)

st.title(tn("You are in one study", "You are in {count} studies", len(own)), anchor=False)
if len(own) > 1:
    st.write(
        t(
            "On this device you are in one of them at a time. What you write goes to the one "
            "that is named here."
        )
    )
list_own(me, own)
join_another(me)
