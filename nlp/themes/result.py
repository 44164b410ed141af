"""What a theme run gives."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from nlp.themes.bearing import Carrier
from nlp.themes.guiding import Answer
from nlp.themes.hierarchy import Branch
from nlp.themes.quality import Quality
from nlp.themes.settings import ThemeSettings

_UNCLEAR = 0.2

Keywords = dict[int, dict[str, list[str]]]


@dataclass(frozen=True)
class Themes:
    """Themes of a set of passages. Theme 0 is the largest.

    Attributes:
        assignments: The theme of each passage, -1 for none; index: passage ids, as they came.
        shares: Passage by theme, from 0 to 1; what is missing to 1 is unassigned.
        person_shares: Person by theme: the mean of the person's passages, empty answers left out.
        keywords: For each theme and language tag the words that set the theme apart, best first.
        titles: For each theme and interface language a suggested title.
        typical: For each theme passage ids, the best example first, varied over people and
            languages.
        voices: For each theme the number of people behind it (unnamed passages count one each).
        stability: For each theme from 0 to 1 how well it comes back without some of the passages.
        clarity: For each theme how well its keywords tell its passages from the others, 0 to 1.
        empty: Ids of the empty answers, which are in no theme.
        quality: The card of the run.
        settings: What the run was asked for.
        hierarchy: Which themes belong together: branches of a tree, the closest first;
            `nlp.themes.broad` cuts it.
        answers: For each research question of the settings the theme that answers it, if any.
        carried: Themes that one team carries, where the passages have a column `team`: the team and
            its part of what people say about it.
    """

    assignments: pd.Series[int]
    shares: pd.DataFrame
    person_shares: pd.DataFrame
    keywords: Keywords
    titles: dict[int, dict[str, str]]
    typical: dict[int, list[object]]
    voices: pd.Series[int]
    stability: pd.Series[float]
    clarity: pd.Series[float]
    empty: list[object]
    quality: Quality
    settings: ThemeSettings = field(default_factory=ThemeSettings)
    hierarchy: tuple[Branch, ...] = ()
    answers: tuple[Answer, ...] = ()
    carried: dict[int, Carrier] = field(default_factory=dict)

    @property
    def one_voice(self) -> list[int]:
        """Themes behind which there is one person only."""
        return [theme for theme, count in enumerate(self.voices.tolist()) if count == 1]

    @property
    def unclear(self) -> list[int]:
        """Themes whose passages share few words of their own: read them before naming them."""
        return [theme for theme, value in enumerate(self.clarity.tolist()) if value < _UNCLEAR]
