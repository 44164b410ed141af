"""What a device shows whose person withdrew, here or elsewhere, perhaps while writing."""

import streamlit as st

from pages.drawing.copies import forget_copies
from pages.who import withdrew
from pages.words import t

if account_id := withdrew():
    forget_copies(account_id)

st.title(t("You no longer take part"), anchor=False)
st.write(
    t(
        "You withdrew from this study, or somebody did it for you. What you had given was deleted, "
        "your link was closed, and nothing more is kept."
    )
)
st.write(
    t(
        "If you would like to take part again, ask the person who invited you. You can close this "
        "page."
    )
)
