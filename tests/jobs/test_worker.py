"""Real worker processes: started, and ended with their parent; `test_killed_run` kills them."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from data.database import migrate, open_session
from data.tables import Job
from jobs import ledger
from settings import ROOT

COMMAND = [sys.executable, str(ROOT / "manage.py"), "worker", "--watch-parent"]
SLEEPER = """
import sys, time
sys.path.insert(0, {root!r})
sys.argv = ["manage.py", "worker", "--watch-parent"]
from jobs import running, worker, warming
warming.warm = worker.warm = lambda: None
def sleep(job, progress):
    time.sleep(job.arguments["seconds"])
    return {{}}
running.work_of = lambda kind: sleep
worker.work(watch_parent=True)
"""


def until(holds: Callable[[], bool], seconds: float = 40) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.1)
    return holds()


def status(job_id: object) -> str:
    with open_session() as session:
        return session.get_one(Job, job_id).status


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, str]]:
    import settings as module
    from jobs.queue import _run, queue

    monkeypatch.setenv("DATA_FOLDER", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/test.db")
    for cached in (module.settings, queue, _run):
        cached.cache_clear()
    migrate()
    yield dict(os.environ)
    from data.database import engine

    engine().dispose()
    for cached in (module.settings, queue, _run):
        cached.cache_clear()


@pytest.fixture
def worker(environment: dict[str, str]) -> Iterator[Callable[[], subprocess.Popen[bytes]]]:
    started: list[subprocess.Popen[bytes]] = []

    def start() -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [sys.executable, "-c", SLEEPER.format(root=str(ROOT))],
            stdin=subprocess.PIPE,
            env=environment,
            cwd=ROOT,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()
        assert process.stdin
        process.stdin.close()


Start = Callable[[], "subprocess.Popen[bytes]"]


def test_a_job_is_run(worker: Start) -> None:
    worker()
    job = ledger.ask("themes", seconds=0)
    assert until(lambda: status(job) == "done")


def test_a_job_asked_for_while_no_worker_was_there_is_run(worker: Start) -> None:
    job = ledger.ask("themes", seconds=0)
    worker()
    assert until(lambda: status(job) == "done")


def test_a_worker_ends_with_its_parent_and_says_what_it_left(worker: Start) -> None:
    process = worker()
    job = ledger.ask("themes", seconds=60)
    assert until(lambda: status(job) == "running")
    assert process.stdin
    process.stdin.close()
    assert process.wait(timeout=15) == 0
    assert status(job) == "stopped"
