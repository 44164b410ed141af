"""The newest theme run, read once and shared by the researcher's screens."""

from __future__ import annotations

from uuid import UUID

import streamlit as st

from data.database import open_session
from data.memory import give_back
from data.tables import ThemeRun
from nlp.deciding import decisions_of, log_of
from nlp.results import Found, decide, latest_run, read_proposed
from nlp.run_state import state_of

Key = tuple[UUID, tuple[str, ...]]


@st.cache_resource(max_entries=2, show_spinner=False)
def _proposed(key: Key) -> Found:
    with open_session() as session:
        read = read_proposed(session=session, run=session.get_one(ThemeRun, key[0]))
    give_back()
    return read


@st.cache_resource(max_entries=2, show_spinner=False)
def _decided(key: Key, revision: int, edits: int) -> Found:  # noqa: ARG001 - a withdrawal takes edits along
    with open_session() as session:
        log = log_of(session=session, run_id=key[0])
    return decide(_proposed(key), decisions_of(log))


def _key(study_id: UUID) -> Key | None:
    """Return the newest run and its state."""
    with open_session() as session:
        run = latest_run(session=session, study_id=study_id)
        return (run.id, state_of(run, session=session)) if run else None


def findings(study_id: UUID) -> Found | None:
    """Return the newest run as people decided it; none before the first.

    It is shared by all who look at it: do not change it.
    """
    key = _key(study_id)
    if key is None:
        return None
    with open_session() as session:
        log = log_of(session=session, run_id=key[0])
    return _decided(key, decisions_of(log).revision, len(log)) if log else _proposed(key)


def proposal(study_id: UUID) -> Found | None:
    """Return the newest run as the computer proposed it; none before the first."""
    key = _key(study_id)
    return _proposed(key) if key else None
