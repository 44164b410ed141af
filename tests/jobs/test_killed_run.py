"""A theme run whose real worker process is killed, and then goes on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlmodel import Session, func, select

import settings as settings_module
from data.database import open_session
from data.tables import Embedding, Job, Theme, ThemeRun
from jobs import ledger
from jobs.queue import _run, queue
from nlp.results import latest_run, read_run
from settings import ROOT
from tests.interviewed_for_tests import an_interviewed_study

WORKER = """
import os, sys, time
from pathlib import Path
from sqlalchemy import Engine, event
sys.path.insert(0, {root!r})
import nlp.encoders, nlp.vectors
from jobs import ledger, warming, worker
from tests.interviewed_for_tests import Letters

seen = Path({folder!r}) / "seen.txt"
held = Path({folder!r}) / "held"

def hold():
    held.touch()
    time.sleep(600)

class Slow(Letters):
    def read(self, text):
        super().read(text)
        with seen.open("a") as file:
            file.write(text + chr(10))
        if {hold!r} == "reading" and len(self.seen) == 25:
            hold()

@event.listens_for(Engine, "after_cursor_execute")
def after(connection, cursor, statement, *rest):
    if {hold!r} == "writing" and statement.upper().startswith("INSERT INTO PASSAGE_THEME"):
        hold()

slow = Slow()
nlp.encoders.load = lambda *name: slow
nlp.vectors.BATCH = 10
warming.warm = worker.warm = lambda: None
worker.work(watch_parent=True)
"""

PASSAGES = 36

Start = Callable[[str], "subprocess.Popen[bytes]"]


def until(holds: Callable[[], bool], seconds: float = 120) -> bool:
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
def folder(migrated_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Make an installation on a file, whose queue is its own."""
    (tmp_path / "test.db").write_bytes(migrated_file.read_bytes())
    monkeypatch.setenv("DATA_FOLDER", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/test.db")
    for cached in (settings_module.settings, queue, _run):
        cached.cache_clear()
    yield tmp_path
    from data.database import engine

    engine().dispose()
    for cached in (settings_module.settings, queue, _run):
        cached.cache_clear()


@pytest.fixture
def worker(folder: Path) -> Iterator[Start]:
    """Start workers that stop where they are told to; none outlives the test."""
    started: list[subprocess.Popen[bytes]] = []

    def start(hold: str) -> subprocess.Popen[bytes]:
        (folder / "held").unlink(missing_ok=True)
        (folder / "seen.txt").write_text("")
        script = WORKER.format(root=str(ROOT), folder=str(folder), hold=hold)
        process = subprocess.Popen(
            [sys.executable, "-c", script], stdin=subprocess.PIPE, env=dict(os.environ), cwd=ROOT
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()
        assert process.stdin
        process.stdin.close()


def rows(table: type, session: Session) -> int:
    return session.exec(select(func.count()).select_from(table)).one()


@pytest.mark.parametrize("hold", ["writing", pytest.param("reading", marks=pytest.mark.slow)])
def test_a_run_whose_worker_is_killed_leaves_nothing_half_written_and_goes_on(
    folder: Path, worker: Start, monkeypatch: pytest.MonkeyPatch, hold: str
) -> None:
    with open_session() as session:
        study_id = an_interviewed_study(session).id
        session.commit()
    job = ledger.ask("themes", study_id=study_id, runs=30)
    process = worker(hold)
    assert until((folder / "held").exists), "the worker never came so far"
    process.send_signal(signal.SIGKILL)
    process.wait()

    with monkeypatch.context() as silent:
        silent.setattr(ledger, "SILENCE", ledger.SILENCE * 0)
        ledger.tend()
    with open_session() as session:
        stopped = session.get_one(Job, job)
        assert stopped.status == "stopped"
        assert ledger.as_message(stopped.said) == ledger.STOPPED
        assert latest_run(session=session, study_id=study_id) is None
        kept = rows(Embedding, session)
    assert kept >= (PASSAGES if hold == "writing" else 20)
    before = (folder / "seen.txt").read_text().splitlines()[:kept]

    worker("nowhere")
    ledger.again(job)
    assert until(lambda: status(job) == "done")
    assert set(before).isdisjoint((folder / "seen.txt").read_text().splitlines())
    with open_session() as session:
        run = latest_run(session=session, study_id=study_id)
        assert run is not None
        assert len(read_run(session=session, run=run).passages) == PASSAGES
        assert session.exec(select(ThemeRun.id)).all() == [run.id]
        assert {theme.run_id for theme in session.exec(select(Theme))} == {run.id}
