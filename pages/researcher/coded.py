"""What was coded, read once and kept until somebody marks something."""

from __future__ import annotations

from uuid import UUID

import streamlit as st

from data.database import open_session
from data.tables import Study
from nlp.coded import Coded, read_coded
from nlp.coded.state import state_of
from pages.navigation import CODING, FOLDER
from pages.who import Here
from pages.words import t, tn


def coded_of(me: Here) -> Coded:
    """Return what was coded, as far as whoever is here may see it; do not change it."""
    with open_session() as session:
        state = state_of(session=session, study_id=me.study.id)
    return _read(me.study.id, me.identity.account_id, state)


@st.cache_resource(max_entries=4, show_spinner=False)
def _read(study_id: UUID, account_id: UUID, state: tuple[str, ...]) -> Coded:  # noqa: ARG001 - what the answer depends on
    with open_session() as session:
        study = session.get_one(Study, study_id)
        return read_coded(session=session, study=study, account_id=account_id)


def nothing_yet(coded: Coded) -> None:
    """Say what will be here, and end the screen."""
    st.title(t("Coding comes first"), anchor=False)
    st.write(
        t("Mark what people say with codes: then it can be seen here who speaks of what, and when.")
    )
    kept_back(coded)
    st.page_link(str(FOLDER / CODING.file), label=t("Code the texts"), icon=CODING.icon)
    st.stop()


def kept_back(coded: Coded) -> None:
    """Say what is left out so that a coder stays blind."""
    if coded.kept_back:
        st.caption(
            ":material/visibility_off: "
            + tn(
                "One mark is left out: it lies in a text that you have not finished, and you code "
                "without knowing what others mark.",
                "{count} marks are left out: they lie in texts that you have not finished, and you "
                "code without knowing what others mark.",
                coded.kept_back,
            )
        )
