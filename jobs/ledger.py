"""The truth about jobs: their rows, how they are asked for, claimed and found dead."""

from __future__ import annotations

import logging
from collections.abc import Collection
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, or_, select, update

from data.database import open_session
from data.incidents import note
from data.tables import Job
from data.tables.base import now
from i18n import Message, say
from jobs import queue

log = logging.getLogger(__name__)

SILENCE = timedelta(seconds=30)
UNFINISHED = ("queued", "running")


def ask(
    kind: str,
    *,
    study_id: UUID | None = None,
    account_id: UUID | None = None,
    **arguments: Any,  # noqa: ANN401 - plain JSON values
) -> UUID:
    """Ask the worker for something: the row first, then the queue.

    The same work asked for twice while it is unfinished is the same job.

    Returns:
        The key of the job, for a screen to watch.
    """
    with open_session() as session:
        waiting = session.exec(
            select(Job).where(
                Job.kind == kind, Job.study_id == study_id, col(Job.status).in_(UNFINISHED)
            )
        ).all()
        for job in waiting:
            if job.arguments == arguments:
                return job.id
        job = Job(kind=kind, study_id=study_id, account_id=account_id, arguments=arguments)
        job.enqueued_at = now()
        session.add(job)
        session.commit()
    _enqueue(job.id)
    return job.id


def again(job_id: UUID) -> None:
    """Run a stopped or failed job once more."""
    with open_session() as session:
        changed = session.exec(
            update(Job)
            .where(col(Job.id) == job_id, col(Job.status).in_(("stopped", "failed")))
            .values(status="queued", progress=0.0, said={}, enqueued_at=now(), finished_at=None)
        )
        session.commit()
    if changed.rowcount:
        _enqueue(job_id)


def claim(job_id: UUID, *, runner: UUID, session: Session) -> Job | None:
    """Take a queued job; of two workers only one gets it."""
    moment = now()
    taken = session.exec(
        update(Job)
        .where(col(Job.id) == job_id, col(Job.status) == "queued")
        .values(status="running", runner=runner, started_at=moment, heartbeat_at=moment)
    )
    session.commit()
    if taken.rowcount != 1:
        return None
    return session.get_one(Job, job_id, populate_existing=True)


def tell(job_id: UUID, *, runner: UUID, progress: float, said: Message) -> None:
    """Write how far a running job is, from 0 to 1, and what it is doing."""
    _update_running(
        job_id, runner=runner, progress=progress, said=as_json(said), heartbeat_at=now()
    )


def finish(
    job_id: UUID,
    *,
    runner: UUID,
    status: str,
    said: Message | None = None,
    result: dict[str, Any] | None = None,
) -> None:
    """Close a running job as done, failed or stopped."""
    values: dict[str, Any] = {"status": status, "finished_at": now()}
    if said:
        values["said"] = as_json(said)
    if status == "done":
        values |= {"progress": 1.0, "said": {}, "result": result or {}}
    _update_running(job_id, runner=runner, **values)


def _update_running(job_id: UUID, *, runner: UUID, **values: Any) -> None:  # noqa: ANN401 - columns
    """Change a job only while it is this runner's: a job taken for dead may have a new one."""
    with open_session() as session:
        session.exec(
            update(Job)
            .where(col(Job.id) == job_id, col(Job.runner) == runner, col(Job.status) == "running")
            .values(**values)
        )
        session.commit()


def beat(runner: UUID, jobs: Collection[UUID]) -> None:
    """Say that a runner is alive and doing these jobs."""
    with open_session() as session:
        session.exec(
            update(Job)
            .where(col(Job.id).in_(jobs), col(Job.runner) == runner, col(Job.status) == "running")
            .values(heartbeat_at=now())
        )
        session.commit()


def stop_all(runner: UUID) -> None:
    """Mark what a runner was doing as stopped, because it is going away."""
    with open_session() as session:
        session.exec(
            update(Job)
            .where(col(Job.runner) == runner, col(Job.status) == "running")
            .values(status="stopped", finished_at=now(), said=as_json(STOPPED))
        )
        session.commit()


def tend() -> None:
    """Mark jobs without a heartbeat as stopped and enqueue again those the queue has lost."""
    moment = now()
    with open_session() as session:
        session.exec(
            update(Job)
            .where(
                col(Job.status) == "running",
                or_(col(Job.heartbeat_at).is_(None), col(Job.heartbeat_at) < moment - SILENCE),
            )
            .values(status="stopped", finished_at=moment, said=as_json(STOPPED))
        )
        lost = session.exec(
            select(Job.id).where(
                Job.status == "queued",
                or_(col(Job.enqueued_at).is_(None), col(Job.enqueued_at) < moment - SILENCE),
            )
        ).all()
        session.exec(update(Job).where(col(Job.id).in_(lost)).values(enqueued_at=moment))
        session.commit()
    for job_id in lost:
        _enqueue(job_id)


def _enqueue(job_id: UUID) -> None:
    """Put a committed job into the queue; where the queue is away, `tend` does it again."""
    try:
        queue.put(job_id)
    except Exception as error:
        note(log, "a job could not be enqueued yet", error)


STOPPED = say("This was interrupted. What was already computed is kept; you can run it again.")


def latest(kind: str, *, session: Session, study_id: UUID) -> Job | None:
    """Return the newest job of a kind in a study."""
    return session.exec(
        select(Job)
        .where(Job.kind == kind, Job.study_id == study_id)
        .order_by(col(Job.created_at).desc())
    ).first()


def as_json(message: Message) -> dict[str, Any]:
    """Write a message so that a row can hold it."""
    return {"text": message.text, "arguments": message.arguments}


def as_message(said: dict[str, Any]) -> Message:
    """Read a message that a row holds."""
    return Message(said.get("text", ""), said.get("arguments", {}))
