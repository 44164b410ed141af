"""Numbers as people type them: which mark parts thousands, and which the decimals.

“12,5” and “12.5” are the same number wherever it is typed, and so are “1.200,50” and “1,200.50”.
But “12.000” is twelve thousand to some and twelve to others: nobody is to guess, so it is asked.
"""

from __future__ import annotations

import re

UNCLEAR = "?"
"""Stands behind a number that has to be asked about, so that nothing reads it as either."""

_ONE_MARK = re.compile(r"([+-]?)([1-9][0-9]{0,2})[.,]([0-9]{3})")
_PARTS = re.compile(
    r"([+-]?)([0-9]{1,3}(?:([.,' ’\u00a0\u202f])[0-9]{3})(?:\3[0-9]{3})*)(?:([.,])([0-9]+))?"
)
_DECIMALS = re.compile(r"([+-]?[0-9]*)[.,]([0-9]+)")


def plain(text: str) -> str:
    """Write a number without marks between thousands and with a point before its decimals.

    Args:
        text: What was typed, with the digits 0 to 9.

    Returns:
        The number; what is unclear with `UNCLEAR` behind it, and what is no number as it is.

    Example:
        >>> plain("1.200,50"), plain("12,5"), plain("1 234 567"), plain("12.000")
        ('1200.50', '12.5', '1234567', '12.000?')
    """
    text = text.removesuffix(UNCLEAR)
    if meanings(text):
        return text + UNCLEAR
    if found := _DECIMALS.fullmatch(text):
        return f"{found[1]}.{found[2]}"
    found = _PARTS.fullmatch(text)
    if found is None or found[3] == found[4]:
        return text
    whole = re.sub("[^0-9]", "", found[2])
    return f"{found[1]}{whole}" + (f".{found[5]}" if found[5] else "")


def meanings(text: str) -> tuple[str, str] | None:
    """Return the two numbers that a text may mean, the larger first; None where it is clear.

    The smaller is written so that it is clear, with a nought behind it where need be.

    Example:
        >>> meanings("12.000"), meanings("1,234?"), meanings("0.125")
        (('12000', '12'), ('1234', '1.2340'), None)
    """
    found = _ONE_MARK.fullmatch(text.removesuffix(UNCLEAR))
    if found is None:
        return None
    sign, whole, rest = found.groups()
    small = f"{sign}{whole}" if rest == "000" else f"{sign}{whole}.{rest}0"
    return f"{sign}{whole}{rest}", small
