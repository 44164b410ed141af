"""A server, as the project starts it or with Streamlit's own defaults."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil

from settings import ROOT
from tests.browser.conftest import free_port

DEFAULTS = """
import gc, sys
gc.freeze = lambda: None
from streamlit.web.cli import main
sys.argv = ["streamlit", *sys.argv[1:]]
main()
"""
"""Takes back what the start of the server does for speed."""

DEFAULT_OPTIONS = (
    "--runner.postScriptGC=true",
    "--runner.magicEnabled=true",
    "--server.fileWatcherType=auto",
)
"""Take back what `.streamlit/config.toml` does for it."""


@contextmanager
def serving(
    folder: Path, *, defaults: bool = False, worker: bool = False
) -> Iterator[tuple[str, psutil.Process]]:
    """Start a server on the database of a folder, and end it.

    Args:
        folder: Its data folder.
        defaults: Whether to run the same script with Streamlit's defaults.
        worker: Whether the server starts its worker.

    Yields:
        Where it listens (`127.0.0.1:8501`), and its process.
    """
    port = free_port()
    host = f"127.0.0.1:{port}"
    how = ["-c", DEFAULTS] if defaults else ["-m", "streamlit"]
    options = [f"--server.port={port}", *(DEFAULT_OPTIONS if defaults else ())]
    with (folder / "server.log").open("ab") as log:
        server = subprocess.Popen(
            [sys.executable, *how, "run", "streamlit_app.py", *options],
            cwd=ROOT,
            env=os.environ
            | {
                "DATA_FOLDER": str(folder),
                "DATABASE_URL": "",
                "PUBLIC_URL": f"http://{host}",
                "START_WORKER": str(worker).lower(),
            },
            stdout=log,
            stderr=log,
        )
    try:
        _wait(f"http://{host}/health")
        yield host, psutil.Process(server.pid)
    finally:
        server.terminate()
        server.wait(timeout=30)


def _wait(address: str) -> None:
    for _ in range(600):
        with suppress(OSError), urllib.request.urlopen(address):
            return
        time.sleep(0.1)
    raise TimeoutError(address)
