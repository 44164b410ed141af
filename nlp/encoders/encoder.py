"""What every encoder does, whatever model is behind it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from i18n import Refusal
from nlp.encoders.parallel import embed_batches
from nlp.encoders.pieces import cut

Vectors: TypeAlias = npt.NDArray[np.float32]

# Texts that go through a model together. Constant, so that a vector depends neither on how many
# processes there are nor on the order of the texts.
BATCH = 256


class EncoderError(Refusal):
    """An encoder cannot be loaded or used; the sentence says which and what to do."""


class Encoder(ABC):
    """A model that turns texts into vectors.

    Attributes:
        name: Identity of the model: the same name always stands for the same vectors.
        dim: Numbers in a vector.
        languages: Tags of the languages the model was made for; None where that is not known.
        longest: Bytes of UTF-8 that the model reads at once; a longer text is cut into pieces and
            gets the mean of their vectors, weighted by length, so that nothing of it is dropped.
        source: What `load` needs to make this encoder again in another process; None where that
            is impossible, and texts are then encoded in this process only.
        spread_from: Texts from which a pool of processes is faster than this process alone; None
            where it never is.
    """

    name: str
    dim: int
    languages: frozenset[str] | None = None
    longest: int = 1500
    source: str | None = None
    spread_from: int | None = None

    @abstractmethod
    def embed(self, texts: Sequence[str], *, threads: int) -> Vectors:
        """Put one batch through the model.

        Args:
            texts: Cleaned, none longer than `longest`.
            threads: Threads that the arithmetic may use.

        Returns:
            One row a text, of any length (norm).
        """

    def encode(self, texts: Iterable[str]) -> Vectors:
        """Encode texts.

        Equal texts are encoded once. The result depends on the set of texts, not on their order.
        White space around a text does not count; an empty text gets whatever the model makes of
        the empty string, and a text of which it makes nothing (norm zero or not a number) gets the
        direction in which all numbers are equal. Both are unit vectors.

        Returns:
            Array (n, dim) of unit rows; (0, dim) where there are no texts.

        Raises:
            EncoderError: The Dask scheduler of the settings does not answer.
        """
        rows = [_clean(text) for text in texts]
        if not rows:
            return np.empty((0, self.dim), dtype=np.float32)
        pieces = {text: cut(text, self.longest) for text in dict.fromkeys(rows)}
        # Similar lengths side by side, because a transformer pads a batch to its longest text; the
        # longest first, so that several processes end at about the same time.
        different = {piece for parts in pieces.values() for piece in parts}
        ordered = sorted(different, key=_by_length, reverse=True)
        batches = [ordered[start : start + BATCH] for start in range(0, len(ordered), BATCH)]
        found: Vectors = unit(np.concatenate(embed_batches(self, batches)))
        place = {piece: number for number, piece in enumerate(ordered)}
        vectors = np.empty((len(rows), self.dim), dtype=np.float32)
        for number, text in enumerate(rows):
            vectors[number] = _mean(pieces[text], place, found)
        return vectors


def unit(vectors: npt.ArrayLike) -> Vectors:
    """Scale rows to length one; a row without direction becomes the one with equal numbers."""
    rows: Vectors = np.asarray(vectors, dtype=np.float32)
    lengths: npt.NDArray[np.float64] = np.sqrt(np.einsum("ij,ij->i", rows, rows, dtype=np.float64))
    broken = ~np.isfinite(lengths) | (lengths < 1e-12)
    lengths[broken] = 1.0
    scaled = rows / lengths.astype(np.float32)[:, None]
    scaled[broken] = 1 / np.sqrt(rows.shape[1])
    return scaled


def _clean(text: str) -> str:
    """Replace half characters, which tokenisers refuse, and take off outer white space."""
    return text.encode("utf-8", errors="replace").decode("utf-8").strip()


def _by_length(text: str) -> tuple[int, str]:
    return len(text), text


def _mean(parts: Sequence[str], place: dict[str, int], found: Vectors) -> Vectors:
    if len(parts) == 1:
        row: Vectors = found[place[parts[0]]]
        return row
    weights = np.array([len(part) for part in parts], dtype=np.float32)
    mean: Vectors = unit(weights[None, :] @ found[[place[part] for part in parts]])[0]
    return mean
