"""How do codings get to another program, and back?"""

from __future__ import annotations

import streamlit as st

from pages.researcher.bringing_in import bringing_in
from pages.researcher.taking_out import taking_out
from pages.who import require_role
from pages.words import t

me = require_role("researcher", "coordinator")

st.title(t("Codings to and from other programs"), anchor=False)
ways = {"out": t("Take out"), "in": t("Bring in")}
way = st.segmented_control(
    t("What do you want to do?"), list(ways), default="out", required=True,
    format_func=ways.__getitem__, label_visibility="collapsed", key="exchange-way",
)  # fmt: skip
if way == "in":
    bringing_in(me)
else:
    taking_out(me)
