"""The server's side of the worker: one worker a machine, however many servers."""

from __future__ import annotations

import logging
import subprocess
import sys
import threading
from contextlib import suppress

from filelock import FileLock, Timeout

from settings import ROOT, settings

log = logging.getLogger(__name__)

RETRY_SECONDS = 2.0


class Supervisor:
    """Keeps one worker process running while this server holds the lock.

    The worker's standard input is a pipe of ours: when this process ends, however it ends, the
    pipe closes and the worker ends too; another server then gets the lock and starts its own.
    """

    def __init__(self) -> None:
        settings().data_folder.mkdir(parents=True, exist_ok=True)
        self._lock = FileLock(settings().data_folder / "worker.lock", thread_local=False)
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._keep, name="supervisor", daemon=True)

    def start(self) -> None:
        """Begin to keep a worker running, in the background."""
        self._thread.start()

    def stop(self) -> None:
        """End the worker and give the lock back."""
        self._ending.set()
        self._thread.join(timeout=15)

    def _keep(self) -> None:
        while not self._ending.is_set():
            try:
                with self._lock.acquire(timeout=0):
                    self._run_worker()
            except Timeout:
                pass  # another server on this machine has the worker
            except OSError:
                log.exception("the worker could not be started")
            self._ending.wait(RETRY_SECONDS)

    def _run_worker(self) -> None:
        command = [sys.executable, str(ROOT / "manage.py"), "worker", "--watch-parent"]
        with subprocess.Popen(command, stdin=subprocess.PIPE, cwd=ROOT) as worker:  # noqa: S603 - our own command
            while worker.poll() is None and not self._ending.wait(0.5):
                pass
            assert worker.stdin is not None  # noqa: S101 - asked for above
            with suppress(BrokenPipeError):
                worker.stdin.close()
            try:
                worker.wait(timeout=10)
            except subprocess.TimeoutExpired:
                worker.kill()
