"""What somebody sees who opens the address of a screen that is not theirs."""

import streamlit as st

from pages.words import t

st.title(t("This page is not open to you"), anchor=False)
st.write(t("It may be for other people of the study."))
st.link_button(t("Back to the beginning"), "/", type="primary")
