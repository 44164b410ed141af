"""The items of a HEIC picture that are not the picture: what the camera noted."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from survey.traces.boxes import Box, boxes, wipe
from survey.traces.reading import UnreadableError

TOLD = frozenset({b"Exif", b"mime", b"uri "})
"""Types of items that tell; the way a picture is turned is not among them (ISO/IEC 23008-12)."""
_FULL = 4  # bytes of version and flags


def blank(data: bytearray, start: int, end: int) -> None:
    """Overwrite the items that tell, found through the boxes of a `meta` box.

    Args:
        data: The file; changed in place.
        start: Where the `meta` box's inside begins.
        end: Where it ends.

    Raises:
        UnreadableError: The boxes do not fit together.
        struct.error: They end too early.
    """
    inner = {box.kind: box for box in boxes(data, start + _FULL, end)}
    if b"iinf" not in inner:
        wipe(data, start + _FULL, end)
        return
    told = {number for number, kind in _kinds(data, inner[b"iinf"]) if kind in TOLD}
    if not told:
        return
    if b"iloc" not in inner:
        raise UnreadableError
    within = inner.get(b"idat")
    for number, inside, place, length in _extents(data, inner[b"iloc"]):
        if number in told:
            if not length or (inside and within is None):
                raise UnreadableError
            begin = place + (within.inside if inside and within else 0)
            wipe(data, begin, begin + length)


def _kinds(data: bytearray, box: Box) -> Iterator[tuple[int, bytes]]:
    """Yield the number and type of each item."""
    long = data[box.inside] > 0
    for entry in boxes(data, box.inside + _FULL + (4 if long else 2), box.end):
        version = data[entry.inside]
        if entry.kind != b"infe" or version < 2:
            continue
        number, _, kind = struct.unpack_from(
            ">HH4s" if version == 2 else ">IH4s", data, entry.inside + _FULL
        )
        yield number, kind


def _extents(data: bytearray, box: Box) -> Iterator[tuple[int, bool, int, int]]:
    """Yield each stretch of each item: its number, whether it lies in `idat`, place, length."""
    version = data[box.inside]
    sizes, more = data[box.inside + _FULL], data[box.inside + _FULL + 1]
    offset_size, length_size, base_size = sizes >> 4, sizes & 15, more >> 4
    index_size = more & 15 if version in {1, 2} else 0
    at = box.inside + _FULL + 2

    def number(size: int) -> int:
        nonlocal at
        if at + size > box.end:
            raise UnreadableError
        at += size
        return int.from_bytes(data[at - size : at], "big")

    for _ in range(number(4 if version == 2 else 2)):
        item = number(4 if version == 2 else 2)
        method = number(2) & 15 if version in {1, 2} else 0
        number(2)  # which file: this one
        base = number(base_size)
        for _ in range(number(2)):
            number(index_size)
            place = base + number(offset_size)
            yield item, method == 1, place, number(length_size)
