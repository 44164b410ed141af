"""The worker process: threads that run jobs, a heartbeat, and an eye on its parent."""

from __future__ import annotations

import logging
import os
import sys
import threading
import time
from collections.abc import Sequence

from data.database import check_schema
from data.incidents import note
from jobs import ledger
from jobs.queue import prepare_worker
from jobs.reminders.letters import LetterRounds
from jobs.reminders.rounds import Rounds
from jobs.running import RUNNER, RUNNING
from jobs.warming import warm

log = logging.getLogger(__name__)

BEAT_SECONDS = 5.0
THREADS = 2


def work(*, watch_parent: bool) -> None:
    """Run jobs until told to stop.

    Args:
        watch_parent: Whether to end when standard input closes, as it does when the server that
            started this worker ends, however it ends.
    """
    check_schema()
    # While Redis is away huey would print a traceback many times a second.
    logging.getLogger("huey.consumer").setLevel(logging.CRITICAL)
    if hasattr(os, "nice"):
        os.nice(10)
    threading.Thread(target=_beat, name="heartbeat", daemon=True).start()
    threading.Thread(target=warm, name="warming", daemon=True).start()
    rounds = (Rounds(), LetterRounds())
    for each in rounds:
        each.start()
    if watch_parent:
        threading.Thread(
            target=_end_with_parent, args=(rounds,), name="parent", daemon=True
        ).start()
    # Threads, because huey's process workers are daemons, which may have no children of their own.
    consumer = prepare_worker().create_consumer(
        workers=THREADS, worker_type="thread", initial_delay=0.05, max_delay=0.5, backoff=1.3
    )
    try:
        consumer.run()
    finally:
        for each in rounds:
            each.stop()
        ledger.stop_all(RUNNER)


def _beat() -> None:
    while True:
        try:
            ledger.beat(RUNNER, tuple(RUNNING))
            ledger.tend()
        except Exception as error:
            # A database that is away for a while must not end the heartbeat for good.
            note(log, "the heartbeat could not be written", error)
        time.sleep(BEAT_SECONDS)


def _end_with_parent(rounds: Sequence[Rounds]) -> None:
    while os.read(sys.stdin.fileno(), 4096):
        pass
    try:
        for each in rounds:
            each.stop()  # a letter that is being handed over is finished, or nobody knew of it
        ledger.stop_all(RUNNER)
    finally:
        os._exit(0)  # threads in the middle of a computation would keep the process alive
