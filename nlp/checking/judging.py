"""What blind answers say about one theme in one language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from nlp.agreement import Agreement, agreement
from nlp.checking.rates import Rate, rate

Standing = Literal["holds", "open", "fails"]
HALF = 0.5
"""A theme fails in a language where less than this is right or found, whatever the sample."""
TENTATIVE = 2 / 3
"""Alpha below which Krippendorff (2004, p. 241) draws not even tentative conclusions."""
FEWEST = 10
"""Passages of which somebody could say anything, without which nothing is decided."""


@dataclass(frozen=True)
class Verdict:
    """How well the computer knows a theme in a language, by what people said who did not see it.

    Attributes:
        passages: Passages that at least two coders answered with yes or no.
        unsure: Answers that said nothing could be said.
        people: Agreement of the coders with each other.
        computer: Agreement of the computer with the coders where these agree.
        precision: How much of what the computer put into the theme is about it.
        recall: How much of what is about it the computer put there.
        unclear: Whether coders certainly do not agree: then it is the description that fails.
        standing: `fails` where even the upper end of precision or recall lies below `HALF`;
            `holds` where both lower ends reach it; `open` otherwise, where coders do not agree,
            and with fewer than `FEWEST` passages.
    """

    passages: int
    unsure: int
    people: Agreement
    computer: Agreement
    precision: Rate
    recall: Rate
    unclear: bool
    standing: Standing


def judge(
    said: pd.DataFrame, inside: pd.Series, weights: pd.Series, people: pd.Series, *, seed: int = 0
) -> Verdict:
    """Compare what coders said with each other and with what the computer computed.

    Where coders differ, a passage counts as half about the theme (with two of them); an answer
    that nothing can be said is a missing one. Agreement counts every asked passage once; precision
    and recall count it as often as it stands for.

    Args:
        said: Passage x coder: `yes`, `no`, `unsure`, or None where a coder did not answer.
        inside: Passage -> whether the computer put it into the theme.
        weights: Passage -> how many it stands for.
        people: Passage -> who wrote it: people are what is drawn again for the intervals.
        seed: Makes the intervals repeatable.
    """
    ratings = said.apply(lambda column: column.map({"yes": 1.0, "no": 0.0})).astype(float)
    about = ratings.mean(axis=1)
    known = about.notna()
    agreed = about.where(about.isin([0.0, 1.0]))
    owners = people.reindex(ratings.index)
    beside = pd.DataFrame(
        {"computer": inside.reindex(ratings.index).astype(float), "people": agreed}
    )
    values = about[known].to_numpy(dtype=float)
    put = inside.reindex(ratings.index)[known].to_numpy(dtype=float)
    weight = weights.reindex(ratings.index)[known].to_numpy(dtype=float)
    owner = pd.factorize(owners[known].astype(str), sort=True)[0]
    between = agreement(ratings, clusters=owners, seed=seed)
    precision = rate(weight * put * values, weight * put, owner, seed=seed)
    recall = rate(weight * put * values, weight * values, owner, seed=seed)
    unclear = between.high < TENTATIVE
    return Verdict(
        passages=int((ratings.notna().sum(axis=1) >= 2).sum()),
        unsure=int((said == "unsure").sum().sum()),
        people=between,
        computer=agreement(beside, clusters=owners, seed=seed),
        precision=precision,
        recall=recall,
        unclear=bool(unclear),
        standing="open" if unclear or int(known.sum()) < FEWEST else _standing(precision, recall),
    )


def _standing(precision: Rate, recall: Rate) -> Standing:
    ends = np.array([[precision.low, precision.high], [recall.low, recall.high]])
    if (ends[:, 1] < HALF).any():
        return "fails"
    return "holds" if (ends[:, 0] >= HALF).all() else "open"
