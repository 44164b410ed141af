"""What happens when a server starts and ends."""

from __future__ import annotations

import gc
import logging
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from data.database import check_schema
from data.incidents import note
from jobs.supervisor import Supervisor
from server.prompt import answer_at_once
from server.public.showing import prepare
from settings import settings

log = logging.getLogger(__name__)


QUIET_SECONDS = 4.0
"""How long participants have a new server to themselves before pages are made for visitors."""


def _prepare() -> None:
    try:
        prepare()
    except Exception as error:
        # Whoever opens the page first will wait for it, or be told what is wrong.
        note(log, "the public pages could not be made ahead of time", error)


@asynccontextmanager
async def lifespan(_app: object) -> AsyncIterator[dict[str, Any]]:
    """Check the database, keep a worker running, and end it with the server."""
    check_schema()
    answer_at_once()
    # What was imported stays: full collections need not walk through it again and again.
    gc.collect()
    gc.freeze()
    supervisor = Supervisor() if settings().start_worker else None
    if supervisor:
        supervisor.start()
    timer = threading.Timer(QUIET_SECONDS, _prepare)
    timer.daemon = True
    timer.start()
    try:
        yield {}
    finally:
        timer.cancel()
        if supervisor:
            supervisor.stop()
