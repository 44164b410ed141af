"""How the choices of a question lie: one below the other, in columns, or along a scale."""

from __future__ import annotations

import re

from pages.drawing.asking import Asking

_NUMBERED = re.compile(r"(?:columns|compact)-(\d+)")
MOST = 6


def laid_out(asking: Asking) -> str:
    """Return the key of a container that the style sheet lays out; "" for one below the other."""
    if asking.wants("likert"):
        return f"likert-{asking.key}"
    for appearance in sorted(asking.question.appearance):
        if numbered := _NUMBERED.fullmatch(appearance):
            return f"columns-{min(max(int(numbered[1]), 1), MOST)}-{asking.key}"
    return f"columns-{asking.key}" if asking.wants("columns") else ""
