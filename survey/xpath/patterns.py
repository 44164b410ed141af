"""Regular expressions of forms, in bounded time and memory.

A form's author writes the pattern and anybody the text: neither may stop the server. Matching stops
after `PATIENCE` seconds; counts such as {1000} within counts, which grow when a pattern is
compiled, are refused above `LARGEST` repetitions.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

import regex  # type: ignore[import-untyped]  # it ships no types

from i18n import say
from survey.xpath.errors import XPathError

PATIENCE = 0.25
LARGEST = 50_000
_PIECE = re.compile(
    r"""
    \\.                                     # an escaped character
  | \[\^?\]?(?:\\.|[^\]\\])*\]              # a set of characters
  | \{(?P<least>[0-9]*)(?:,(?P<most>[0-9]*))?\}
  | (?P<open>\()
  | (?P<close>\))
  | .
    """,
    re.VERBOSE | re.DOTALL,
)


def found(pattern: str, text: str) -> bool:
    """Tell whether a text has a match of a pattern anywhere.

    Raises:
        XPathError: For a pattern that is none, repeats too much or takes too long.
    """
    try:
        return _compiled(pattern).search(text, timeout=PATIENCE) is not None
    except TimeoutError:
        raise XPathError(say("The pattern takes too long on this text.")) from None


@lru_cache(maxsize=512)
def _compiled(pattern: str) -> Any:  # noqa: ANN401 - the library has no types
    if _repetitions(pattern) > LARGEST:
        problem = say("The pattern repeats something more than {limit} times.", limit=LARGEST)
        raise XPathError(problem)
    try:
        return regex.compile(pattern)
    except (regex.error, RecursionError, OverflowError, ValueError):
        raise XPathError(say("“{pattern}” is not a regular expression.", pattern=pattern)) from None


def _repetitions(pattern: str) -> int:
    """Return how many pieces a pattern has when its counts are written out."""
    totals = [0]  # of each open group; the outermost one first
    last = 0
    for piece in _PIECE.finditer(pattern):
        if piece["open"]:
            totals.append(0)
            last = 0
        elif piece["close"] and len(totals) > 1:
            last = totals.pop() + 1
            totals[-1] += last
        elif piece["least"] is not None:
            times = max(int(count[:9]) for count in (piece["least"] or "0", piece["most"] or "0"))
            totals[-1] += last * (times - 1) if times > 1 else 0
            last *= max(times, 1)
        else:
            last = 1
            totals[-1] += 1
    return sum(totals)
