"""Reading large studies before a researcher asks for them."""

from __future__ import annotations

import logging
import threading
import time
from importlib import import_module

from data.incidents import note

log = logging.getLogger(__name__)

QUIET_SECONDS = 3.0
"""How long participants have the new server to themselves first."""
LARGE = 20_000
"""Passages from which on reading a run takes so long that somebody would notice."""


def start() -> None:
    """Warm up in the background; the server does not wait for it."""
    threading.Thread(target=_warm, name="warming", daemon=True).start()


def _warm() -> None:
    time.sleep(QUIET_SECONDS)
    try:
        from sqlmodel import col, func, select

        from data.database import open_session
        from data.tables import Passage

        with open_session() as session:
            large = session.exec(
                select(Passage.study_id)
                .group_by(col(Passage.study_id))
                .having(func.count(col(Passage.id)) >= LARGE)
            ).all()
        if large:
            from pages.researcher.finding import corpus_of
            from pages.researcher.findings import findings

            import_module("pages.researcher.picturing")  # the library of charts is large too
            for study_id in large:
                findings(study_id)
                corpus_of(study_id)
    except Exception as error:
        # Whoever opens the screen will wait for it, or be told what is wrong.
        note(log, "a study could not be read ahead of time", error)
