"""The file behind search by meaning: for each passage of a study the vector of what it means.

It is made from the database and may be deleted at any time. Vectors tell something about the words
they were made from, so whoever forgets a passage blanks its vector here as well.

The file: `ZQV1`, the number of rows and of dimensions (uint32 each, little-endian), four zero
bytes; then, each without gaps and in the order of the keys: the keys (16 bytes each), what the text
was (the first 8 bytes of its sha256), the scales (float32) and the vectors (int8). A number of a
vector is its int8 times the scale of its row.
"""

from __future__ import annotations

import struct
from collections.abc import Collection
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING
from uuid import UUID

from settings import settings

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

MAGIC = b"ZQV1"
HEAD = struct.Struct("<4sIII")


@dataclass(frozen=True)
class SearchIndex:
    """The rows of the file, mapped into memory.

    Attributes:
        keys: Keys of passages as two big-endian uint64 (n, 2), sorted.
        stamps: What each text was: the first 8 bytes of its sha256, uint64 (n,).
        scales: float32 (n,); zero for a row that was blanked.
        vectors: int8 (n, d).
        version: Changes when the file does.
    """

    keys: npt.NDArray[np.uint64]
    stamps: npt.NDArray[np.uint64]
    scales: npt.NDArray[np.float32]
    vectors: npt.NDArray[np.int8]
    version: int


def path_of(study_id: UUID) -> Path:
    """Return where a study's file lies."""
    return settings().data_folder / "cache" / "search" / f"{study_id}.vectors"


def write(
    study_id: UUID,
    *,
    keys: npt.NDArray[np.uint64],
    stamps: npt.NDArray[np.uint64],
    scales: npt.NDArray[np.float32],
    vectors: npt.NDArray[np.int8],
) -> None:
    """Put a new file in the place of the old one; nobody ever sees half of it."""
    path = path_of(study_id)
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as file:
        file.write(HEAD.pack(MAGIC, *vectors.shape, 0))
        for part, kind in ((keys, ">u8"), (stamps, ">u8"), (scales, "<f4"), (vectors, "i1")):
            file.write(part.astype(kind, copy=False).tobytes())
    Path(file.name).replace(path)


def version_of(study_id: UUID) -> int:
    """Return what changes when the file does; 0 without a file."""
    try:
        return path_of(study_id).stat().st_mtime_ns
    except OSError:
        return 0


def opened(study_id: UUID, *, writable: bool = False) -> SearchIndex | None:
    """Map a study's file into memory; None where there is none, or it is damaged."""
    import numpy as np

    path = path_of(study_id)
    version = version_of(study_id)
    try:
        with path.open("rb") as file:
            magic, rows, dim, _ = HEAD.unpack(file.read(HEAD.size))
    except (OSError, struct.error):
        return None
    size = HEAD.size + rows * (16 + 8 + 4 + dim)
    if magic != MAGIC or not rows or path.stat().st_size != size:
        return None
    mapped = np.memmap(path, dtype=np.uint8, mode="r+" if writable else "r")
    ends = np.cumsum([HEAD.size, rows * 16, rows * 8, rows * 4, rows * dim])
    keys, stamps, scales, vectors = (mapped[start:end] for start, end in pairwise(ends))
    return SearchIndex(
        keys=keys.view(">u8").reshape(rows, 2),
        stamps=stamps.view(">u8"),
        scales=scales.view("<f4"),
        vectors=vectors.view(np.int8).reshape(rows, dim),
        version=version,
    )


def rows_of(index: SearchIndex, keys: npt.NDArray[np.uint64]) -> npt.NDArray[np.int64]:
    """Return the row of each key (n, 2); -1 for those that are not in the file."""
    import numpy as np

    place = np.searchsorted(index.keys[:, 0], keys[:, 0])
    place = np.minimum(place, len(index.keys) - 1)
    same = (index.keys[place] == keys).all(axis=1)
    return np.where(same, place, -1)


def numbers_of(keys: Collection[UUID]) -> npt.NDArray[np.uint64]:
    """Return keys the way the file holds them."""
    import numpy as np

    return np.frombuffer(b"".join(key.bytes for key in keys), dtype=">u8").reshape(-1, 2)


def blank(study_id: UUID, keys: Collection[UUID]) -> None:
    """Take the vectors of passages out of the file."""
    index = opened(study_id, writable=True)
    if index is None or not keys:
        return
    rows = rows_of(index, numbers_of(keys))
    rows = rows[rows >= 0]
    index.scales[rows] = 0
    index.vectors[rows] = 0
    index.stamps[rows] = 0
