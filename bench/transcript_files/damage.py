"""Damaging files: what disks, senders and people who mean harm do to them."""

from __future__ import annotations

import random
from collections.abc import Sequence

from bench.transcript_files.truth import Made

PIECES = (
    *(b"<script>alert(1)</script>", b"\xff\xfe", b"&#0;&lt;", b" --> ", b"[[[[", b'"', b"{", b"\r"),
    *("：".encode(), b"\xed\xa0\x80", b"\t", b"\x00" * 9, b"PK\x03\x04", b"%PDF-", b"WEBVTT\n\n"),
    *(b"<img src=x onerror=alert(1)>", b"=HYPERLINK(1)", b"<!DOCTYPE a [<!ENTITY b 'c'>]>"),
)
NAMES = ("a.txt", "a.csv", "a.json", "a.docx", "a.vtt", "a.xlsx", "a.pdf", "../a", "a.exe")


def damaged(content: bytes, others: Sequence[Made], rng: random.Random) -> bytes:
    """Cut, repeat, overwrite or mix a file in a few places.

    Args:
        content: A file.
        others: Files that stretches are taken from.
        rng: What chance does.
    """
    data = bytearray(content)
    for _ in range(rng.choice((1, 1, 2, 5, 20))):
        at = rng.randrange(len(data) + 1)
        end = at + rng.randrange(1, 200)
        change = rng.randrange(8)
        if change == 0:
            del data[at:]
        elif change == 1:
            del data[at:end]
        elif change == 2:
            data[at:at] = data[at:end] * rng.randrange(1, 50)
        elif change == 3:
            data[at:at] = rng.randbytes(rng.randrange(1, 40))
        elif change == 4:
            data[at:end] = rng.choice(PIECES)
        elif change == 5:
            data[at : at + 1] = rng.randbytes(1)
        elif change == 6:
            data[at:at] = rng.choice(PIECES) * rng.randrange(1, 200)
        else:
            other = rng.choice(others).content
            begin = rng.randrange(len(other))
            data[at:at] = other[begin : begin + 500]
    return bytes(data)


def renamed(made: Made, rng: random.Random) -> str:
    """Return the file's own name, or, half the time, one that lies about what it is."""
    return rng.choice((made.filename, rng.choice(NAMES)))
