"""Taking the language out of vectors, with a treatment fitted on the reference corpus."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile

import numpy as np
import numpy.typing as npt

import settings
from nlp.encoders.encoder import Encoder, Vectors, unit
from nlp.neutral.reference import Reference, reference

VERSION = "offset 1"  # part of the cache key: change it with the method

Numbers = npt.NDArray[np.float64]

_fitted: dict[str, Treatment] = {}


@dataclass(frozen=True)
class Treatment:
    """What is done to the vectors of one encoder.

    Attributes:
        means: For each language of the corpus, the mean of its reference sentences.
        common: The mean of these means; it stands in where a text has no language of the corpus.
    """

    means: Mapping[str, Numbers]
    common: Numbers

    def apply(self, vectors: Vectors, served_by: Sequence[str | None]) -> Vectors:
        """Treat vectors (n, d) whose texts are served by these languages of the corpus."""
        offsets = [self.common if tag is None else self.means[tag] for tag in served_by]
        return unit(vectors - np.array(offsets) + self.common)


def neutralise(vectors: Vectors, languages: Sequence[str], *, encoder: Encoder) -> Vectors:
    """Take the language out of vectors.

    Each text's vector loses the mean of the reference sentences of its language and gets the mean
    over all languages. Texts of a language that is not in the corpus, of mixed or of unknown
    language (`mul`, `und`) stay as they are; `coverage` reports them.

    Args:
        vectors: Unit rows (n, d) from `encoder`.
        languages: The BCP 47 tag of each text.
        encoder: What made the vectors; the treatment is fitted for it once and kept on disk.

    Returns:
        Unit rows (n, d).

    Raises:
        ValueError: The numbers of vectors and languages differ.
    """
    if len(vectors) != len(languages):
        raise ValueError(f"{len(vectors)} vectors, but {len(languages)} languages")
    if not len(vectors):
        return np.asarray(vectors, dtype=np.float32)
    corpus = reference()
    served = {language: corpus.serving(language) for language in set(languages)}
    return treatment(encoder).apply(vectors, [served[language] for language in languages])


def treatment(encoder: Encoder, folder: Path | None = None) -> Treatment:
    """Return the treatment for an encoder: from memory, from disk, or fitted now.

    Args:
        encoder: Whose vectors are to be treated.
        folder: Where fitted treatments are kept; None: in the data folder of the settings.
    """
    corpus = reference()
    key = sha256("\n".join((VERSION, encoder.name, corpus.digest)).encode()).hexdigest()[:32]
    if key not in _fitted:
        path = (folder or settings.settings().data_folder / "cache" / "neutral") / f"{key}.npz"
        found = _read(path)
        if found is None:
            found = fit(corpus, encode_reference(corpus, encoder))
            _write(path, found)
        _fitted[key] = found
    return _fitted[key]


def encode_reference(corpus: Reference, encoder: Encoder) -> dict[str, Vectors]:
    """Encode the corpus: for each language its sentences (sentences, d)."""
    everything = [text for texts in corpus.sentences.values() for text in texts]
    vectors = iter(encoder.encode(everything))
    return {
        tag: np.stack([next(vectors) for _ in texts]) for tag, texts in corpus.sentences.items()
    }


def fit(corpus: Reference, encoded: Mapping[str, Vectors]) -> Treatment:  # noqa: ARG001
    """Fit a treatment on encoded reference sentences."""
    means = {tag: vectors.mean(axis=0, dtype=np.float64) for tag, vectors in encoded.items()}
    return Treatment(means=means, common=np.mean(list(means.values()), axis=0))


def _read(path: Path) -> Treatment | None:
    """Read a treatment; None where there is none or the file is damaged."""
    try:
        with np.load(path, allow_pickle=False) as kept:
            return Treatment(
                dict(zip(kept["tags"].tolist(), kept["means"], strict=True)), kept["common"]
            )
    except (OSError, ValueError, KeyError):
        return None


def _write(path: Path, fitted: Treatment) -> None:
    """Keep a treatment; another process never sees half a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, suffix=".npz", delete=False) as file:
        np.savez(
            file,
            tags=np.array(list(fitted.means)),
            means=np.stack(list(fitted.means.values())),
            common=fitted.common,
        )
    Path(file.name).replace(path)
