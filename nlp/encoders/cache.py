"""Encoding only what is not known yet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256

import numpy as np

from nlp.encoders.encoder import Encoder, Vectors


def text_hash(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8, in hexadecimal: the key of its vector."""
    return sha256(text.encode("utf-8", errors="replace")).hexdigest()


def encode_with_cache(
    texts: Iterable[str], encoder: Encoder, known: Mapping[str, Vectors]
) -> tuple[Vectors, dict[str, Vectors]]:
    """Encode texts, taking the vectors that are known.

    Args:
        texts: As they are stored (masked).
        encoder: What encodes the others.
        known: Vectors of this encoder by `text_hash`; it may hold more than is needed.

    Returns:
        The vectors (n, dim) in the order of the texts, and the new ones by `text_hash`, which the
        caller keeps under the encoder's name.
    """
    rows = list(texts)
    keys = [text_hash(text) for text in rows]
    missing = {key: text for key, text in zip(keys, rows, strict=True) if key not in known}
    new = dict(zip(missing, encoder.encode(missing.values()), strict=True))
    if not rows:
        return np.empty((0, encoder.dim), dtype=np.float32), new
    vectors = [new[key] if key in new else known[key] for key in keys]
    return np.stack(vectors).astype(np.float32, copy=False), new
