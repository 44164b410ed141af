"""Films, recordings and HEIC pictures without what the device noted in them.

Everything stays where it is, because boxes point at each other by place: what is told is
overwritten with zeros, and its box becomes free space.
"""

from __future__ import annotations

import struct

from survey.traces import items, samples
from survey.traces.boxes import Box, boxes, find, wipe
from survey.traces.reading import UnreadableError

_CONTAINERS = frozenset({b"moov", b"trak", b"mdia", b"minf", b"stbl", b"moof", b"traf", b"edts"})
_TOLD = frozenset({b"udta", b"uuid", b"meta", b"Xtra", b"SDLN", b"smrd", b"sefd"})
"""Boxes that tell: of the user, the device, the place."""
_TIMED = frozenset({b"mvhd", b"tkhd", b"mdhd"})
"""Boxes that begin with when something was made and changed."""
_SHOWN = frozenset(
    {b"vide", b"soun", b"text", b"sbtl", b"subt", b"subp", b"clcp", b"tmcd", b"hint", b"auxv"}
    | {b"pict"}
)
"""Handlers of tracks that are seen or heard; others, such as places over time, only tell."""
_DEEPEST = 12


def without_traces(content: bytes) -> bytes:
    """Return a file of boxes that tells nothing but what it shows.

    Raises:
        UnreadableError: It is broken, or has places over time in pieces that cannot be followed.
    """
    data = bytearray(content)
    try:
        top = list(boxes(data, 0, len(data)))
        if not any(box.kind in {b"moov", b"meta"} for box in top):
            raise UnreadableError
        for box in top:
            if box.kind == b"meta":
                items.blank(data, box.inside, box.end)
            else:
                _clean(data, box, 0)
        if top and top[-1].end < len(data):
            data[top[-1].end :] = b""
    except (struct.error, IndexError) as error:
        raise UnreadableError from error
    return bytes(data)


def _clean(data: bytearray, box: Box, depth: int) -> None:
    if depth > _DEEPEST:
        raise UnreadableError
    if box.kind in _TOLD:
        _free(data, box)
    elif box.kind in _TIMED:
        width = 8 if data[box.inside] == 1 else 4
        if box.inside + 4 + 2 * width > box.end:
            raise UnreadableError
        wipe(data, box.inside + 4, box.inside + 4 + 2 * width)
    elif box.kind in _CONTAINERS:
        inner = list(boxes(data, box.inside, box.end))
        if box.kind == b"trak" and _handler(data, box) not in _SHOWN:
            for start, end in samples.places(data, box):
                wipe(data, start, end)
            _free(data, box)
            return
        for each in inner:
            _clean(data, each, depth + 1)


def _handler(data: bytearray, track: Box) -> bytes:
    found = find(data, track, b"mdia", b"hdlr")
    if found is None or found.inside + 12 > found.end:
        raise UnreadableError
    return bytes(data[found.inside + 8 : found.inside + 12])


def _free(data: bytearray, box: Box) -> None:
    """Make a box free space with nothing in it."""
    data[box.start + 4 : box.start + 8] = b"free"
    wipe(data, box.inside, box.end)
