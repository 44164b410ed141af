"""What is clustered: the different passages, in an order that is their own."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from i18n import say
from nlp.themes.chance import Keys, keys
from nlp.themes.settings import ThemeError

Floats = npt.NDArray[np.float32]
Indices = npt.NDArray[np.intp]

UNKNOWN_LANGUAGE = "und"


@dataclass(frozen=True)
class Table:
    """The passages as they came, cleaned.

    Attributes:
        ids: The index of the frame.
        texts: The texts, missing ones empty.
        languages: BCP 47 tags, missing ones `und`.
        people: Who wrote it; None where nobody is named.
    """

    ids: pd.Index
    texts: list[str]
    languages: list[str]
    people: list[str | None]

    def __len__(self) -> int:
        return len(self.texts)


@dataclass(frozen=True)
class Units:
    """Different passages, sorted by what they say.

    Attributes:
        texts: One text a unit.
        languages: Its language.
        vectors: Its vector, length one, (n, d).
        weights: How much it counts: the weights of its rows, added up.
        keys: What chance reads.
        of_row: For each row that takes part, its unit.
    """

    texts: list[str]
    languages: list[str]
    vectors: Floats
    weights: npt.NDArray[np.float64]
    keys: Keys
    of_row: Indices

    def __len__(self) -> int:
        return len(self.texts)


def read_table(passages: pd.DataFrame) -> Table:
    """Take what is needed from the frame.

    Raises:
        ThemeError: There is no column `text`, or two rows have the same id.
    """
    if "text" not in passages.columns:
        raise ThemeError(say("The passages have no column “{column}”.", column="text"))
    if not passages.index.is_unique:
        raise ThemeError(say("Two passages have the same id; each needs its own."))
    count = len(passages)
    return Table(
        ids=passages.index,
        texts=["" if value is None else value for value in _strings(passages, "text", count)],
        languages=[value or UNKNOWN_LANGUAGE for value in _strings(passages, "language", count)],
        people=_strings(passages, "person", count),
    )


def _strings(passages: pd.DataFrame, column: str, count: int) -> list[str | None]:
    if column not in passages.columns:
        return [None] * count
    return [None if pd.isna(value) else str(value) for value in passages[column].tolist()]


def person_weights(people: list[str | None]) -> npt.NDArray[np.float64]:
    """Weigh passages so that nobody drowns the others.

    A person counts fully up to twice the median number of passages a person; beyond it, all
    passages of the person together count as if they were that many. A passage of nobody named
    counts as a person of its own.
    """
    counts = pd.Series(people, dtype=object).value_counts()
    if counts.empty:
        return np.ones(len(people))
    most = 2 * float(np.median(counts.to_numpy()))
    each = {person: min(1.0, most / count) for person, count in counts.items()}
    return np.array([1.0 if person is None else each[person] for person in people])


def gather(table: Table, rows: Indices, vectors: Floats, *, seed: int) -> Units:
    """Make the units of the rows that take part.

    Rows with the same text, language and vector are one unit: equal passages always share a theme.

    Args:
        table: All passages.
        rows: The rows that take part.
        vectors: One vector for each of these rows.
        seed: Start of everything that is drawn.
    """
    vectors = unit_length(vectors)
    weights = person_weights([table.people[row] for row in rows])
    names = [
        (table.texts[row], table.languages[row], vectors[place].tobytes())
        for place, row in enumerate(rows)
    ]
    ordered = sorted(set(names))
    number = {name: place for place, name in enumerate(ordered)}
    of_row = np.array([number[name] for name in names], dtype=np.intp)
    first = np.zeros(len(ordered), dtype=np.intp)
    first[of_row[::-1]] = np.arange(len(rows))[::-1]
    # Sorted before adding: a sum of floats depends on its order.
    order = np.lexsort((weights, of_row))
    return Units(
        texts=[name[0] for name in ordered],
        languages=[name[1] for name in ordered],
        vectors=vectors[first],
        weights=np.bincount(of_row[order], weights[order], len(ordered)).astype(np.float64),
        keys=keys((f"{text}\0{language}" for text, language, _ in ordered), seed=seed),
        of_row=of_row,
    )


def unit_length(vectors: npt.NDArray[np.floating]) -> Floats:
    """Scale rows to length one; rows without length, or with what is no number, become zero."""
    rows = np.nan_to_num(np.asarray(vectors, dtype=np.float32), posinf=0.0, neginf=0.0)
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    scaled: Floats = np.divide(rows, lengths, out=np.zeros_like(rows), where=lengths > 1e-9)
    return scaled
