"""When a file cannot be looked into."""

from __future__ import annotations


class UnreadableError(ValueError):
    """The file is broken, or not what it begins like."""
