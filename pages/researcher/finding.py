"""What can be searched in a study, read once and shared by all who search."""

from __future__ import annotations

import threading
from datetime import timedelta
from uuid import UUID

import streamlit as st

from data.database import open_session
from data.memory import give_back
from data.tables.base import now
from jobs import ledger
from nlp.searching import Corpus, read_corpus, state_of, warm

PAUSE = timedelta(seconds=20)
"""Before the worker is asked again to prepare what is missing."""


@st.cache_resource(max_entries=2, show_spinner=False)
def _corpus(state: tuple[object, ...]) -> Corpus:
    study_id = state[0]
    assert isinstance(study_id, UUID)  # noqa: S101 - as `state_of` gives it
    with open_session() as session:
        read = read_corpus(study_id, session=session)
    give_back()
    return read


def corpus_of(study_id: UUID) -> Corpus:
    """Return what can be searched now; it is shared: do not change it."""
    with open_session() as session:
        state = state_of(study_id, session=session)
    return _corpus(state)


@st.cache_resource(show_spinner=False)
def be_ready() -> None:
    """Load what turns words into meaning while somebody still types."""
    threading.Thread(target=_warm, name="search", daemon=True).start()


def _warm() -> None:
    warm()
    give_back()


def ask_for_what_is_missing(study_id: UUID, account_id: UUID, corpus: Corpus) -> None:
    """Ask the worker to compute the vectors that are missing, unless it just did or could not."""
    if not corpus.missing:
        return
    with open_session() as session:
        job = ledger.latest("search", session=session, study_id=study_id)
    if job is None or (
        job.status == "done" and job.finished_at and now() - job.finished_at > PAUSE
    ):
        ledger.ask("search", study_id=study_id, account_id=account_id)
