"""How do I take the data out?"""

from __future__ import annotations

import streamlit as st

from data.database import open_session
from i18n import INTERFACE_LANGUAGES, Refusal
from jobs import ledger
from pages import words
from pages.researcher.approving import approving, asking
from pages.researcher.past_exports import past
from pages.waiting import wait_for
from pages.who import require_role
from pages.words import t, tell
from survey import exports

me = require_role("researcher", "coordinator")
FORMATS = {"csv": "CSV", "excel": "Excel", "parquet": "Parquet", "spss": "SPSS"}


with open_session() as opened:
    exports.clear_away(session=opened)
    opened.commit()
    made = exports.exports_of(session=opened, study_id=me.study.id)

st.title(t("Export the data"), anchor=False)
st.write(
    t(
        "Every answer, interview, passage and theme as tables, with a codebook, in one archive. "
        "Names, telephone numbers and addresses in people’s words are masked. Every export is "
        "recorded."
    )
)
approving(me)
kind = st.segmented_control(
    t("Format"), list(FORMATS), default="csv", required=True, format_func=FORMATS.__getitem__,
    key="format",
)  # fmt: skip
tags = list(dict.fromkeys([*me.study.languages, *INTERFACE_LANGUAGES]))
language = st.selectbox(
    t("Language of labels and codebook"),
    tags,
    index=tags.index(words.language()) if words.language() in tags else 0,
    format_func=words.language_name,
    key="export-language",
)
job = wait_for("export", me.study.id)
running = job is not None and job.status in ledger.UNFINISHED
if st.button(t("Make the export"), type="primary", disabled=running, key="make"):
    try:
        ledger.ask(
            "export",
            study_id=me.study.id,
            account_id=me.identity.account_id,
            format=kind,
            language=language,
        )
    except Refusal as refusal:
        for message in refusal.messages:
            st.error(tell(message))
    else:
        st.rerun()
if made:
    st.subheader(t("Earlier exports"), anchor=False)
    for each in made[:20]:
        past(me, each)
if "coordinator" in me.identity.roles:
    asking(me, kind, language, running=running)
