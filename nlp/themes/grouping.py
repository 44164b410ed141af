"""Which theme every different passage is in."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from nlp.themes.hierarchy import Branch
from nlp.themes.units import Floats, Indices


@dataclass(frozen=True)
class Grouping:
    """Themes of the different passages.

    Attributes:
        shares: Passage by theme.
        themes: The theme of each passage, -1 for none.
        stability: Of each theme.
        whole: Of all themes together; None where nothing had to be divided.
        by_number: The same for every number of themes tried.
        hierarchy: Which themes belong together.
    """

    shares: Floats
    themes: Indices
    stability: npt.NDArray[np.float64]
    whole: float | None
    by_number: dict[int, float]
    hierarchy: tuple[Branch, ...]
