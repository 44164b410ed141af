"""The call that a coordinator's screen is about."""

from __future__ import annotations

from typing import NoReturn
from uuid import UUID

import streamlit as st

from data.database import open_session
from data.tables import Application, Call, Study
from pages.navigation import APPLICATIONS, CALL, FOLDER, go
from pages.who import Here
from pages.words import t
from survey.applying.calls import call_for
from survey.applying.choosing import one


def the_call(me: Here) -> tuple[Call, Study] | None:
    """Return the call of the study that somebody is in, with the study of its own."""
    with open_session() as session:
        return call_for(session=session, study=me.study)


def the_parent(me: Here) -> Study:
    """Return the study that is applied to."""
    if me.study.parent_id is None:
        return me.study
    with open_session() as session:
        return session.get_one(Study, me.study.parent_id)


def no_call() -> NoReturn:
    """Say that there is no call yet, and where one is made."""
    st.title(t("Nobody can apply yet"), anchor=False)
    st.write(t("Here you will read, choose and answer applications."))
    st.page_link(str(FOLDER / CALL.file), label=t("Make a call for applications"), icon=CALL.icon)
    st.stop()


def wanted(call: Call) -> Application:
    """Return the application that the address names; anything else leads back to all of them."""
    try:
        key = UUID(st.query_params["application"])
    except (KeyError, ValueError):
        go(APPLICATIONS)
    with open_session() as session:
        found = one(key, session=session, call=call)
    if found is None:
        go(APPLICATIONS)
    return found
