"""The ways in which the people of two groups could have been grouped otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from math import comb, prod

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Codes = NDArray[np.int64]

EXACT = 30_000
"""Up to this many ways all of them are taken; beyond it, a sample is drawn."""
MOST_DRAWS = 9_999
FEWEST_DRAWS = 1_999
_CELLS = 20_000_000


@dataclass(frozen=True)
class Relabelling:
    """Ways to label people as the first or the second of two groups, within strata.

    Attributes:
        used: Which of the people given lie in a stratum that holds both groups.
        observed: Which of the used people are in the first group.
        masks: Way x used person: who is in the first group.
        strata: For each used person a number from 0 on for the stratum.
        ways: How many different ways there are (not only those drawn).
        exact: Whether `masks` holds all of them.
        smallest_p: The smallest two-sided p value that any data could give.
    """

    used: Bools
    observed: Bools
    masks: Bools
    strata: Codes
    ways: int
    exact: bool
    smallest_p: float

    def weights(self, masks: Bools) -> Floats:
        """Return way x person weights w so that w @ y is the difference within strata.

        Strata count as n1 n2 / (n1 + n2), which is the least-squares estimate of the group
        difference next to one level for each stratum. With one stratum it is the difference of
        the two means.
        """
        weights = np.zeros(masks.shape)
        total = 0.0
        for stratum in range(int(self.strata.max(initial=-1)) + 1):
            inside = self.strata == stratum
            first = int((inside & self.observed).sum())
            second = int(inside.sum()) - first
            size = first * second / (first + second)
            total += size
            weights[:, inside] = np.where(masks[:, inside], size / first, -size / second)
        return weights / total if total else weights

    def p(self, extreme: NDArray[np.int64]) -> Floats:
        """Turn counts of ways at least as extreme as what was observed into p values."""
        if self.exact:
            return extreme.astype(np.float64) / len(self.masks)
        return (extreme.astype(np.float64) + 1) / (len(self.masks) + 1)


def relabellings(first: Bools, strata: Codes, seed: int) -> Relabelling:
    """List or draw the ways to exchange two group labels between people of the same stratum.

    Args:
        first: For each person of the two groups, whether in the first.
        strata: For each person the stratum.
        seed: Makes a drawn sample repeatable.

    Returns:
        All ways where there are at most `EXACT`, otherwise a random sample of them. Where no
        stratum holds both groups nobody is used and `smallest_p` is 1.
    """
    mixed = [s for s in np.unique(strata) if 0 < first[strata == s].sum() < (strata == s).sum()]
    used = np.isin(strata, mixed)
    observed = first[used]
    numbers = np.searchsorted(np.array(mixed), strata[used]) if mixed else strata[used]
    sizes = [
        (int((numbers == s).sum()), int(observed[numbers == s].sum())) for s in range(len(mixed))
    ]
    ways = prod(comb(people, chosen) for people, chosen in sizes)
    exact = ways <= EXACT
    masks = _all(numbers, sizes, ways) if exact else _drawn(numbers, sizes, seed)
    # Swapping the two groups gives the same absolute difference where every stratum is balanced.
    twins = 2 if all(people == 2 * chosen for people, chosen in sizes) else 1
    return Relabelling(
        used=used,
        observed=observed,
        masks=masks,
        strata=numbers.astype(np.int64),
        ways=ways,
        exact=exact,
        smallest_p=min(1.0, twins / ways) if exact else 1.0 / (len(masks) + 1),
    )


def _all(numbers: Codes, sizes: list[tuple[int, int]], ways: int) -> Bools:
    masks = np.zeros((ways, numbers.size), dtype=np.bool_)
    each = np.unravel_index(np.arange(ways), [comb(*size) for size in sizes]) if sizes else ()
    for stratum, ((people, chosen), which) in enumerate(zip(sizes, each, strict=True)):
        chosen_ones = np.array(list(combinations(range(people), chosen)), dtype=np.int64)
        inside = np.zeros((len(chosen_ones), people), dtype=np.bool_)
        np.put_along_axis(inside, chosen_ones, values=True, axis=1)
        masks[:, numbers == stratum] = inside[which]
    return masks


def _drawn(numbers: Codes, sizes: list[tuple[int, int]], seed: int) -> Bools:
    draws = max(FEWEST_DRAWS, min(MOST_DRAWS, _CELLS // numbers.size))
    rng = np.random.default_rng([seed, numbers.size])
    masks = np.zeros((draws, numbers.size), dtype=np.bool_)
    for stratum, (people, chosen) in enumerate(sizes):
        lots = rng.random((draws, people))
        bound = np.partition(lots, chosen - 1, axis=1)[:, chosen - 1 : chosen]
        masks[:, numbers == stratum] = lots <= bound
    return masks
