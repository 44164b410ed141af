"""The boxes that films, recordings and HEIC pictures are made of.

ISO base media file format (ISO/IEC 14496-12), and QuickTime before it: a file is a tree of boxes,
each with its size and its type.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from survey.traces.reading import UnreadableError


@dataclass(frozen=True)
class Box:
    """A box: its type, where it begins, where what is in it begins, and where it ends."""

    kind: bytes
    start: int
    inside: int
    end: int


def boxes(data: bytes | bytearray, start: int, end: int) -> Iterator[Box]:
    """Yield the boxes between two places.

    Raises:
        UnreadableError: One is longer than what is there.
    """
    while end - start >= 8:
        size, kind = struct.unpack_from(">I4s", data, start)
        inside = start + 8
        if size == 1 and end - start >= 16:
            (size,) = struct.unpack_from(">Q", data, inside)
            inside += 8
        elif size == 0:
            if not any(kind):
                return  # QuickTime ends a list with zeros
            size = end - start
        if size < inside - start or start + size > end:
            raise UnreadableError
        yield Box(kind, start, inside, start + size)
        start += size


def find(data: bytes | bytearray, box: Box, *path: bytes) -> Box | None:
    """Return the first box on a path inside another, None where there is none."""
    for kind in path:
        inner = (each for each in boxes(data, box.inside, box.end) if each.kind == kind)
        found = next(inner, None)
        if found is None:
            return None
        box = found
    return box


def wipe(data: bytearray, start: int, end: int) -> None:
    """Overwrite a stretch with zeros.

    Raises:
        UnreadableError: It does not lie in the file.
    """
    if not 0 <= start <= end <= len(data):
        raise UnreadableError
    data[start:end] = bytes(end - start)
