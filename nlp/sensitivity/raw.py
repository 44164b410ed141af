"""Where passages would lie by raw vectors: what the language treatment changes."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd
from sqlmodel import Session, col, select

from data.tables import Embedding
from nlp.encoders import text_hash
from nlp.results import Found

NEIGHBOURS = 15
POOL = 5_000
"""Passages among which neighbours are sought."""
_CHUNK = 1_000
_ASKED = 500


def raw_shares(found: Found, *, session: Session) -> pd.DataFrame:
    """Place every passage by its neighbours among the raw vectors.

    The themes stay what they are; each passage gets the mean shares of the 15 other passages whose
    vectors, as the encoder made them, are closest to its own. If a comparison says something else
    with these shares, it rests on the treatment that makes vectors language-neutral.

    Args:
        found: The run, with what people decided.
        session: Where the vectors are kept.

    Returns:
        Passage x theme, passages without a kept vector left out.
    """
    keys = {key: text_hash(text) for key, text in found.passages["masked"].items()}
    vectors = _kept(sorted(set(keys.values())), found.run.encoder, session=session)
    known = [key for key in found.shares.index if keys[key] in vectors and key not in found.empty]
    if len(known) < 2:
        return found.shares.iloc[:0]
    rows = np.stack([vectors[keys[key]] for key in known])
    placed = _placed(rows, found.shares.loc[known].to_numpy(dtype=np.float32))
    return pd.DataFrame(placed, index=known, columns=found.shares.columns)


def _kept(
    wanted: list[str], encoder: str, *, session: Session
) -> dict[str, npt.NDArray[np.float32]]:
    found: dict[str, npt.NDArray[np.float32]] = {}
    for start in range(0, len(wanted), _ASKED):
        rows = session.exec(
            select(Embedding.text_hash, Embedding.vector).where(
                Embedding.encoder == encoder,
                col(Embedding.text_hash).in_(wanted[start : start + _ASKED]),
            )
        )
        found |= {key: np.frombuffer(vector, dtype="<f4") for key, vector in rows}
    return found


def _placed(
    rows: npt.NDArray[np.float32], shares: npt.NDArray[np.float32]
) -> npt.NDArray[np.float32]:
    """Return the mean shares of each row's nearest others."""
    pool = np.unique(np.linspace(0, len(rows) - 1, min(POOL, len(rows))).round().astype(np.intp))
    place = np.full(len(rows), -1)
    place[pool] = np.arange(len(pool))
    size = min(NEIGHBOURS, len(pool) - 1)
    found = np.empty_like(shares)
    for start in range(0, len(rows), _CHUNK):
        part = np.arange(start, min(start + _CHUNK, len(rows)))
        close = rows[part] @ rows[pool].T
        inside = np.flatnonzero(place[part] >= 0)
        close[inside, place[part[inside]]] = -np.inf
        nearest = np.argpartition(-close, size - 1, axis=1)[:, :size]
        found[part] = shares[pool][nearest].mean(axis=1)
    return found
