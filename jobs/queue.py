"""The queue between the screens and the worker: huey on SQLite or Redis.

The queue only carries the keys of jobs. What a job is and how far it has come stands in its row
(`jobs.ledger`), because huey forgets a task whose worker is killed.
"""

from __future__ import annotations

from functools import cache
from uuid import UUID

from huey import Huey, RedisHuey, SqliteHuey
from huey.api import TaskWrapper

from settings import settings


@cache
def queue() -> Huey:
    """Return the operator's queue."""
    url = settings().redis_url
    if url:
        return RedisHuey("zhenqing", url=url, results=False)
    folder = settings().data_folder
    folder.mkdir(parents=True, exist_ok=True)
    return SqliteHuey("zhenqing", filename=str(folder / "queue.db"), results=False)


@cache
def _run() -> TaskWrapper:
    return queue().task(name="run")(_run_job)


def _run_job(job_id: str) -> None:
    from jobs.running import run_job  # the work is imported where it is done

    run_job(UUID(job_id))


def put(job_id: UUID) -> None:
    """Hand a committed job to the worker."""
    _run()(str(job_id))


def prepare_worker() -> Huey:
    """Return the queue with its task registered, for the worker to consume."""
    _run()
    return queue()
