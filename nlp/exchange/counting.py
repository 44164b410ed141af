"""How a file counts positions in a text, and what its positions mean.

The REFI-QDA standard counts Unicode code points from 0 (10.2). Programs that keep text as UTF-16
count code units instead, so that every character above U+FFFF moves what follows by one. The
standard says nothing about line ends: where a text has carriage returns, some programs count them
and some do not. Taguette counts UTF-8 bytes.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from itertools import accumulate
from typing import Literal

from i18n import Message, say

Unit = Literal["code points", "UTF-16", "UTF-8"]
UNITS: tuple[Unit, ...] = ("code points", "UTF-16")
"""What an exchange file may count in, the standard's way first."""

BEYOND = 0xFFFF
MARK = "\ufeff"


@dataclass(frozen=True)
class Counting:
    """A way to count.

    Attributes:
        unit: What is counted.
        returns: Whether a carriage return before a line feed is counted.
        mark: Whether the byte order mark before a text is counted.
    """

    unit: Unit = "code points"
    returns: bool = False
    mark: bool = False


STANDARD = Counting(returns=True)
"""As the standard says: every code point of the file, except the mark of its encoding."""


def plain(text: str) -> str:
    """Return a text with line feeds as its only line ends, and without a mark before it."""
    return text.removeprefix(MARK).replace("\r\n", "\n").replace("\r", "\n")


class Ruler:
    """Positions of one text, in one way of counting.

    Code points of the plain text are what we count in; `there` says what a file calls one of them,
    `here` what it means by one of its positions.
    """

    def __init__(self, written: str, counting: Counting) -> None:
        """Measure a text as it is written in the file, mark and line ends included."""
        self._offset = int(counting.mark and written.startswith(MARK))
        body = written.removeprefix(MARK)
        self._returns = _returns(body) if counting.returns else []
        self._feeds = [place - number for number, place in enumerate(self._returns)]
        counted = body if counting.returns else plain(body)
        self._unit = counting.unit
        self._bytes = [0, *accumulate(map(_bytes, counted))] if counting.unit == "UTF-8" else []
        wide = [place for place, char in enumerate(counted) if ord(char) > BEYOND]
        self._wide = wide if counting.unit == "UTF-16" else []
        self._pairs = [place + number for number, place in enumerate(self._wide)]
        self.length = len(plain(body))

    def there(self, place: int) -> int:
        """Return what the file calls a code point of the plain text."""
        counted = place + bisect_left(self._feeds, place)
        if self._unit == "UTF-8":
            return self._bytes[counted] + self._offset
        return counted + bisect_left(self._wide, counted) + self._offset

    def here(self, position: int) -> int | None:
        """Return the code point of the plain text that a position means.

        None where it lies outside the text or within a character.
        """
        position -= self._offset
        if self._unit == "UTF-8":
            counted = bisect_left(self._bytes, position)
            if counted == len(self._bytes) or self._bytes[counted] != position:
                return None
        else:
            before = bisect_left(self._pairs, position)
            if before and self._pairs[before - 1] + 1 == position:
                return None
            counted = position - before
        place = counted - bisect_left(self._returns, counted)
        return place if position >= 0 and place <= self.length else None


def _returns(text: str) -> list[int]:
    """Return where the carriage returns stand that the plain text does not have."""
    found = []
    place = text.find("\r\n")
    while place >= 0:
        found.append(place)
        place = text.find("\r\n", place + 2)
    return found


def _bytes(char: str) -> int:
    return len(char.encode("utf-8", "surrogatepass"))


def described(counting: Counting) -> Message:
    """Say how a file counts."""
    if counting.unit == "UTF-16":
        return say("Positions are counted in UTF-16 units: an emoji counts as two.")
    if counting.unit == "UTF-8":
        return say("Positions are counted in bytes.")
    return say("Positions are counted in characters (Unicode code points).")
