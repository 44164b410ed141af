"""Comparing groups: at once where there are few people, by the worker where there are many."""

from __future__ import annotations

from typing import Any

import streamlit as st
from sqlmodel import col, select

from data.database import open_session
from data.tables import Job
from jobs import ledger
from nlp.chapter.differences import Differences, differences, from_json
from nlp.checking import Failing, failing
from nlp.results import Found, Grouping
from nlp.run_state import state_of
from pages.researcher.checked import checked
from pages.waiting import wait_for
from pages.who import Here

FEW = 60
"""People up to whom a comparison takes about a second."""


def compared(me: Here, found: Found, by: Grouping, *, decided: bool = True) -> Differences | None:
    """Compare the groups of a run.

    With many people the worker does it; until it has, the screen says how far it is and ends here.

    Args:
        me: Who asks.
        found: The run.
        by: What makes the groups.
        decided: Whether `found` is as people decided it, or as the computer proposed it.

    Returns:
        None where there are not two groups that may be shown.
    """
    revision = found.decisions.revision if decided else 0
    without = failing(checked(found)) if decided else {}
    listed = {str(number): sorted(languages) for number, languages in sorted(without.items())}
    with open_session() as session:
        state = state_of(found.run, session=session)
    key = (found.run.id, len(found.passages), state, revision, decided, str(listed))
    if found.passages["person"].nunique() <= FEW:
        return _at_once(key, by, me.study.threshold, found, without)
    wanted = {
        "run": str(found.run.id),
        "passages": len(found.passages),
        "state": list(state),
        "revision": revision,
        "decided": decided,
        "by": by,
    }
    if listed:
        wanted["failing"] = listed
    done = done_job(me, "compare", wanted)
    if done is None:
        ledger.ask("compare", study_id=me.study.id, account_id=me.identity.account_id, **wanted)
        wait_for("compare", me.study.id)
        st.stop()
    kept = done.result["compared"]
    return from_json(kept) if kept else None


@st.cache_resource(max_entries=16, show_spinner=False)
def _at_once(
    key: tuple[object, ...],  # noqa: ARG001 - what the answer depends on
    by: Grouping,
    threshold: int,
    _found: Found,
    _failing: Failing,
) -> Differences | None:
    return differences(_found, by, threshold=threshold, failing=_failing)


def done_job(me: Here, kind: str, wanted: dict[str, Any]) -> Job | None:
    """Return the newest finished job of a kind that was asked for exactly this."""
    with open_session() as session:
        jobs = session.exec(
            select(Job)
            .where(Job.kind == kind, Job.study_id == me.study.id, Job.status == "done")
            .order_by(col(Job.created_at).desc())
            .limit(50)
        ).all()
    return next((job for job in jobs if job.arguments == wanted), None)
