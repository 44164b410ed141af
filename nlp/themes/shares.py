"""From votes to shares: of passages, and of people."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from nlp.themes.units import Floats, Indices

# A share below this is noise of the vote, not a second theme.
LEAST = 0.15
# Votes are split more evenly than passages are: the runs have other numbers of clusters than there
# are themes. Squaring before scaling to one undoes it.
SHARPNESS = 2.0


def passage_shares(votes: Floats, certainty: float) -> tuple[Floats, Indices]:
    """Turn votes into shares and one theme for each passage.

    Args:
        votes: (n, themes).
        certainty: Share of the votes that the best theme needs.

    Returns:
        Shares (n, themes), rows adding up to one, or all zero where no theme is certain enough; and
        the theme of each passage, -1 for none.
    """
    votes = votes / np.maximum(votes.sum(axis=1, keepdims=True), 1e-9)
    sharp = votes.astype(np.float64) ** SHARPNESS
    sharp /= np.maximum(sharp.sum(axis=1, keepdims=True), 1e-12)
    sharp[sharp < np.minimum(LEAST, sharp.max(axis=1, keepdims=True))] = 0
    sharp /= np.maximum(sharp.sum(axis=1, keepdims=True), 1e-12)
    theme = np.argmax(sharp, axis=1)
    lost = votes.max(axis=1) < min(certainty, 1.0)
    sharp[lost] = 0
    return sharp.astype(np.float32), np.where(lost, -1, theme)


def person_shares(
    shares: pd.DataFrame, people: list[str | None], taking_part: npt.NDArray[np.bool_]
) -> pd.DataFrame:
    """Average the shares of each person's passages, each passage alike.

    Args:
        shares: Passage by theme.
        people: Who wrote each passage.
        taking_part: False for empty answers: who had nothing to say on ten days said no less on
            the others.

    Returns:
        Person by theme, persons sorted; people with nothing but empty answers are not in it.
    """
    named = taking_part & np.array([person is not None for person in people], dtype=bool)
    owner = pd.Series(people, index=shares.index, dtype=object)[named].rename("person")
    # Sorted before adding: a sum of floats depends on its order.
    part = shares[named].assign(person=owner)
    part = part.sort_values(["person", *shares.columns], kind="stable")
    means: pd.DataFrame = part.groupby("person", sort=True).mean()
    return means
