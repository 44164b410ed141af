"""The newest theme run, read once and shared by the researcher's screens."""

from __future__ import annotations

from uuid import UUID

import streamlit as st
from sqlmodel import col, func, select

from data.database import open_session
from data.tables import Passage, ThemeRun
from nlp.results import Found, latest_run, read_run


@st.cache_resource(max_entries=4, show_spinner=False)
def _read(run_id: UUID, passages: int) -> Found:  # noqa: ARG001 - a withdrawal changes the count, and so the key
    with open_session() as session:
        return read_run(session=session, run=session.get_one(ThemeRun, run_id))


def findings(study_id: UUID) -> Found | None:
    """Return the newest run of a study; none before the first. It is shared: do not change it."""
    with open_session() as session:
        run = latest_run(session=session, study_id=study_id)
        if run is None:
            return None
        passages = session.exec(
            select(func.count(col(Passage.id))).where(Passage.study_id == study_id)
        ).one()
    return _read(run.id, passages)
