"""Research questions that guide themes without forcing them.

A question is a place in the space of meanings, not a theme. It does two things: the passages
nearest to it count it among their neighbours, and in every other clustering the questions are among
the first centres, from where the passages take them wherever they lie densest. In the others it is
no centre. A question nobody writes about leaves no theme behind.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nlp.themes.units import Floats, Indices, unit_length

# Share of the passages, and the fewest, that count a question among their neighbours.
NEAREST = 0.03
FEWEST = 5
# A question counts as so many neighbours.
PULL = 5.0
# A theme answers a question if its passages are closer to it than the others in so many of all
# pairs; .5 is chance.
ANSWERED = 0.8


@dataclass(frozen=True)
class Answer:
    """What became of a question.

    Attributes:
        question: As it was asked.
        theme: The theme that answers it; None where none does.
        closer: In how many of all pairs a passage of the closest theme is closer to the question
            than a passage of another, 0 to 1 (the area under the curve; Hanley and McNeil 1982).
    """

    question: str
    theme: int | None
    closer: float


def links(vectors: Floats, questions: Floats) -> tuple[Indices, Indices, Floats]:
    """Return which passages count which question among their neighbours, and how much.

    Args:
        vectors: Unit rows of the passages, centred.
        questions: Unit rows of the questions, centred in the same way.

    Returns:
        Passages, questions and weights (squared cosines), one entry a link.
    """
    size = min(len(vectors), max(FEWEST, round(NEAREST * len(vectors))))
    close = questions @ vectors.T
    order = np.argsort(-close, axis=1, kind="stable")[:, :size]
    near = PULL * np.maximum(np.take_along_axis(close, order, axis=1), 0) ** 2
    of = np.repeat(np.arange(len(questions)), size)
    return order.ravel(), of, near.ravel().astype(np.float32)


def answers(
    questions: tuple[tuple[str, str], ...],
    asked: Floats,
    vectors: Floats,
    themes: Indices,
) -> tuple[Answer, ...]:
    """Say which theme answers each question, if any.

    Args:
        questions: Language and text of each.
        asked: Their vectors.
        vectors: The vectors of the passages, not smoothed: those know the questions.
        themes: The theme of each passage, -1 for none.
    """
    from scipy.stats import rankdata

    count = int(themes.max(initial=-1)) + 1
    if not questions or not count:
        return tuple(Answer(text, None, 0.5) for _, text in questions)
    middle = vectors.mean(axis=0)
    close = unit_length(asked - middle) @ unit_length(vectors - middle).T
    found = []
    for (_, text), own in zip(questions, close, strict=True):
        ranks = rankdata(own)
        areas = [_area(ranks, themes == theme) for theme in range(count)]
        best = int(np.argmax(areas))
        answered = count > 1 and areas[best] >= ANSWERED
        found.append(Answer(text, best if answered else None, round(areas[best], 3)))
    return tuple(found)


def _area(ranks: Floats, inside: Indices) -> float:
    count = int(inside.sum())
    others = len(ranks) - count
    if not count or not others:
        return 0.5
    return float((ranks[inside].sum() - count * (count + 1) / 2) / (count * others))
