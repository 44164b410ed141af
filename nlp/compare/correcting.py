"""Correcting differences for passages that lie in the wrong theme, by what blind coders say.

Themes are never exactly what a reader would say. Passages in the wrong theme make every group look
more like every other: differences come out too small. How much too small can be told from a sample
of the study's own passages that people coded without seeing what the computer said.

With `s` a passage's share in a theme and `h` what the coder says (the theme applies or not),
`slope = mean(s | h) - mean(s | not h)`. For shares of 0 and 1 it is hits minus false alarms. Where
passages are placed as well in all groups, the difference between groups is the true one times the
slope, and dividing by it undoes the loss (Rogan and Gladen 1978, Am. J. Epidemiol. 107, 71-76;
Buonaccorsi 2010, Measurement Error, ch. 2). The slope is uncertain, too: its interval is drawn from
the coded people, and goes into that of the corrected difference.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from nlp.compare.sample import Labels

Floats = NDArray[np.float64]
DRAWS = 2_000
LEAST = 0.2
"""Lower end of the slope's interval under which nothing is corrected: the division would make
noise."""
RATES = ["hits", "false_alarms", "slope", "slope_low", "slope_high", "coded", "coded_people"]
CORRECTED = ["corrected", "corrected_low", "corrected_high"]


def error_rates(
    shares: pd.DataFrame,
    codes: pd.DataFrame,
    people: Labels,
    *,
    weights: pd.Series | None = None,
    seed: int = 0,
) -> pd.DataFrame:
    """Tell how well passages lie in their themes, from passages that people coded blindly.

    Args:
        shares: Passage x theme, what the computer found, 0 to 1.
        codes: Passage x theme, what people say who did not see it: 1 or True where the theme
            applies, 0 or False where it does not, NaN where nobody said. A subset of the passages,
            drawn at random.
        people: Passage -> who wrote it. People are what is drawn again for the intervals.
        weights: How many passages each coded one stands for, where they were not drawn with equal
            chances; None: one each.
        seed: Makes the intervals repeatable.

    Returns:
        One row for each theme of `codes` (index): `hits` (mean share where the theme applies),
        `false_alarms` (where it does not), `slope` (their difference) with the ends of its 95 %
        interval `slope_low` and `slope_high`, `coded` passages and `coded_people`. NaN where
        nothing coded applies, or everything.
    """
    rows = {
        theme: _rate(
            shares[theme].reindex(said.index).to_numpy(dtype=float),
            said.to_numpy(dtype=float),
            _owners(people, said.index),
            _weights(weights, said.index),
            seed,
        )
        for theme in codes.columns
        for said in [codes[theme].dropna()]
    }
    return pd.DataFrame.from_dict(rows, orient="index", columns=RATES).astype(float)


def corrected(table: pd.DataFrame, rates: pd.DataFrame) -> pd.DataFrame:
    """Add corrected differences to a comparison.

    p values stay as they are: a difference is as surely there before as after.

    Args:
        table: What `compare` or `compare_in_steps` returned.
        rates: What `error_rates` returned; themes without a row stay uncorrected.

    Returns:
        The table with `corrected`, `corrected_low` and `corrected_high` (95 %, from both
        intervals: Donner and Zou 2012, Stat. Methods Med. Res. 21, 347-359), within -1 and 1. NaN
        where nobody coded the theme, or its slope is not surely above `LEAST`.
    """
    own = rates.reindex(table["theme"].to_numpy())
    usable = own["slope_low"].to_numpy() > LEAST
    slope, low, high = (
        np.where(usable, own[column].to_numpy(), np.nan)
        for column in ("slope", "slope_low", "slope_high")
    )
    found = table["difference"].to_numpy(dtype=float)
    lower = _end(found, table["low"].to_numpy(dtype=float), slope, (low, high), -1.0)
    upper = _end(found, table["high"].to_numpy(dtype=float), slope, (low, high), 1.0)
    values = zip(CORRECTED, (found / slope, lower, upper), strict=True)
    return table.assign(**{name: np.clip(value, -1, 1) for name, value in values})


def _weights(weights: pd.Series | None, coded: pd.Index) -> Floats:
    if weights is None:
        return np.ones(len(coded))
    return weights.reindex(coded).fillna(0).to_numpy(dtype=float)


def _owners(people: Labels, coded: pd.Index) -> NDArray[np.intp]:
    """Number the people of coded passages; a passage without a person has one of its own."""
    known = pd.Series(people).reindex(coded)
    named = [f"\0{place}" if pd.isna(person) else str(person) for place, person in enumerate(known)]
    return pd.factorize(np.array(named, dtype=object), sort=True)[0]


def _rate(
    shares: Floats, said: Floats, person: NDArray[np.intp], weights: Floats, seed: int
) -> list[float]:
    """Return the rates of one theme, with an interval from drawing coded people again.

    The interval is the wider of percentiles and of Student's with as many people: with few coded
    people percentiles alone are too narrow.
    """
    from scipy.special import stdtrit

    count = int(person.max(initial=-1)) + 1
    parts = (said, said * shares, 1 - said, (1 - said) * shares)
    sums = np.stack([np.bincount(person, weights * part, count) for part in parts], axis=1)
    hits, false_alarms = (float(mean[0]) for mean in _means(sums.sum(axis=0)[None, :]))
    slope = hits - false_alarms
    sizes = [float(len(said)), float(count)]
    if not np.isfinite(slope) or count < 2:
        return [hits, false_alarms, slope, np.nan, np.nan, *sizes]
    rng = np.random.default_rng([seed, count])
    times: Floats = rng.multinomial(count, np.full(count, 1 / count), DRAWS).astype(np.float64)
    drawn: Floats = times @ sums
    again = np.subtract(*_means(drawn))
    again = again[np.isfinite(again)]
    half = float(stdtrit(count - 1, 0.975) * again.std() * np.sqrt(count / (count - 1)))
    low, high = np.quantile(again, [0.025, 0.975])
    return [
        hits,
        false_alarms,
        slope,
        float(min(low, slope - half)),
        float(min(max(high, slope + half), 1.0)),
        *sizes,
    ]


def _means(sums: Floats) -> tuple[Floats, Floats]:
    with np.errstate(divide="ignore", invalid="ignore"):
        return sums[:, 1] / sums[:, 0], sums[:, 3] / sums[:, 2]


def _end(
    found: Floats, end: Floats, slope: Floats, ends: tuple[Floats, Floats], side: float
) -> Floats:
    """Return one end of the interval of found / slope.

    It is the ratio R at which an interval of found - R slope, put together from both intervals,
    begins or ends at zero.

    Args:
        found: The differences.
        end: Their lower or upper end.
        slope: The slopes.
        ends: The slopes' lower and upper ends.
        side: -1 for the lower end of the ratio, 1 for the upper one.
    """
    # An end of the ratio beyond zero comes from the slope's lower end, one before zero from its
    # upper end: dividing by less makes more.
    near = np.where(end * side > 0, *ends)
    product = found * slope
    under = near * (2 * slope - near)
    with np.errstate(invalid="ignore", divide="ignore"):
        root = np.sqrt(np.maximum(product**2 - end * (2 * found - end) * under, 0))
        ratio = (product + side * root) / under
    ratio = np.where(under > 0, ratio, side)
    return np.where(np.isnan(product), np.nan, ratio)
