"""Who are you? What somebody sees who has not come in."""

import streamlit as st

from pages.appearance import SEAL
from pages.words import t

st.image(SEAL, width=44)
st.title(t("Come in through your personal link"))
st.write(
    t(
        "This is where film makers keep their days. You were sent a link that is yours alone; "
        "open it on this device, and you are in. No password is needed."
    )
)
st.link_button(t("I have a code"), "/enter", type="primary")
