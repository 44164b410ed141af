"""The parallel reference corpus: the same sentences in many languages."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from i18n import canonical

FOLDER = Path(__file__).parent.parent / "reference"


@dataclass(frozen=True)
class Reference:
    """A parallel corpus.

    Attributes:
        sentences: The sentences of each language; the same place is the same sentence.
        subjects: The subject of each sentence.
        checked_by: For each language, the native speaker who signed it; empty where nobody has.
        digest: Hash of all sentences: what is fitted on the corpus is kept under it.
    """

    sentences: Mapping[str, tuple[str, ...]]
    subjects: tuple[str, ...]
    checked_by: Mapping[str, str]
    digest: str

    def serving(self, language: str) -> str | None:
        """Return the language of the corpus that serves a tag: itself, else its primary language.

        `de-AT` is served by `de`, `zh` by `zh-Hans`; `und`, `mul` and languages that are not in
        the corpus by none.
        """
        tag = canonical(language) if language else "und"
        while tag:
            if tag in self.sentences:
                return tag
            tag = tag.rpartition("-")[0]
        return None


@cache
def reference(folder: Path = FOLDER) -> Reference:
    """Read the corpus that ships, or another of the same form."""
    about = tomllib.loads((folder / "reference.toml").read_text("utf-8"))
    sentences = {
        tag: tuple((folder / f"{tag}.txt").read_text("utf-8").splitlines())
        for tag in about["languages"]
    }
    subjects = [
        subject
        for subject, (first, last) in about["subjects"].items()
        for _ in range(first, last + 1)
    ]
    return Reference(
        sentences=sentences,
        subjects=tuple(subjects),
        checked_by={tag: says["checked_by"] for tag, says in about["languages"].items()},
        digest=sha256(repr(sorted(sentences.items())).encode()).hexdigest(),
    )


@dataclass(frozen=True)
class Coverage:
    """How a language of a study is served by the reference corpus.

    Attributes:
        language: The tag, canonical.
        texts: How many texts of the study have it.
        served_by: The language of the corpus used for it; None: only the mean of all was taken off.
        checked_by: The native speaker who signed that language; empty: nobody, or not served.
    """

    language: str
    texts: int
    served_by: str | None
    checked_by: str

    @property
    def verified(self) -> bool:
        """Whether what is said between this language and others rests on checked sentences."""
        return bool(self.checked_by)


def coverage(languages: Iterable[str]) -> list[Coverage]:
    """Say for each language of a study how the corpus serves it, the most frequent first."""
    counts: dict[str, int] = {}
    for language in languages:
        tag = canonical(language) if language else "und"
        counts[tag] = counts.get(tag, 0) + 1
    corpus = reference()
    rows = []
    for tag, texts in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        served_by = corpus.serving(tag)
        checked_by = corpus.checked_by[served_by] if served_by else ""
        rows.append(Coverage(tag, texts, served_by, checked_by))
    return rows
