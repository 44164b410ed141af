"""Noting what went wrong without noting what anybody wrote.

An exception's own message may quote an answer or a name, so only its kind and place are logged.
"""

from __future__ import annotations

import logging
import traceback


def note(log: logging.Logger, what: str, error: BaseException) -> None:
    """Log an unforeseen error: what failed, its kind, and the lines it came through."""
    frames = traceback.extract_tb(error.__traceback__)[-8:]
    way = " < ".join(f"{frame.filename}:{frame.lineno}" for frame in reversed(frames))
    log.error("%s: %s at %s", what, type(error).__name__, way)
