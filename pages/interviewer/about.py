"""Who spoke, when and where?"""

from __future__ import annotations

import streamlit as st

from data.database import open_session
from data.tables import Interview
from i18n import Refusal
from pages.interviewer import chosen
from pages.interviewer.asking import ask
from pages.interviewer.assigning import Speakers, assign
from pages.interviewer.escaping import plain
from pages.navigation import CONVERSATION, go
from pages.who import require_role
from pages.words import t, tell
from survey.interviews import facts, reading

me = require_role("interviewer")

with open_session() as opened:
    interview = chosen.interview_of(me, session=opened)
    labels = reading.labels_in(session=opened, interview_id=interview.id)
    people = chosen.people(me, session=opened)


def keep(key: str, answers: facts.Facts, speakers: Speakers) -> None:
    """Write it down and go back to the conversation."""
    account = me.identity.account_id
    try:
        with open_session() as session:
            found = session.get_one(Interview, interview.id)
            facts.rename(found, key, session=session, account_id=account)
            facts.change(found, answers, session=session, account_id=account)
            facts.assign(found, speakers, session=session, account_id=account)
            session.commit()
    except Refusal as refusal:
        for message in refusal.messages:
            st.error(tell(message))
        return
    go(CONVERSATION, interview=interview.id)


st.title(t("Who spoke, when and where?"), anchor=False)
st.caption(plain(interview.key))
st.subheader(t("Who is who?"), anchor=False)
st.write(t("Only the words of people in the study are analysed; the others are shown beside them."))
speakers = assign(labels, interview.speakers, people)
st.subheader(t("When and where?"), anchor=False)
key = st.text_input(t("Name of this interview"), interview.key, key="key")
answers = ask(facts.known_of(interview), today=me.today, offered=me.study.languages)
if st.button(t("Save"), type="primary", key="keep"):
    keep(key, answers, speakers)
if st.button(t("Back to the interview"), type="tertiary", key="back"):
    go(CONVERSATION, interview=interview.id)
