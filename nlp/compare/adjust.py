"""Adjusting p values for the number of questions asked at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


def adjust(p: ArrayLike) -> Floats:
    """Adjust p values by the step-up rule of Benjamini and Hochberg.

    Args:
        p: The p values of one family in any order; NaN marks a question that was not asked and
            does not count.

    Returns:
        Adjusted p values in the same order. Calling those up to q findings keeps the expected
        share of false ones among them at q.

    Source:
        Benjamini and Hochberg (1995), J. R. Statist. Soc. B 57, 289-300: with p sorted upwards,
        the adjusted value of the i-th is the minimum over j >= i of m p(j) / j.
    """
    values = np.asarray(p, dtype=np.float64)
    adjusted = np.full(values.shape, np.nan)
    asked = np.flatnonzero(~np.isnan(values))
    if not asked.size:
        return adjusted
    order = asked[np.argsort(values[asked], kind="stable")]
    scaled = values[order] * asked.size / np.arange(1, asked.size + 1)
    adjusted[order] = np.minimum(np.minimum.accumulate(scaled[::-1])[::-1], 1.0)
    return adjusted
