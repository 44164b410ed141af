"""The passages that show best what a theme is."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from nlp.themes.units import Floats, Indices

COUNT = 8
_LIKE = 0.35  # how much likeness to a passage already chosen costs
_AGAIN = 0.12  # what a person or a language costs each time it was chosen before
_LOOKED_AT = 400


def typical_passages(
    closeness: npt.NDArray[np.float64],
    vectors: Floats,
    people: list[str | None],
    languages: list[str],
    lengths: npt.NDArray[np.float64],
    *,
    count: int = COUNT,
) -> Indices:
    """Choose passages close to the middle of a theme and different from one another.

    Maximal marginal relevance (Carbonell and Goldstein 1998) with a price on hearing the same
    person or language again. Very short passages say little and very long ones say everything:
    both are put back.

    Args:
        closeness: How close each passage is to the theme, 0 to 1.
        vectors: Their vectors.
        people: Who wrote them.
        languages: Their languages.
        lengths: How long each is, as a share of the usual length in its language.
        count: How many to choose.

    Returns:
        Places of the chosen, best first.
    """
    score = closeness - 0.08 * np.abs(np.log(np.clip(lengths, 0.05, 20)))
    looked_at = np.argsort(-score, kind="stable")[:_LOOKED_AT]
    chosen: list[int] = []
    price = np.zeros(len(looked_at))
    while len(chosen) < min(count, len(looked_at)):
        best = int(
            np.argmax(np.where(np.isin(looked_at, chosen), -np.inf, score[looked_at] - price))
        )
        place = int(looked_at[best])
        chosen.append(place)
        like = vectors[looked_at] @ vectors[place]
        price = np.maximum(price, 0) + _AGAIN * np.array(
            [
                (people[other] is not None and people[other] == people[place])
                + 0.5 * (languages[other] == languages[place])
                for other in looked_at
            ]
        )
        price += _LIKE * np.clip(like, 0, 1) / count
    return np.array(chosen, dtype=np.intp)
