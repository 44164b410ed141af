"""Two steps: themes in which groups differ at all, then pairs of groups within those themes."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from nlp.compare.omnibus import omnibus
from nlp.compare.pair import LEVEL
from nlp.compare.pairs import compare
from nlp.compare.sample import Labels


def compare_in_steps(
    shares: pd.DataFrame,
    groups: Labels,
    *,
    threshold: int,
    strata: Labels | None = None,
    seed: int = 0,
) -> pd.DataFrame:
    """Compare groups theme by theme, and pairs only where the theme holds.

    The family is named beforehand: the themes. A theme is opened where its omnibus test holds after
    Benjamini-Hochberg over all themes; inside an opened theme the pairs are adjusted by Holm, and
    that times themes asked over themes opened, so that the expected share of false findings in
    the opened themes stays at 5 %.

    Args:
        shares: As for `compare`.
        groups: As for `compare`.
        threshold: As for `compare`.
        strata: As for `compare`.
        seed: As for `compare`.

    Returns:
        The rows of `compare`, with `p_adjusted` from the two steps, and with `theme_p` and
        `theme_p_adjusted`, those of the theme's omnibus test. In themes that are not opened
        `p_adjusted` is 1: nothing was asked there.

    Source:
        Holm (1979), Scand. J. Statist. 6, 65-70; selected families: Benjamini and Bogomolov
        (2014), J. R. Statist. Soc. B 76, 297-318.
    """
    table = compare(shares, groups, threshold=threshold, strata=strata, seed=seed)
    themes = omnibus(shares, groups, threshold=threshold, strata=strata, seed=seed)
    by_theme = themes.set_index("theme")
    table["theme_p"] = table["theme"].map(by_theme["p"])
    table["theme_p_adjusted"] = table["theme"].map(by_theme["p_adjusted"])
    opened = set(themes.loc[themes["p_adjusted"] <= LEVEL, "theme"])
    asked = int(themes["p"].notna().sum())
    adjusted = np.where(table["p"].isna(), np.nan, 1.0)
    for theme in opened:
        rows = (table["theme"] == theme).to_numpy()
        within = holm(table.loc[rows, "p"].to_numpy(dtype=np.float64))
        adjusted[rows] = np.minimum(within * asked / len(opened), 1.0)
    table["p_adjusted"] = adjusted
    return table


def holm(p: NDArray[np.float64]) -> NDArray[np.float64]:
    """Adjust p values by Holm's step-down rule; NaN stays and does not count."""
    adjusted = np.full(p.shape, np.nan)
    asked = np.flatnonzero(~np.isnan(p))
    order = asked[np.argsort(p[asked], kind="stable")]
    scaled = p[order] * np.arange(asked.size, 0, -1)
    adjusted[order] = np.minimum(np.maximum.accumulate(scaled), 1.0)
    return adjusted
