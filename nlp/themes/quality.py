"""The card of a run: what it was made of, and how good it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field


@dataclass(frozen=True)
class Quality(Mapping[str, object]):
    """Figures of a theme run; also readable as a mapping.

    Attributes:
        people: People who wrote the passages.
        passages: Passages, empty answers included.
        languages: For each tag the number of passages.
        themes: Number of themes.
        empty: Empty answers.
        unassigned: Share of the other passages that are in no theme.
        coherence: Mean normalised pointwise mutual information of each theme's keywords within a
            language, -1 to 1 (Bouma 2009; Lau, Newman, Baldwin 2014); None where it cannot be told.
        diversity: Share of keywords that occur in one theme only (Dieng, Ruiz, Blei 2020).
        stability: Agreement with the same number of themes found again on parts of the passages
            (adjusted Rand index).
        stability_by_number: The same for each number of themes that was tried.
        agreement: For language, person and source: adjusted mutual information of theme with it.
            A description of the texts, not by itself a bias.
        language_bias: Share of translated reference sentences that change theme with the language,
            before and after making vectors neutral; empty where vectors were given.
        weight_of_most_talkative: Share of all weight that the weightiest person has.
        encoder: What made the vectors.
        seed: Seed of the run.
        versions: Versions of what computed it.
        seconds: For each step how long it took.
    """

    people: int
    passages: int
    languages: dict[str, int]
    themes: int
    empty: int
    unassigned: float
    coherence: float | None
    diversity: float | None
    stability: float | None
    stability_by_number: dict[int, float]
    agreement: dict[str, float]
    language_bias: dict[str, float]
    weight_of_most_talkative: float
    encoder: str
    seed: int
    versions: dict[str, str]
    seconds: dict[str, float] = field(default_factory=dict)

    def __getitem__(self, name: str) -> object:
        """Return a figure by its name."""
        return asdict(self)[name]

    def __iter__(self) -> Iterator[str]:
        """Go through the names of the figures."""
        return iter(asdict(self))

    def __len__(self) -> int:
        return len(asdict(self))
