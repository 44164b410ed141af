"""What do you hold about me?"""

from __future__ import annotations

import streamlit as st

from data.database import open_session
from pages import words
from pages.participant.agreement import agree
from pages.who import require_role
from pages.words import t, tn
from survey import consent, responses

me = require_role("participant")
agree(me)
with open_session() as opened:
    count = len(responses.entries_of(session=opened, person_id=me.author.id))
    text = consent.current(session=opened, study_id=me.study.id)

st.title(t("What is held about you"), anchor=False)
st.write(
    t(
        "Here you are {code}. Your name is kept apart from what you write, and only the "
        "coordinator can see it.",
        code=me.author.code,
    )
)
st.write(tn("You sent one entry.", "You sent {count} entries.", count))
if contact := me.study.texts.get("contact"):
    st.write(t("To correct something, or to withdraw, write to {contact}.", contact=contact))
if text:
    with st.expander(t("What you agreed to")):
        st.markdown(words.of(text.texts))
