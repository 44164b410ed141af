"""Chance that belongs to a passage, not to its place.

Every random decision about a passage is read off a hash of the passage itself. So the order of the
rows cannot matter, and a run without a few passages draws the same numbers for all the others:
what changes is what these passages brought, not the dice.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

Keys = npt.NDArray[np.uint64]

_STEP = 0x9E3779B97F4A7C15
_MASK = 2**64 - 1


def keys(parts: Iterable[str], *, seed: int) -> Keys:
    """Hash texts to 64-bit keys (BLAKE2b)."""
    salt = str(seed).encode()[:16]
    return np.fromiter(
        (
            int.from_bytes(
                hashlib.blake2b(
                    part.encode("utf-8", "surrogatepass"), digest_size=8, salt=salt
                ).digest(),
                "little",
            )
            for part in parts
        ),
        dtype=np.uint64,
    )


def uniform(own: Keys, draw: int) -> npt.NDArray[np.float64]:
    """Return one number in (0, 1) for each key, another one for each draw.

    The mixing function is SplitMix64 (Steele, Lea, Flood 2014).
    """
    with np.errstate(over="ignore"):
        mixed = own + np.uint64((draw + 1) * _STEP & _MASK)
        mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        mixed ^= mixed >> np.uint64(31)
    return ((mixed >> np.uint64(11)).astype(np.float64) + 0.5) / 2**53
