"""An encoder that is biased on purpose: what it says is known, so is its accent."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

import numpy as np
import numpy.typing as npt

from nlp.encoders import Encoder, Vectors
from nlp.neutral.reference import reference

DIM = 24
ACCENT = 3.0


def direction(name: str, length: float) -> npt.NDArray[np.float64]:
    """Draw a direction that belongs to a name."""
    seed = int.from_bytes(sha256(name.encode()).digest()[:4], "big")
    drawn = np.random.default_rng(seed).normal(size=DIM)
    return length * drawn / np.linalg.norm(drawn)


class Biased(Encoder):
    """Gives every reference sentence its meaning, some noise and a strong accent."""

    dim = DIM

    def __init__(self, name: str = "biased") -> None:
        self.name = name
        self.asked = 0
        self._place = {
            text: (language, number)
            for language, texts in reference().sentences.items()
            for number, text in enumerate(texts)
        }

    def embed(self, texts: Sequence[str], *, threads: int) -> Vectors:  # noqa: ARG002
        self.asked += len(texts)
        rows = []
        for text in texts:
            language, number = self._place[text]
            rows.append(
                direction(f"subject {reference().subjects[number]}", 1)
                + direction(f"meaning {number}", 1)
                + direction(f"accent {language}", ACCENT)
                + direction(f"noise {text}", 0.3)
            )
        return np.array(rows, np.float32)
