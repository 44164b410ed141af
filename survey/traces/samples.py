"""Where the samples of a track lie in a film."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from survey.traces.boxes import Box, find
from survey.traces.reading import UnreadableError

_TABLE = (b"mdia", b"minf", b"stbl")
MOST = 10_000_000
"""More samples than this are not believed."""


def places(data: bytearray, track: Box) -> Iterator[tuple[int, int]]:
    """Yield where each chunk of a track begins and ends (ISO/IEC 14496-12, 8.7).

    Raises:
        UnreadableError: The tables do not fit together, or there are none: the samples are in
            fragments.
        struct.error: A table ends too early.
    """
    table = find(data, track, *_TABLE)
    if table is None:
        raise UnreadableError
    offsets, sizes, runs = _offsets(data, table), _sizes(data, table), _runs(data, table)
    first = 0
    for number, start in enumerate(offsets, start=1):
        while len(runs) > 1 and runs[1][0] <= number:
            del runs[0]
        count = runs[0][1] if runs else 0
        yield start, start + sum(sizes[first : first + count])
        first += count
    if not offsets:
        raise UnreadableError


def _box(data: bytearray, table: Box, *kinds: bytes) -> Box:
    for kind in kinds:
        found = find(data, table, kind)
        if found is not None:
            return found
    raise UnreadableError


def _offsets(data: bytearray, table: Box) -> tuple[int, ...]:
    box = _box(data, table, b"stco", b"co64")
    count = _count(data, box.inside + 4)
    return struct.unpack_from(
        f">{count}{'Q' if box.kind == b'co64' else 'I'}", data, box.inside + 8
    )


def _sizes(data: bytearray, table: Box) -> list[int]:
    box = _box(data, table, b"stsz")
    (each,) = struct.unpack_from(">I", data, box.inside + 4)
    count = _count(data, box.inside + 8)
    if each:
        return [each] * count
    return list(struct.unpack_from(f">{count}I", data, box.inside + 12))


def _runs(data: bytearray, table: Box) -> list[tuple[int, int]]:
    """Return from which chunk on how many samples a chunk has."""
    box = _box(data, table, b"stsc")
    count = _count(data, box.inside + 4)
    numbers = struct.unpack_from(f">{count * 3}I", data, box.inside + 8)
    return [(numbers[place], numbers[place + 1]) for place in range(0, len(numbers), 3)]


def _count(data: bytearray, at: int) -> int:
    (count,) = struct.unpack_from(">I", data, at)
    if count > MOST:
        raise UnreadableError
    return int(count)
