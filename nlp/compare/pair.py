"""Testing and estimating the difference between two groups, for several themes at once.

Three reasonable tests are asked and a difference counts only where all of them find it: the
permutation of the plain difference, the permutation of the studentised difference, and Welch's t.
The first keeps its level whenever labels are exchangeable, whatever the shares look like; the other
two guard against what it cannot see, groups that spread differently. The p value is the largest of
the three and the interval covers all differences that at least one of them does not reject, so p
below .05 and an interval without zero are the same statement.

Sources: permutation inverted to an interval: Garthwaite (1996), Biometrics 52, 1387-1393.
Studentised permutation: Janssen (1997), Statist. Probab. Lett. 36, 9-21; Chung and Romano (2013),
Ann. Statist. 41, 484-507. Unequal variances: Welch (1947), Biometrika 34, 28-35.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from nlp.compare.relabelling import Relabelling

Floats = NDArray[np.float64]
LEVEL = 0.05
POWER = 0.8
_TIE = 1e-9
_HALVINGS = 22


@dataclass(frozen=True)
class Estimates:
    """What is known about one pair of groups, one entry a theme.

    Attributes:
        difference: Mean of the first group minus mean of the second (within strata).
        low: Lower end of the 95 % interval, -inf where the data exclude nothing.
        high: Upper end, inf where the data exclude nothing.
        p: Two-sided p value.
        effect: Hedges' g, the difference in pooled standard deviations; NaN without any spread.
        detectable: The smallest true difference that would have been found at .05 with a
            probability of about 80 %; inf where none would.
    """

    difference: Floats
    low: Floats
    high: Floats
    p: Floats
    effect: Floats
    detectable: Floats

    @classmethod
    def unknown(cls, themes: int) -> Self:
        """Return estimates that say nothing."""
        return cls(*(np.full(themes, np.nan) for _ in range(6)))


def estimate(values: Floats, ways: Relabelling) -> Estimates:
    """Compare two groups.

    Args:
        values: Person x theme shares of the people of both groups, without gaps.
        ways: How these people could have been labelled.

    Returns:
        Estimates for each theme.
    """
    y = values[ways.used]
    y = y - y.mean(axis=0)
    plain = _Plain(y, ways)
    low, high = plain.bounds()
    p = plain.p()
    sizes = (int(ways.observed.sum()), int((~ways.observed).sum()))
    if ways.strata.max() == 0 and min(sizes) >= 2:
        for other in (_Studentised(y, ways, plain), _Welch(y, ways)):
            other_low, other_high = other.bounds()
            low, high = np.minimum(low, other_low), np.maximum(high, other_high)
            p = np.maximum(p, other.p())
    return Estimates(
        difference=plain.difference,
        low=low,
        high=high,
        p=p,
        effect=_effect(y, ways, plain.difference),
        detectable=_detectable(high - low, y.shape[0] - int(ways.strata.max()) - 2),
    )


class _Plain:
    """The permutation test of the difference.

    Moving the first group by d turns the difference of way w from D(w) into D(w) - d O(w), where
    O(w) is how far w keeps the observed labels (1 for the observed, -1 for its mirror). Way w is
    at least as extreme as the observed one exactly for d between two closed-form roots, so both
    ends of the interval come from sorting these roots.
    """

    def __init__(self, y: Floats, ways: Relabelling) -> None:
        weights = ways.weights(ways.masks)
        self.ways = ways
        self.differences: Floats = weights @ y
        self.kept: Floats = weights @ ways.observed.astype(np.float64)
        self.difference: Floats = (ways.weights(ways.observed[None, :]) @ y)[0]

    def p(self) -> Floats:
        reach = np.abs(self.difference)
        extreme = np.abs(self.differences) >= reach - _TIE * (1 + reach)
        return self.ways.p(extreme.sum(axis=0))

    def bounds(self) -> tuple[Floats, Floats]:
        kept = self.kept[:, None]
        with np.errstate(divide="ignore", invalid="ignore"):
            toward = (self.difference - self.differences) / (1 - kept)
            mirrored = (self.difference + self.differences) / (1 + kept)
        always = np.abs(kept) >= 1 - _TIE
        first = np.where(always, -np.inf, np.minimum(toward, mirrored))
        last = np.where(always, np.inf, np.maximum(toward, mirrored))
        rank = self._rank()
        if rank >= len(first):
            return np.full_like(self.difference, -np.inf), np.full_like(self.difference, np.inf)
        low = np.partition(first, rank, axis=0)[rank]
        high = -np.partition(-last, rank, axis=0)[rank]
        return np.minimum(low, self.difference), np.maximum(high, self.difference)

    def _rank(self) -> int:
        """Return how many ways may be extreme at a difference that is still rejected."""
        drawn = len(self.differences)
        if self.ways.exact:
            return int(np.floor(LEVEL * drawn + _TIE))
        return int(np.floor(LEVEL * (drawn + 1) - 1 + _TIE))


class _Studentised:
    """The permutation test of the difference divided by its standard error (one stratum)."""

    def __init__(self, y: Floats, ways: Relabelling, plain: _Plain) -> None:
        self.y, self.ways, self.plain = y, ways, plain
        first = ways.masks.astype(np.float64)
        ours = ways.observed.astype(np.float64)
        self.size = (int(ours.sum()), int((1 - ours).sum()))
        self.total, self.squares = y.sum(axis=0), (y * y).sum(axis=0)
        self.ours_total = ours @ y
        self.sums, self.sums_of_squares = first @ y, first @ (y * y)
        self.ours_sums, self.ours_counts = first @ (ours[:, None] * y), (first @ ours)[:, None]
        self.variance = _variance_of_difference(y, ways.observed)

    def p(self) -> Floats:
        return self._p_at(np.zeros(self.y.shape[1]))

    def bounds(self) -> tuple[Floats, Floats]:
        return self._bound(-1.0), self._bound(1.0)

    def _bound(self, side: float) -> Floats:
        """Halve the way from the estimate, never rejected, to a difference far outside."""
        reach = 4.0 * (np.ptp(self.y, axis=0) + np.abs(self.plain.difference) + _TIE)
        kept = self.plain.difference.copy()
        left = kept + side * reach
        endless = self._p_at(left) > LEVEL
        for _ in range(_HALVINGS):
            middle = (kept + left) / 2
            inside = self._p_at(middle) > LEVEL
            kept, left = np.where(inside, middle, kept), np.where(inside, left, middle)
        return np.where(endless, side * np.inf, left)

    def _p_at(self, moved: Floats) -> Floats:
        """Return p with the first group moved down by `moved`, one value a theme."""
        n, m = self.size
        sums = self.sums - moved * self.ours_counts
        squares = self.sums_of_squares - 2 * moved * self.ours_sums
        squares += moved * moved * self.ours_counts
        total = self.total - moved * n
        all_squares = self.squares - 2 * moved * self.ours_total + moved * moved * n
        variance = (squares - sums * sums / n) / ((n - 1) * n)
        variance += (all_squares - squares - (total - sums) ** 2 / m) / ((m - 1) * m)
        reached = (self.plain.differences - moved * self.plain.kept[:, None]) ** 2 * self.variance
        asked = (self.plain.difference - moved) ** 2 * np.maximum(variance, 0)
        return self.ways.p((reached >= asked * (1 - _TIE) - _TIE**2).sum(axis=0))


class _Welch:
    """Welch's t for unequal variances."""

    def __init__(self, y: Floats, ways: Relabelling) -> None:
        first, second = y[ways.observed], y[~ways.observed]
        one = first.var(axis=0, ddof=1) / len(first)
        two = second.var(axis=0, ddof=1) / len(second)
        self.difference = first.mean(axis=0) - second.mean(axis=0)
        self.error = np.sqrt(one + two)
        below = one * one / (len(first) - 1) + two * two / (len(second) - 1)
        flat = below <= 0
        self.freedom = np.where(flat, 1.0, (one + two) ** 2 / np.where(flat, 1.0, below))

    def p(self) -> Floats:
        from scipy.special import stdtr

        flat = self.error <= _TIE
        t = np.abs(self.difference) / np.where(flat, 1.0, self.error)
        tail = np.asarray(2 * stdtr(self.freedom, -t), dtype=np.float64)
        return np.where(flat, np.where(np.abs(self.difference) <= _TIE, 1.0, 0.0), tail)

    def bounds(self) -> tuple[Floats, Floats]:
        from scipy.special import stdtrit

        half = stdtrit(self.freedom, 1 - LEVEL / 2) * self.error
        return self.difference - half, self.difference + half


def _variance_of_difference(y: Floats, first: NDArray[np.bool_]) -> Floats:
    one, two = y[first], y[~first]
    variance = one.var(axis=0, ddof=1) / len(one) + two.var(axis=0, ddof=1) / len(two)
    return np.asarray(variance, dtype=np.float64)


def _effect(y: Floats, ways: Relabelling, difference: Floats) -> Floats:
    """Return Hedges' g (Hedges 1981): the difference over the spread within cells, corrected."""
    squares = np.zeros(y.shape[1])
    cells = 0
    for stratum in range(int(ways.strata.max()) + 1):
        for label in (True, False):
            cell = y[(ways.strata == stratum) & (ways.observed == label)]
            squares += ((cell - cell.mean(axis=0)) ** 2).sum(axis=0)
            cells += 1
    freedom = len(y) - cells
    if freedom < 1:
        return np.full(y.shape[1], np.nan)
    spread = np.sqrt(squares / freedom)
    correction = 1 - 3 / (4 * freedom - 1)
    flat = spread <= _TIE
    return np.where(flat, np.nan, correction * difference / np.where(flat, 1.0, spread))


def _detectable(width: Floats, freedom: int) -> Floats:
    """Scale half the interval from 'excludes zero half the time' to the wanted power."""
    from scipy.special import stdtrit

    if freedom < 1:
        return np.full_like(width, np.inf)
    quantile = float(stdtrit(freedom, 1 - LEVEL / 2))
    return width / 2 * (quantile + float(stdtrit(freedom, POWER))) / quantile
