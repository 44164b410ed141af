"""What did I send?"""

from __future__ import annotations

import streamlit as st

from data.database import open_session
from data.tables import Response
from pages import words
from pages.participant.agreement import agree
from pages.participant.reading import read_entry
from pages.who import require_role
from pages.words import t, tn
from survey import questionnaires, responses

me = require_role("participant")
agree(me)
with open_session() as opened:
    sent = responses.entries_of(session=opened, person_id=me.author.id)
    versions = questionnaires.versions(session=opened, study_id=me.study.id)
    titles = {
        assignment.questionnaire: words.of(assignment.title, assignment.questionnaire)
        for assignment in questionnaires.assignments(session=opened, study_id=me.study.id)
    }


def line(response: Response) -> str:
    """Name an entry: its day, its questionnaire, when it arrived."""
    name = versions[response.questionnaire_id].name
    return (
        f"{words.day(response.day, today=me.today)} · {titles.get(name, name)} · "
        f"{words.clock(response.submitted_at, me.zone)}"
    )


instance_id, time = st.session_state.pop("sent", (None, ""))
if instance_id:
    st.success(t("It has arrived, {time}. Thank you.", time=time), icon=":material/check:")
st.title(
    tn("You sent one entry", "You sent {count} entries", len(sent))
    if sent
    else t("Here you will find what you send"),
    anchor=False,
)
SHOWN = 20
many = st.session_state.get("entries-shown", SHOWN)
for response in sent[:many]:
    with st.expander(line(response), expanded=response.id == instance_id):
        read_entry(response, versions[response.questionnaire_id])
if len(sent) > many and st.button(t("Show earlier entries"), key="earlier"):
    st.session_state["entries-shown"] = many + SHOWN
    st.rerun()
