"""The reference corpus in the vectors of an encoder, kept on disk."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile

import numpy as np

import settings
from nlp.encoders.encoder import Encoder, Vectors
from nlp.neutral.reference import Reference, reference

_kept: dict[str, Encoded] = {}


@dataclass(frozen=True)
class Encoded:
    """The corpus as one encoder sees it.

    Attributes:
        languages: The languages of the corpus.
        vectors: Unit rows (languages, sentences, d).
        key: Identity of encoder and corpus.
    """

    languages: tuple[str, ...]
    vectors: Vectors
    key: str


def encoded_reference(encoder: Encoder) -> Encoded:
    """Return the encoded corpus: from memory, from disk, or encoded now."""
    corpus = reference()
    key = sha256(f"{encoder.name}\n{corpus.digest}".encode()).hexdigest()[:32]
    if key not in _kept:
        path = cache_folder() / f"{key}.npy"
        vectors = _read(path, (len(corpus.sentences), len(corpus.subjects), encoder.dim))
        if vectors is None:
            vectors = _encode(corpus, encoder)
            # The disk may be full or read-only; then it is encoded again next time.
            with contextlib.suppress(OSError):
                _write(path, vectors)
        _kept[key] = Encoded(tuple(corpus.sentences), vectors, key)
    return _kept[key]


def cache_folder() -> Path:
    """Return where encoded corpora are kept."""
    return settings.settings().data_folder / "cache" / "neutral"


def _encode(corpus: Reference, encoder: Encoder) -> Vectors:
    everything = [text for texts in corpus.sentences.values() for text in texts]
    return encoder.encode(everything).reshape(len(corpus.sentences), -1, encoder.dim)


def _read(path: Path, shape: tuple[int, ...]) -> Vectors | None:
    """Read vectors; None where there are none or the file is damaged."""
    try:
        vectors: Vectors = np.load(path, allow_pickle=False)
    except (OSError, ValueError, EOFError):
        return None
    return vectors if vectors.shape == shape else None


def _write(path: Path, vectors: Vectors) -> None:
    """Keep vectors; another process never sees half a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as file:
        np.save(file, vectors)
    Path(file.name).replace(path)
