"""Giving memory back to the machine after much was read."""

from __future__ import annotations

import ctypes
import os
import sys
from contextlib import suppress

M_MMAP_THRESHOLD = -3
"""The name of the bound in glibc's malloc.h."""
LARGE = 256 * 1024


def keep_little() -> None:
    """Let what is large go back to the system as soon as it is freed; before Arrow is imported.

    glibc raises its bound of what it gives back as it goes, and Arrow keeps a pool: together a
    tenth of a web process that shows 100,000 passages.
    """
    os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).mallopt(M_MMAP_THRESHOLD, LARGE)


def give_back() -> None:
    """Return to the system what was freed.

    glibc and Arrow keep what a large reading needed on the way: about a tenth of a web process
    that has read 100,000 passages. Where the C library is another one, it keeps it.
    """
    if arrow := sys.modules.get("pyarrow"):
        arrow.default_memory_pool().release_unused()
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)
