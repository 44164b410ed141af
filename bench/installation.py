"""A server with its worker on a database of its own, to be killed and started again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

from settings import ROOT
from tests.browser.conftest import free_port, serve


@dataclass
class Installation:
    """A running installation.

    Attributes:
        folder: Where its files are.
        port: Where it listens on this machine.
        environment: What its processes are told.
        url: Its database.
        server: The process of the server.
    """

    folder: Path
    port: int
    environment: dict[str, str]
    url: str
    server: subprocess.Popen[bytes]

    @property
    def address(self) -> str:
        """Where browsers reach it."""
        return f"http://localhost:{self.port}"

    def start(self) -> None:
        """Start the server, and wait until it answers."""
        self.server = serve(self.environment, self.port, self.folder / "server.log")

    def kill(self) -> None:
        """Kill the server with SIGKILL; a worker ends by itself when its server is gone."""
        self.server.send_signal(signal.SIGKILL)
        self.server.wait()

    def workers(self) -> list[psutil.Process]:
        """Return the worker's processes."""
        found: list[psutil.Process] = []
        with suppress(psutil.NoSuchProcess):
            found = psutil.Process(self.server.pid).children(recursive=True)
        return found

    def stop(self) -> None:
        """End the server and its worker."""
        for process in self.workers():
            with suppress(psutil.NoSuchProcess):
                process.kill()
        self.server.kill()
        self.server.wait()


def install(folder: Path, *, database_url: str = "", worker: bool = True) -> Installation:
    """Make an installation and start it.

    Args:
        folder: Where its files go.
        database_url: Its database; SQLite in the folder by default.
        worker: Whether it starts a worker.
    """
    port = free_port()
    environment = os.environ | {
        "DATA_FOLDER": str(folder),
        "DATABASE_URL": database_url,
        "PUBLIC_URL": f"http://localhost:{port}",
        "START_WORKER": "true" if worker else "false",
    }
    subprocess.run([sys.executable, "manage.py", "migrate"], cwd=ROOT, env=environment, check=True)
    url = database_url or f"sqlite:///{folder / 'zhenqing.db'}"
    server = serve(environment, port, folder / "server.log")
    return Installation(folder, port, environment, url, server)
