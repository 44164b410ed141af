"""Vectors of masked passages, kept in the database so that nothing is encoded twice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np
from sqlmodel import Session, col, select

from data.tables import Embedding
from nlp.encoders import Encoder, Vectors, encode_with_cache, text_hash

BATCH = 8000
"""Texts encoded between two commits: what a killed worker loses at most."""

WRITTEN = 250
"""Vectors written in one transaction: others who write wait no longer than that."""

QUESTION = 500
"""Keys asked for at once; SQLite allows only so many."""


def vectors_of(
    texts: Sequence[str],
    *,
    encoder: Encoder,
    session: Session,
    tell: Callable[[float], None] = lambda _share: None,
) -> Vectors:
    """Return the vectors (n, dim) of texts, encoding and committing those not kept yet.

    Args:
        texts: Masked texts.
        encoder: What encodes.
        session: Committed after every batch, so that a killed run goes on where it was.
        tell: Called with the share that is done.
    """
    known = _known(map(text_hash, texts), encoder=encoder.name, session=session)
    parts = [np.empty((0, encoder.dim), dtype=np.float32)]
    for start in range(0, len(texts), BATCH):
        batch = texts[start : start + BATCH]
        vectors, new = encode_with_cache(batch, encoder, known)
        for number, (key, vector) in enumerate(new.items(), start=1):
            stored = np.asarray(vector, dtype="<f4").tobytes()
            session.merge(Embedding(text_hash=key, encoder=encoder.name, vector=stored))
            if number % WRITTEN == 0:
                session.commit()
        session.commit()
        known.update(new)
        parts.append(vectors)
        tell(min(1.0, (start + len(batch)) / len(texts)))
    return np.concatenate(parts)


def _known(keys: Iterable[str], *, encoder: str, session: Session) -> dict[str, Vectors]:
    wanted = sorted(set(keys))
    known: dict[str, Vectors] = {}
    for start in range(0, len(wanted), QUESTION):
        rows = session.exec(
            select(Embedding.text_hash, Embedding.vector).where(
                Embedding.encoder == encoder,
                col(Embedding.text_hash).in_(wanted[start : start + QUESTION]),
            )
        )
        known |= {key: np.frombuffer(vector, dtype="<f4") for key, vector in rows}
    return known
