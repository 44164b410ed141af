"""Running one job inside the worker: claiming it, beating its heart, saying how it ended."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any
from uuid import UUID, uuid4

from data.closed import refusal
from data.database import open_session
from data.incidents import note
from data.tables import Job, Study
from i18n import Message, Refusal, say
from jobs import ledger

log = logging.getLogger(__name__)

RUNNER = uuid4()
"""This process, as the rows of its jobs name it."""

RUNNING: set[UUID] = set()
"""Jobs that this process is really doing; only these have a heartbeat."""


@dataclass(frozen=True)
class Progress:
    """What a job calls to say how far it is."""

    job: Job

    def __call__(self, share: float, said: Message) -> None:
        """Say that `share` of the work (0 to 1) is done and what comes now."""
        ledger.tell(self.job.id, runner=RUNNER, progress=share, said=said)


Work = Callable[[Job, Progress], dict[str, Any]]

KINDS = {
    "export": "jobs.exporting:export",
    "exchange": "jobs.exchanging:take_out",
    "themes": "jobs.themes:find",
    "split": "jobs.splitting:split",
    "compare": "jobs.comparing:compare",
    "check": "jobs.checking:look_again",
    "chapter": "jobs.chapter:write",
    "search": "jobs.search:index",
}
"""What each kind of job runs; imported only when it runs."""


READING = frozenset({"export", "compare", "check", "chapter", "search"})
"""The kinds that leave a study as it is: they run in a closed one too."""


def work_of(kind: str) -> Work:
    """Return the function behind a kind of job."""
    module, _, name = KINDS[kind].partition(":")
    work: Work = getattr(import_module(module), name)
    return work


def run_job(job_id: UUID) -> None:
    """Run a job if it is still wanted; its row says how it ended."""
    with open_session() as session:
        job = ledger.claim(job_id, runner=RUNNER, session=session)
    if job is None:
        return
    RUNNING.add(job.id)
    try:
        _do(job)
    finally:
        RUNNING.discard(job.id)


def _do(job: Job) -> None:
    try:
        if job.kind not in READING:
            _check_open(job)
        result = work_of(job.kind)(job, Progress(job))
    except Refusal as refusal:
        ledger.finish(job.id, runner=RUNNER, status="failed", said=refusal.messages[0])
    except Exception as error:
        note(log, f"job {job.id} ({job.kind}) failed", error)
        ledger.finish(job.id, runner=RUNNER, status="failed", said=UNEXPECTED)
    else:
        ledger.finish(job.id, runner=RUNNER, status="done", result=result)


def _check_open(job: Job) -> None:
    """Make sure that the study of a job is open.

    Raises:
        ClosedError: It is closed.
    """
    with open_session() as session:
        study = session.get(Study, job.study_id) if job.study_id else None
        if study is not None and study.closed_at:
            raise refusal()


UNEXPECTED = say("Something went wrong on our side. It has been noted; you can run it again.")
