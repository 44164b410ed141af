"""What somebody sees who has just withdrawn."""

import streamlit as st

from pages.drawing.copies import forget_copies
from pages.words import t, tn

entries, contact, account_id = st.session_state["withdrew"]
forget_copies(account_id)
st.title(t("You have withdrawn"), anchor=False)
st.write(
    tn("Your entry is deleted.", "Your {count} entries are deleted.", entries)
    if entries
    else t("Everything you gave is deleted.")
)
st.write(
    t(
        "With them went your drafts and files, what you said in interviews, and what had been made "
        "of it. What stays is your code, that you took part, and how many entries there were. Your "
        "link is closed, and this device is signed out."
    )
)
if contact:
    st.write(t("If you have a question, write to {contact}.", contact=contact))
st.write(t("Thank you for the time you gave. You can close this page."))
