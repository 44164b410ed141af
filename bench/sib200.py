"""SIB-200 as the benchmarks use it: 800 sentences, each in five languages, with their topic."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

FOLDER = Path(__file__).parents[2] / "shared" / "benchmarks" / "sib-200"
FILES = {
    "en": "eng_Latn",
    "zh-Hans": "zho_Hans",
    "de": "deu_Latn",
    "fr": "fra_Latn",
    "es": "spa_Latn",
}

Numbers = npt.NDArray[np.int_]


@dataclass(frozen=True)
class Sib:
    """The sentences of each language in the same order, and the number of each sentence's topic."""

    texts: dict[str, list[str]]
    topics: Numbers


def read() -> Sib:
    """Read the files; leave with a sentence where the folder is absent."""
    if not FOLDER.is_dir():
        sys.exit(f"SIB-200 is not in {FOLDER}; this benchmark needs it.")
    rows = {
        language: [
            line.split("\t")
            for line in (FOLDER / f"{name}.tsv").read_text("utf-8").splitlines()[1:]
        ]
        for language, name in FILES.items()
    }
    topics = np.unique([row[1] for row in rows["en"]], return_inverse=True)[1]
    return Sib({language: [row[2] for row in kept] for language, kept in rows.items()}, topics)


def _lines(path: Path) -> list[str]:
    return path.read_text("utf-8").splitlines()[1:]


def mixed(count: int, seed: int) -> Numbers:
    """Draw a language (its place in FILES) for each sentence."""
    return np.random.default_rng(seed).integers(0, len(FILES), count)
