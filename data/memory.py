"""Giving memory back to the machine after much was read."""

from __future__ import annotations

import ctypes
import sys
from contextlib import suppress


def give_back() -> None:
    """Return to the system what was freed.

    glibc and Arrow keep what a large reading needed on the way: about a tenth of a web process
    that has read 100,000 passages. Where the C library is another one, it keeps it.
    """
    if arrow := sys.modules.get("pyarrow"):
        arrow.default_memory_pool().release_unused()
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)
