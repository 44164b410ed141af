"""What people see when something went wrong that nobody foresaw."""

from __future__ import annotations

import logging

import streamlit as st
from sqlalchemy.exc import SQLAlchemyError

from data.closed import ClosedError
from data.database import trouble
from data.incidents import note
from pages.words import t, tell

log = logging.getLogger(__name__)


def apologise(error: Exception) -> bool:
    """Say in their language that it was us, and note the kind of error, never what was written.

    That a study is closed is nobody's mistake: it is said and not noted.
    """
    if isinstance(error, ClosedError):
        st.info(tell(error.messages[0]), icon=":material/lock:")
        return True
    note(log, "a screen failed", error)
    if isinstance(error, SQLAlchemyError):
        st.error(tell(trouble(error)))
    else:
        st.error(
            t("Something went wrong on our side. It has been noted. Please load the page again.")
        )
    return True
