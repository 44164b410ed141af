"""What happens when a server starts and ends."""

from __future__ import annotations

import gc
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from data.database import check_schema
from jobs.supervisor import Supervisor
from server.prompt import answer_at_once
from settings import settings

log = logging.getLogger(__name__)


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
    try:
        yield {}
    finally:
        if supervisor:
            supervisor.stop()
