"""Codes and themes: which themes a code falls into, and which codes a theme holds."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import pandas as pd

from nlp.coded.reading import Coded


@dataclass(frozen=True)
class Meeting:
    """A code and a theme, in the same passages.

    Attributes:
        code: The code.
        theme: The theme's number; -1 for passages in no theme.
        passages: How many passages carry the code and belong to the theme most.
        people: How many people wrote them.
        of_code: The part of the code's passages that lies in the theme, 0 to 1.
        of_theme: The part of the theme's read passages that carries the code, 0 to 1.
    """

    code: UUID
    theme: int
    passages: int
    people: int
    of_code: float
    of_theme: float


def meetings(coded: Coded, themes: pd.Series) -> list[Meeting]:
    """Return where codes and themes meet, the most passages first.

    Args:
        coded: What was coded.
        themes: The theme of each passage of the run, by key; -1 for none (`Found.main`).
    """
    known = themes.reindex(coded.passages.index).dropna().astype("int64")
    people = coded.passages.loc[known.index, "person"]
    carries = coded.carries.loc[known.index]
    found = []
    for code in coded.used:
        inside = carries[code]
        for theme in sorted(set(known[inside])):
            both = inside & (known == theme)
            count = int(both.sum())
            found.append(
                Meeting(
                    code=code,
                    theme=int(theme),
                    passages=count,
                    people=int(people[both].nunique()),
                    of_code=count / int(inside.sum()),
                    of_theme=count / int((known == theme).sum()),
                )
            )
    return sorted(found, key=lambda each: (-each.passages, each.theme, str(each.code)))


def themes_of_code(coded: Coded, themes: pd.Series, code: UUID) -> list[Meeting]:
    """Return the themes that a code falls into, the most passages first."""
    return [each for each in meetings(coded, themes) if each.code == code]


def codes_in_theme(coded: Coded, themes: pd.Series, theme: int) -> list[Meeting]:
    """Return the codes that a theme holds, the most passages first."""
    return [each for each in meetings(coded, themes) if each.theme == theme]
