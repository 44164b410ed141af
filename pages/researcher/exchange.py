"""How do codings get to another program, and back?"""

from __future__ import annotations

import streamlit as st

from pages.researcher.bringing_in import bringing_in
from pages.researcher.taking_out import taking_out
from pages.who import require_role
from pages.words import t

me = require_role("researcher", "coordinator")

ways = {"out": t("Take out"), "in": t("Bring in")}
titles = {
    "out": t("Take codings to another program"),
    "in": t("Bring codings from another program"),
}
st.title(titles[st.session_state.get("exchange-way") or "out"], anchor=False)
way = st.segmented_control(
    t("What do you want to do?"), list(ways), default="out", required=True,
    format_func=ways.__getitem__, label_visibility="collapsed", key="exchange-way",
)  # fmt: skip
if way == "in":
    bringing_in(me)
else:
    taking_out(me)
