"""The structured answers, read once and shared by the researcher's screens."""

from __future__ import annotations

from uuid import UUID

import streamlit as st
from sqlmodel import col, func, select

from data.database import open_session
from data.tables import Response, Study
from nlp.answers import Answers, read_answers


@st.cache_resource(max_entries=2, show_spinner=False)
def _read(study_id: UUID, state: tuple[object, ...]) -> Answers:  # noqa: ARG001 - what the answers depend on
    with open_session() as session:
        return read_answers(session=session, study=session.get_one(Study, study_id))


def answered(study_id: UUID) -> Answers:
    """Return what was answered, as it is now. It is shared: do not change it."""
    with open_session() as session:
        state = session.exec(
            select(
                func.count(col(Response.id)),
                func.max(Response.submitted_at),
                func.max(Response.corrected_at),
            ).where(Response.study_id == study_id)
        ).one()
        design = session.get_one(Study, study_id).design
    return _read(study_id, (*state, str(design.get("figures")), str(design.get("rates"))))
