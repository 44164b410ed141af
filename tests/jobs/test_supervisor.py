"""One worker a machine, however many servers, and none without a server."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from settings import ROOT

SERVER = """
import time
from jobs.supervisor import Supervisor
Supervisor().start()
time.sleep(300)
"""


def until(holds: Callable[[], bool], seconds: float = 40) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.2)
    return holds()


def workers(folder: Path) -> list[psutil.Process]:
    """Return the worker processes that work in a folder."""
    found = []
    for process in psutil.process_iter(["cmdline"]):
        with suppress(psutil.Error):
            command = process.info["cmdline"] or []
            if "worker" in command and process.environ().get("DATA_FOLDER") == str(folder):
                found.append(process)
    return found


Start = Callable[[], "subprocess.Popen[bytes]"]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Start]:
    environment = os.environ | {"DATA_FOLDER": str(tmp_path), "DATABASE_URL": ""}
    subprocess.run([sys.executable, "manage.py", "migrate"], cwd=ROOT, env=environment, check=True)
    started: list[subprocess.Popen[bytes]] = []

    def start() -> subprocess.Popen[bytes]:
        started.append(subprocess.Popen([sys.executable, "-c", SERVER], cwd=ROOT, env=environment))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.wait()
    assert until(lambda: not workers(tmp_path)), "a worker outlived its server"


def test_two_servers_have_one_worker_and_the_second_takes_over(
    server: Start, tmp_path: Path
) -> None:
    first = server()
    assert until(lambda: len(workers(tmp_path)) == 1)
    before = workers(tmp_path)[0].pid
    server()
    time.sleep(4)
    assert [process.pid for process in workers(tmp_path)] == [before]
    first.send_signal(signal.SIGKILL)
    first.wait()
    assert until(lambda: [p.pid for p in workers(tmp_path)] not in ([], [before]))


def test_a_killed_worker_is_replaced(server: Start, tmp_path: Path) -> None:
    server()
    assert until(lambda: len(workers(tmp_path)) == 1)
    before = workers(tmp_path)[0]
    before.kill()
    assert until(lambda: any(p.pid != before.pid for p in workers(tmp_path)))
