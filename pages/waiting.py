"""Waiting for the worker: what is happening, how far it is, and that one may leave."""

from __future__ import annotations

from uuid import UUID

import streamlit as st

from data.database import open_session
from data.tables import Job
from jobs import ledger
from pages.words import t, tell


def wait_for(kind: str, study_id: UUID) -> Job | None:
    """Show how the newest job of a kind is doing.

    While it is unfinished its progress is drawn every second; when it ends the page runs again.

    Returns:
        The job, if there ever was one.
    """
    with open_session() as session:
        job = ledger.latest(kind, session=session, study_id=study_id)
    if job is None:
        return None
    if job.status in ledger.UNFINISHED:
        _progress(job.id)
    elif job.status in {"failed", "stopped"}:
        st.warning(tell(ledger.as_message(job.said)), icon=":material/pause_circle:")
        if st.button(t("Run it again"), key=f"again-{job.id}"):
            ledger.again(job.id)
            st.rerun()
    return job


@st.fragment(run_every="1s")
def _progress(job_id: UUID) -> None:
    with open_session() as session:
        job = session.get_one(Job, job_id)
    if job.status not in ledger.UNFINISHED:
        st.rerun()
    said = tell(ledger.as_message(job.said)) if job.said else t("Waiting for its turn")
    st.progress(job.progress, said)
    st.caption(t("You may leave this page; it goes on."))
