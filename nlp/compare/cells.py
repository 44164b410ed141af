"""Which groups may not be shown, so that nobody can be read out of a table."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

SHOWN = ""
FEW = "few people"
PROTECTED = "protected"
NOBODY = "nobody"

_EXACT = 1e-12


def hidden(counts: Sequence[int], extreme: Sequence[bool], threshold: int) -> list[str]:
    """Say for each group of one theme why it is not shown.

    Hidden are groups with fewer people than the threshold and groups whose share is 0 or 1 (such a
    share says of every single member what they did or did not speak of). Totals are known from
    elsewhere, so hiding one group alone hides nothing: the smallest groups still shown are
    hidden too until at least two groups with together at least `threshold` people are hidden.

    Args:
        counts: People with a share in each group; ordered as ties should be broken.
        extreme: Whether the group's share is 0 or 1.
        threshold: The fewest people a shown group may have.

    Returns:
        For each group `SHOWN`, `FEW` (fewer people than the threshold), `PROTECTED` (an extreme
        share or a complementary cell; which of the two is not told, for it would give it away)
        or `NOBODY` (no person with a share; there is nothing to protect, nor to show).
    """
    reasons = [
        NOBODY if count == 0 else FEW if count < threshold else PROTECTED if is_extreme else SHOWN
        for count, is_extreme in zip(counts, extreme, strict=True)
    ]
    order = sorted(range(len(counts)), key=lambda i: counts[i])
    while True:
        covered = [i for i, reason in enumerate(reasons) if reason in {FEW, PROTECTED}]
        left = [i for i in order if reasons[i] == SHOWN]
        enough = len(covered) >= 2 and sum(counts[i] for i in covered) >= threshold
        if not covered or not left or enough:
            return reasons
        reasons[left[0]] = PROTECTED


def extreme(values: NDArray[np.float64]) -> bool:
    """Tell whether the shares of a group are all 0 or all 1."""
    return bool(values.size) and (
        bool((np.abs(values) <= _EXACT).all()) or bool((np.abs(values - 1) <= _EXACT).all())
    )
