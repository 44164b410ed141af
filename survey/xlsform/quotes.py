"""Quotation marks as people type them: “ ” ‘ ’.

pyxform makes straight ones of them everywhere, which formulas need and texts do not want. In texts
they are hidden from it behind characters nobody uses, and put back afterwards.
"""

from __future__ import annotations

_TYPED = "“”‘’"
_HIDDEN = "\ue201\ue202\ue203\ue204"
_HIDE = str.maketrans(_TYPED, _HIDDEN)
_SHOW = str.maketrans(_HIDDEN, _TYPED)


def hide(text: str) -> str:
    """Return a text for pyxform; one that looks into a list is a formula as well and stays."""
    return text if "instance(" in text else text.translate(_HIDE)


def show(text: str) -> str:
    """Return a text as it was typed."""
    return text.translate(_SHOW)
