"""GUIDs: as files write them and as they follow from our keys."""

from __future__ import annotations

import re
from uuid import UUID, uuid5

GUID = re.compile(
    r"\{?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\}?", re.IGNORECASE
)
OURS = UUID("5d1a1f0e-6f0b-5c1c-9a55-2f6f7d1e8c40")
"""The name space of the GUIDs that follow from others."""


def read_guid(text: str | None) -> str:
    """Return a GUID as we write it, or nothing where it is none."""
    found = GUID.fullmatch((text or "").strip())
    return found.group(1).lower() if found else ""


def guid_of(*parts: object) -> str:
    """Return the GUID that follows from keys and names: the same for the same, always.

    Example:
        >>> guid_of("selection", 1) == guid_of("selection", 1)
        True
    """
    return str(uuid5(OURS, "\x1f".join(map(str, parts))))
